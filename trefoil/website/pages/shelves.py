"""Where each kind of document stands on a site, and the address of each edition. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import slugify

LONGEST_ADDRESS = 70


@dataclass(frozen=True)
class Shelf:
    """A page that lists documents: address, title, first sentence, the kinds on it, and its words while empty."""

    path: str
    title: str
    lead: str
    kinds: tuple[str, ...]
    empty: str


SHELVES = (
    Shelf(
        "arrangements/",
        "Our arrangements",
        "How the safeguarding partners work together with other agencies to protect children here.",
        ("arrangements",),
        "The published arrangements are not on this site yet.",
    ),
    Shelf(
        "reports/",
        "Reports",
        "What the partnership did each year, what changed for children, and what it told councillors and others.",
        ("yearly_report", "committee_report"),
        "No report has been published on this site yet.",
    ),
    Shelf(
        "reviews/",
        "Reviews",
        "What was learnt when a child died or was seriously harmed. A review names no child.",
        ("review_report",),
        "No review has been published on this site yet. The NSPCC’s national case review repository holds those of all "
        "areas.",
    ),
    Shelf(
        "learning/",
        "Learning",
        "Short briefings and newsletters for people who work with children and families.",
        ("learning_briefing", "newsletter"),
        "No briefing has been published on this site yet.",
    ),
    Shelf(
        "policies/",
        "Policies and procedures",
        "What everybody who works with children here is asked to follow.",
        ("policy",),
        "No policy of the partnership’s own has been published on this site yet.",
    ),
)
# Of these a reader asks which time they are about; a policy or a briefing holds from its day on.
OF_A_PERIOD = frozenset({"yearly_report", "arrangements", "committee_report"})
SHELF_OF = {kind: shelf for shelf in SHELVES for kind in shelf.kinds}


def addresses_of(documents: Iterable[tuple[int, str, str]]) -> dict[int, str]:
    """Document -> its folder on the site, such as `reports/yearly-report-2024-to-2025/`.

    `documents` are (key, kind, title of its first public edition), the oldest first: an address that was given once
    stays, and of two documents that would have the same one the later gets a number.
    """
    given: dict[str, int] = {}
    for key, kind, title in documents:
        base = f"{SHELF_OF[kind].path}{slugify(title)[:LONGEST_ADDRESS].strip('-') or 'document'}"
        names = (base, *(f"{base}-{number}" for number in range(2, len(given) + 3)))
        given[next(one for one in names if one not in given)] = key
    return {key: f"{name}/" for name, key in given.items()}


def edition_path(folder: str, number: int) -> str:
    """The lasting address of one edition."""
    return f"{folder}edition-{number}/"
