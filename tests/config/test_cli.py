"""The command line on machines where nothing is set up."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from trefoil.config.cli import needs_no_installation

ROOT = Path(__file__).parents[2]


def trefoil(here: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run `trefoil` in a folder, with these variables of ours alone."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("TREFOIL", "DJANGO", "COV"))}
    return subprocess.run(
        [sys.executable, "-m", "trefoil.config.cli", *arguments],
        cwd=here,
        env=clean | {"PYTHONPATH": str(ROOT), **variables},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("is_there", [True, False])
def test_load_extract_without_a_database_says_what_to_do(tmp_path: Path, is_there: bool) -> None:
    """Not with 1, which says that the extract is refused."""
    (tmp_path / "extract").mkdir()
    home = tmp_path / "home"
    if is_there:
        home.mkdir()
    command = ("load_extract", "extract", "--area", "Fairmead", "--shape", "ssd")
    done = trefoil(tmp_path, *command, TREFOIL_MODE="test", TREFOIL_HOME=str(home))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "Run `trefoil prepare` first" in done.stderr or "cannot be opened" in done.stderr


def test_synthesise_needs_no_installation(tmp_path: Path) -> None:
    done = trefoil(tmp_path, "synthesise", "--like", "Nowhere-on-the-Wold", "--out", "borough")
    assert (done.returncode, list(tmp_path.iterdir())) == (1, [])
    assert "Nowhere-on-the-Wold" in done.stderr
    assert "TREFOIL_" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "needs_none"),
    [
        (["synthesise", "--like-all"], True),
        (["load_extract", "x.zip", "--dry-run"], True),
        (["load_extract", "x.zip"], False),
        (["migrate"], False),
        ([], False),
    ],
)
def test_needs_no_installation_where_only_files_are_touched(arguments: list[str], needs_none: bool) -> None:
    assert needs_no_installation(arguments) == needs_none
