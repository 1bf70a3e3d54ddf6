"""Runs every measurement, or those named, and prints it: `python -m bench [NAME...]`.

What was measured takes its place in docs/benchmarks.md; what was not measured this time stays there as it was.
"""

import importlib
import pkgutil
import sys
import tempfile
import time
from pathlib import Path

from . import measures
from .child import ROOT
from .place import Place
from .report import Section, load_now, machine, today

WRITTEN_TO = ROOT / "docs" / "benchmarks.md"
INTRODUCTION = """# How fast and how large

`make bench` measures this on the machine it runs on and writes this page; nothing here is typed by hand. Each task
runs in a process of its own, so that its time and its peak memory are its own. Where a plain way of doing the same
exists, it is measured beside it. These are measurements, not tests: a busy
machine makes them worse and fails nothing."""


def names() -> list[str]:
    """The measurements there are, in the order in which they run."""
    return sorted(module.name for module in pkgutil.iter_modules(measures.__path__))


def main(wanted: list[str]) -> int:
    """Measure in a folder that is thrown away, print, and write the page."""
    if unknown := set(wanted) - set(names()):
        print(f"no measurement is called {', '.join(sorted(unknown))}; there are: {', '.join(names())}")
        return 1
    with tempfile.TemporaryDirectory(prefix="trefoil-bench-") as folder:
        place = Place(Path(folder))
        for name in wanted or names():
            _write(_measured(name, place))
    return 0


def _measured(name: str, place: Place) -> Section:
    started, load = time.monotonic(), load_now()
    section: Section = importlib.import_module(f"bench.measures.{name}").measure(place)
    took = f"(Measured in {time.monotonic() - started:.0f} s, {today()}; {load}.)"
    section = Section(section.title, (*section.parts, took))
    print(f"{section}\n", flush=True)
    return section


def _write(section: Section) -> None:
    """Put a section in the place of the earlier one of its title, or at the end."""
    written = WRITTEN_TO.read_text() if WRITTEN_TO.exists() else ""
    held = {text.partition("\n")[0]: text.strip() for text in written.split("\n## ")[1:]}
    held[section.title] = str(section).removeprefix("## ")
    page = [INTRODUCTION, machine(), *(f"## {text}" for text in held.values())]
    WRITTEN_TO.write_text("\n\n".join(page) + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
