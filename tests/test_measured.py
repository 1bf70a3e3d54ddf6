"""Coverage as the suite measures it: what ran counts, what did not is named, and too little fails the run."""

import subprocess
import sys
from pathlib import Path

from tests.kept_database import HERE

HALF = (
    "def tried(x):\n    if x:\n        return 1\n    return 2\n\n\ndef never():\n    return 3\n\n\nprint('imported')\n"
)
TEST = "from trefoil.half import tried\n\n\ndef test_tried():\n    assert tried(1) == 1\n"


def suite(folder: Path, half: str, *more: str) -> subprocess.CompletedProcess[str]:
    """Run a suite of one test over a package called as ours is, measured as ours is."""
    for name, text in {"trefoil/__init__.py": "", "trefoil/half.py": half, "test_half.py": TEST}.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    measured = (HERE / "tests" / "measured.py").read_text(encoding="utf-8")
    (folder / "measured.py").write_text(measured, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "measured", "-p", "no:django", "-p", "no:cacheprovider", *more]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_measured_fails_a_run_that_covers_too_little(tmp_path: Path) -> None:
    done = suite(tmp_path, HALF)
    assert "1 passed" in done.stdout
    assert "trefoil/half.py" in done.stdout
    assert "less than the 97.0% that is asked" in done.stdout
    assert done.returncode == 1


def test_measured_adds_up_what_two_workers_saw(tmp_path: Path) -> None:
    (tmp_path / "test_other.py").write_text(
        "from trefoil.half import never, tried\n\n\ndef test_other():\n    assert (tried(0), never()) == (2, 3)\n"
    )
    done = suite(tmp_path, HALF, "-n", "2")
    assert "2 passed" in done.stdout
    assert "100.00% of lines and branches are covered" in done.stdout
    assert done.returncode == 0
