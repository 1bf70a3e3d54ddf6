"""Findings as they stood at the end of a period: later figures are left away."""

from dataclasses import replace

from ..evidence.findings import Evidence, Finding
from ..evidence.observations import Observation
from ..periods import Period


def evidence_as_at(evidence: Evidence, period: Period) -> Evidence:
    """The same findings without figures, words and shares of later periods. Comparators stay those now published."""
    return replace(evidence, findings=tuple(_finding(one, period) for one in evidence.findings))


def _finding(finding: Finding, period: Period) -> Finding:
    def until(series: tuple[Observation, ...]) -> tuple[Observation, ...]:
        return tuple(item for item in series if item.period.end <= period.end)

    series = until(finding.series) or until(finding.returned) or until(finding.published)
    day = series[-1].period.end if series else period.end
    target = next(
        (one for one in finding.targets if one.starts_on <= day and (one.ends_on is None or day <= one.ends_on)),
        finding.target if finding.target is not None and finding.target.pk is None else None,
    )
    keep_shares = finding.shares is not None and finding.shares.period.end <= period.end
    return replace(
        finding,
        series=series,
        returned=until(finding.returned),
        published=until(finding.published),
        shares=finding.shares if keep_shares else None,
        target=target if series else None,
        said_until=period.end,
    )
