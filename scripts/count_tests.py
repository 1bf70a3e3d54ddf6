"""Adds up the reports of several pytest runs and prints one closing line. Exits 1 when a test failed or none ran."""

import sys
from pathlib import Path
from xml.etree import ElementTree


def counts(report: Path) -> tuple[int, int, int]:
    """How many tests passed, failed (errors included) and were skipped, from one JUnit report."""
    # The reports were written a moment ago by our own pytest: no outside XML is read.
    suites = ElementTree.parse(report).getroot().iter("testsuite")  # noqa: S314
    ran = failed = skipped = 0
    for suite in suites:
        ran += int(suite.attrib["tests"])
        failed += int(suite.attrib["failures"]) + int(suite.attrib["errors"])
        skipped += int(suite.attrib["skipped"])
    return ran - failed - skipped, failed, skipped


def main(names: list[str]) -> int:
    """Print the sum over the reports that exist; a run that left no report counts as one failure."""
    totals = [counts(Path(name)) if Path(name).exists() else (0, 1, 0) for name in names]
    passed, failed, skipped = (sum(column) for column in zip(*totals, strict=True))
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
