"""Where a run of measurements works: an empty folder for each task, and the demo, built once for all of them."""

import subprocess
import sys
from pathlib import Path

from .child import ROOT, Outcome, environment, run


def trefoil(home: Path, *words: str) -> None:
    """Run a command of Trefoil in demo mode, quietly."""
    command = [sys.executable, "manage.py", *words]
    subprocess.run(command, cwd=ROOT, env=environment("demo", home), check=True, stdout=subprocess.DEVNULL)  # noqa: S603


class Place:
    """A folder that is thrown away after the run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._first_load: Outcome | None = None

    @property
    def demo_home(self) -> Path:
        """Where the demo's database is."""
        return self.folder / "demo"

    @property
    def demo_variables(self) -> dict[str, str]:
        """The environment of whatever works on the demo."""
        return environment("demo", self.demo_home)

    def new_home(self, name: str) -> Path:
        """An empty folder for one task."""
        home = self.folder / name
        home.mkdir(parents=True)
        return home

    def load_demo(self) -> Outcome:
        """`trefoil demo` on an empty folder, the first time this is asked; what it took, every time."""
        if self._first_load is None:
            self.demo_home.mkdir()
            self._first_load = run("demo:build", self.demo_variables)
            trefoil(self.demo_home, "collectstatic", "--noinput", "--verbosity", "0")
        return self._first_load
