"""The first sheet of a download: what it is, from where, of when, approved or not, and under which licence."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from trefoil.people.models import Partnership

from ..enums import ReturnState
from ..evidence.findings import Finding
from ..evidence.observations import Origin
from ..intake.export import Cell
from ..models import Release

INVENTED = "Everything in this file is invented, for a demonstration. It is about no real place, agency or child."
INSIDE = (
    "For the partnership's own work. Small numbers are not hidden here, so do not publish it or pass it on; "
    "use “Prepare for publication” for figures that may be published."
)
PRINTED_TOO = "Everything here was published, nationally or in papers that the authority printed for the public."
PUBLISHED_ALONE = "Published figures alone. They may be used again under their licence."

About = tuple[tuple[str, Cell], ...]


def about_page(
    partnership: Partnership, *, what: str, findings: Iterable[Finding], now: datetime, returns_too: bool = False
) -> About:
    """The rows of the first sheet for a page that shows these findings. One query, for the published sources."""
    shown = [finding for finding in findings if finding.series]
    returned = [finding for finding in shown if finding.origin is Origin.RETURNED]
    inside = bool(returned) or returns_too
    rows: list[tuple[str, Cell]] = [("What this is", what), ("Partnership", partnership.name)]
    if partnership.is_invented:
        rows.append(("Invented", INVENTED))
    rows.append(("Made", f"{timezone.localtime(now):%-d %B %Y, %H:%M}"))
    rows.append(("Approved", approved_words(returned)))
    rows.append(("Who may see it", _who_may_see(partnership, inside=inside)))
    return (*rows, *sources_of(shown, partnership))


def _who_may_see(partnership: Partnership, *, inside: bool) -> str:
    """A partnership that shows published figures alone holds nothing else, whatever was loaded as a return."""
    if not inside:
        return PUBLISHED_ALONE
    return PRINTED_TOO if partnership.published_only else INSIDE


def approved_words(returned: Iterable[Finding]) -> str:
    """How many of the returned figures are approved: `12 approved, 3 submitted and not approved yet`."""
    states = Counter(finding.latest.state for finding in returned if finding.latest)
    if not states:
        return "No figures from returns are in this file."
    words = {
        ReturnState.APPROVED.value: "approved",
        ReturnState.SUBMITTED.value: "submitted and not approved yet",
        ReturnState.QUERIED.value: "sent back with a question",
        ReturnState.PRINTED.value: "as printed by the partnership",
    }
    said = [f"{states[state]} {text}" for state, text in words.items() if states[state]]
    return f"Of the latest figures from returns: {', '.join(said)}."


def sources_of(findings: Iterable[Finding], partnership: Partnership) -> About:
    """Each source in words, with its licence: the returns, and each national release that is loaded."""
    shown = list(findings)
    rows: list[tuple[str, Cell]] = []
    if any(finding.origin is Origin.RETURNED for finding in shown):
        rows.append(("Source", f"Returns of the agencies of {partnership.name}."))
    if any(finding.beside or finding.published for finding in shown):
        rows += published_sources()
    return tuple(rows)


def published_sources() -> About:
    """The national releases that are loaded: publisher, title, what they cover, licence. One query."""
    return tuple(
        ("Source", f"{release.publisher}, {release.title}, {release.statistics_date}. Licence: {release.licence}.")
        for release in Release.objects.all()
    )
