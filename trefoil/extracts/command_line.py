"""A report as lines of text, for a terminal."""

from collections.abc import Iterator

from .intake import Report
from .intake.findings import Level

MOST_LINES = 40
_WORST_FIRST = tuple(Level)


def report_lines(report: Report, *, most: int | None = MOST_LINES) -> Iterator[str]:
    """The report for a terminal: each finding with its place and cure, what refuses the extract first, then counts.

    `most` findings at most; None: every one that the intake kept, which is up to 200 of each rule in each column.
    """
    shown = sorted(report.findings, key=lambda one: _WORST_FIRST.index(one.level))[:most]
    for finding in shown:
        yield f"{finding.level.value.upper()} {finding}"
    more = sum(tally.count for tally in report.tallies) - len(shown)
    if more > 0:
        yield f"And {more:,} more findings; by rule and column:"
        for tally in sorted(report.tallies, key=lambda one: _WORST_FIRST.index(one.level)):
            where = ", ".join(part for part in (tally.file, tally.sheet, tally.column) if part)
            yield f"  {tally.count:,} x {tally.level.value} {tally.rule} ({where})"
    rows = sum(one.rows for one in report.files)
    yield f"{report.shape or 'an unknown kind'}: {rows:,} rows in {len(report.files)} tables."
