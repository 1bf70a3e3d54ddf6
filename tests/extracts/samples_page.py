"""Writes `docs/samples.md`: what is wrong in the samples, so that a person can check it against the files by hand.

    python -m tests.extracts.samples_page

A test fails when the page is no longer what the product says.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from trefoil.extracts.intake import read_extract
from trefoil.extracts.intake.findings import RULES, Finding, Level
from trefoil.extracts.intake.layouts import Context
from trefoil.extracts.intake.report import Report

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "samples.md"
SAMPLES = HERE / "samples"
FEW = 12
KEY = b"a secret of the tests, 32 bytes!!"
READ = (
    ("Annex_A_2022_liia-tools.xlsx", date(2021, 3, 16)),
    ("Annex_A_2024_Jan.xlsx", date(2021, 3, 16)),
    ("ssda903", date(2022, 3, 31)),
)
WORDS = {Level.FAULT: "faults", Level.UNMAPPED: "values that wait for a decision", Level.WARNING: "warnings"}
_HEAD = """# What is wrong in the samples

The samples are synthetic files in real formats, by public projects (`tests/extracts/samples/SOURCE.md`). This page says
what Trefoil finds in them, so that a person can open a file and check. It is written by `python -m
tests.extracts.samples_page`; a test fails when it is out of date.

A **fault** refuses the file. A **value that waits** refuses it until a person has said in the value map what the value
means. A **warning** does not. Rows are numbered as a spreadsheet numbers them: the heading row is 1. "(not shown)",
or no
value, stands where the product hides what may be personal. Of each value that waits, the first row is named.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([_HEAD, *(line for name, as_at in READ for line in _sample(name, as_at))]).rstrip() + "\n"


def _sample(name: str, as_at: date) -> Iterator[str]:
    with read_extract(SAMPLES / name, context=Context("E09000003", as_at, KEY)) as intake:
        report = intake.report
    counts = ", ".join(f"{report.count(level):,} {words}" for level, words in WORDS.items())
    verdict = "refused" if report.refused else "taken"
    yield f"## {name}\n\nRead as `{report.shape}`, taken on {as_at:%-d %B %Y}. Rows read: {_rows(report):,}."
    yield f"Found: {counts}. It is {verdict}.\n"
    for level, words in WORDS.items():
        yield from _level(report, level, words)


def _rows(report: Report) -> int:
    return sum(file.rows for file in report.files)


def _level(report: Report, level: Level, words: str) -> Iterator[str]:
    groups: dict[tuple[str, str, str, str], list[Finding]] = defaultdict(list)
    for finding in report.findings:
        if finding.level == level:
            groups[(finding.file, finding.sheet, finding.column, finding.rule)].append(finding)
    if not groups:
        return
    yield f"### {words[0].upper()}{words[1:]}\n"
    yield "| File or sheet | Column | Rule | How many | Row: value |\n|---|---|---|---|---|"
    totals = {(one.file, one.sheet, one.column, one.rule): one.count for one in report.tallies if one.level == level}
    for (file, sheet, column, rule), findings in groups.items():
        places = "; ".join(_place(finding) for finding in findings[:FEW])
        more = "; ..." if len(findings) > FEW else ""
        total = totals[(file, sheet, column, rule)]
        yield f"| {sheet or file} | {_cell(column)} | {RULES[rule]} (`{rule}`) | {total:,} | {places}{more} |"
    yield ""


def _place(finding: Finding) -> str:
    place = f"{finding.row:,}" if finding.row else "-"
    return f"{place}: {_cell(finding.value)}" if finding.value else place


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
