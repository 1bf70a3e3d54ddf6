"""The words of the navigation, and which permission opens each page. One of the project's few wiring lists."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from trefoil.access.enums import Permission
from trefoil.access.rules import Standing
from trefoil.design.frame import NavigationItem

_EVERYBODY = frozenset({Permission.READ_FIGURES})


@dataclass(frozen=True)
class Entry:
    """One page that a room leads to. Any of `permissions` opens it.

    `parts`: the beginnings of the paths, after the slug, that belong to it; the longest beginning wins.
    """

    label: str
    url_name: str
    permissions: frozenset[Permission]
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Room:
    """One word of the primary navigation, with the pages behind it. It leads to the first that the reader may open."""

    label: str
    entries: tuple[Entry, ...]


_PLAN = frozenset({Permission.READ_PLAN})
_CLOCKS = frozenset({Permission.READ_CLOCKS})
_RETURNS = frozenset({Permission.READ_ALL_RETURNS, Permission.READ_RETURNS_OF_OWN_AGENCY})

_MEETINGS = frozenset({Permission.READ_MEETINGS})
_DOCUMENTS = frozenset({Permission.READ_MEETINGS, Permission.READ_PLAN})

ROOMS = (
    Room(
        "Home",
        (
            Entry("What needs you", "partnership_home", _EVERYBODY, ("",)),
            Entry("My work", "my_work", _EVERYBODY, ("work",)),
            Entry(
                "Calendar",
                "calendar_page",
                frozenset({Permission.READ_CLOCKS, Permission.READ_MEETINGS}),
                ("calendar",),
            ),
            Entry("Messages", "message_list", _EVERYBODY, ("messages",)),
            Entry("Calendar addresses", "calendar_addresses", _EVERYBODY, ("calendar-addresses",)),
        ),
    ),
    Room(
        "How we are doing",
        (
            Entry("By theme", "figures_index", _EVERYBODY, ("figures",)),
            Entry("Exceptions", "exceptions", _EVERYBODY, ("exceptions",)),
            Entry("Compare areas", "compare", _EVERYBODY, ("compare",)),
            Entry("The area", "area", _EVERYBODY, ("area",)),
            Entry("For publication", "publication", frozenset({Permission.PREPARE_PUBLICATION}), ("publication",)),
        ),
    ),
    Room(
        "Plan",
        (
            Entry("This year", "plan_page", _PLAN, ("plan",)),
            Entry("Actions", "action_list", _PLAN, ("plan/actions", "plan/evidence", "plan/tests")),
            Entry("Board", "action_board", _PLAN, ("plan/board",)),
            Entry("Recommendations", "recommendation_list", _PLAN, ("plan/recommendations",)),
            Entry("Measures", "measure_list", _PLAN, ("plan/measures",)),
            Entry("Risks", "risk_list", frozenset({Permission.READ_RISKS}), ("plan/risks", "plan/controls")),
            Entry("X-ray", "xray", _PLAN, ("plan/x-ray",)),
            Entry("What agencies owe", "owes", _PLAN, ("owes",)),
            Entry("Clocks", "clock_list", _CLOCKS, ("clocks",)),
        ),
    ),
    Room(
        "Returns",
        (
            Entry("Returns", "return_list", _RETURNS, ("returns",)),
            Entry("Child-level extracts", "extract_list", frozenset({Permission.EXTRACT_FIGURES}), ("extracts",)),
        ),
    ),
    Room(
        "Meetings",
        (
            Entry("Meetings", "meeting_list", _MEETINGS, ("meetings",)),
            Entry("Decisions", "decision_list", _MEETINGS, ("decisions",)),
            Entry("Other boards", "board_list", _MEETINGS, ("boards",)),
            Entry("Reviews", "review_list", frozenset({Permission.READ_REVIEWS}), ("reviews",)),
            Entry("Learning library", "learning_library", frozenset({Permission.READ_PLAN}), ("learning",)),
            Entry("Child deaths", "death_list", frozenset({Permission.READ_DEATHS}), ("child-deaths",)),
        ),
    ),
    Room(
        "Partnership",
        (
            Entry("Organisations", "partnership_page", _EVERYBODY, ("partnership", "agencies")),
            Entry("Groups", "group_list", _EVERYBODY, ("groups",)),
            Entry("Budget", "budget_years", frozenset({Permission.READ_BUDGET}), ("budget",)),
            Entry("People", "people_list", frozenset({Permission.READ_PEOPLE}), ("people", "duties")),
            Entry("Who read what", "trail", frozenset({Permission.READ_TRAIL}), ("trail", "emergency")),
        ),
    ),
    Room(
        "Library",
        (
            Entry("Measures", "dictionary", _EVERYBODY, ("dictionary",)),
            Entry(
                "Reports and arrangements",
                "publishing_list",
                frozenset({Permission.READ_PUBLISHING}),
                ("publishing",),
            ),
            Entry("Public website", "website_page", frozenset({Permission.RUN_PUBLISHING}), ("website",)),
            Entry("Documents", "document_list", _DOCUMENTS, ("documents",)),
            Entry("Time limits", "limit_list", _CLOCKS, ("clocks/limits", "clocks/terms")),
        ),
    ),
)


def navigation_for(standing: Standing, path: str) -> tuple[NavigationItem, ...]:
    """The rooms that this person may enter, with the one that `path` lies in marked."""
    here = _entry_of(path, standing.partnership.slug)
    return tuple(
        NavigationItem(room.label, first.href, current=here in room.entries)
        for room in ROOMS
        if (first := next(_open_to(room.entries, standing, here), None))
    )


def section_for(standing: Standing, path: str) -> tuple[NavigationItem, ...]:
    """The pages of the room that `path` lies in, for this person; none where there is no choice."""
    here = _entry_of(path, standing.partnership.slug)
    room = next((room for room in ROOMS if here in room.entries), None)
    items = tuple(_open_to(room.entries, standing, here)) if room else ()
    return items if len(items) > 1 else ()


def _open_to(entries: Iterable[Entry], standing: Standing, here: Entry | None) -> Iterator[NavigationItem]:
    for entry in entries:
        if any(standing.may(permission) for permission in entry.permissions) and (
            href := entry_href(entry, standing.partnership.slug)
        ):
            yield NavigationItem(entry.label, href, current=entry is here)


def _entry_of(path: str, slug: str) -> Entry | None:
    """The page whose beginning, part by part, is the longest one of this path."""
    given = path.removeprefix(f"/{slug}/").strip("/").split("/")
    found = [
        (part.count("/"), entry)
        for room in ROOMS
        for entry in room.entries
        for part in entry.parts
        if part.split("/") == given[: part.count("/") + 1]
    ]
    return max(found, key=lambda one: one[0])[1] if found else None


def entry_href(entry: Entry, slug: str) -> str:
    """The page's address, or nothing in an installation whose URLs leave the room out."""
    try:
        return reverse(entry.url_name, args=[slug])
    except NoReverseMatch:
        return ""
