"""The words of the primary navigation, and which permission opens each room. One of the project's few wiring lists."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from trefoil.access.enums import Permission
from trefoil.access.rules import Standing
from trefoil.design.frame import NavigationItem


@dataclass(frozen=True)
class Room:
    """One word. Any of `permissions` opens it. `parts`: the first parts of the path, after the slug, that lie in it."""

    label: str
    url_name: str
    permissions: frozenset[Permission]
    parts: tuple[str, ...]


_EVERYBODY = frozenset({Permission.READ_FIGURES})

ROOMS = (
    Room("Home", "partnership_home", _EVERYBODY, ("", "messages", "calendar-addresses")),
    Room("How we are doing", "figures_index", _EVERYBODY, ("figures", "exceptions", "compare", "publication", "area")),
    Room(
        "Returns",
        "return_list",
        frozenset({Permission.READ_ALL_RETURNS, Permission.READ_RETURNS_OF_OWN_AGENCY}),
        ("returns", "extracts"),
    ),
    Room("Partnership", "partnership_page", _EVERYBODY, ("partnership", "agencies", "groups")),
    Room("People", "people_list", frozenset({Permission.READ_PEOPLE}), ("people", "duties")),
    Room("Library", "dictionary", _EVERYBODY, ("dictionary",)),
    Room("Who read what", "trail", frozenset({Permission.READ_TRAIL}), ("trail", "emergency")),
)


def navigation_for(standing: Standing, path: str) -> tuple[NavigationItem, ...]:
    """The rooms that this person may enter, with the one that `path` lies in marked."""
    slug = standing.partnership.slug
    part = path.removeprefix(f"/{slug}/").split("/")[0]
    return tuple(
        NavigationItem(room.label, href, current=part in room.parts)
        for room in ROOMS
        if any(standing.may(permission) for permission in room.permissions) and (href := room_href(room, slug))
    )


def room_href(room: Room, slug: str) -> str:
    """The room's first page, or nothing in an installation whose URLs leave the room out."""
    try:
        return reverse(room.url_name, args=[slug])
    except NoReverseMatch:
        return ""
