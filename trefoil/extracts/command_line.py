"""A report as lines of text, for a terminal."""

from collections.abc import Iterator

from .intake import Report
from .intake.findings import Level

MOST_LINES = 40
_WORST_FIRST = tuple(Level)


def report_lines(report: Report) -> Iterator[str]:
    """The report for a terminal: each finding with its place and cure, what refuses the extract first, then counts."""
    for finding in sorted(report.findings, key=lambda one: _WORST_FIRST.index(one.level))[:MOST_LINES]:
        yield f"{finding.level.value.upper()} {finding}"
    more = sum(tally.count for tally in report.tallies) - min(len(report.findings), MOST_LINES)
    if more > 0:
        yield f"And {more:,} more findings; by rule and column:"
        for tally in sorted(report.tallies, key=lambda one: _WORST_FIRST.index(one.level)):
            where = ", ".join(part for part in (tally.file, tally.sheet, tally.column) if part)
            yield f"  {tally.count:,} x {tally.level.value} {tally.rule} ({where})"
    rows = sum(one.rows for one in report.files)
    yield f"{report.shape or 'an unknown kind'}: {rows:,} rows in {len(report.files)} tables."
