"""Addresses of the installation's own are taken by no partnership, and every word of the navigation leads somewhere."""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver, path, resolve, reverse

from trefoil.config.navigation import ROOMS
from trefoil.people.models import RESERVED_SLUGS


def first_parts(patterns: list[URLPattern | URLResolver]) -> set[str]:
    """The first parts of every address that begins with a word of its own and not with a partnership's."""
    found: set[str] = set()
    for entry in patterns:
        route = str(entry.pattern)
        if not route and isinstance(entry, URLResolver):
            found |= first_parts(entry.url_patterns)
        elif route and not route.startswith("<"):
            found.add(route.split("/", maxsplit=1)[0])
    return found


def test_reserved_slugs_are_the_installations_own_addresses() -> None:
    static = urlsplit(settings.STATIC_URL).path.strip("/").split("/")[0]
    assert sorted(first_parts(get_resolver().url_patterns) | {static}) == sorted(RESERVED_SLUGS)


def test_first_parts_finds_a_planted_one() -> None:
    assert first_parts([path("planted/page/", str), path("<slug:slug>/", str), path("", str)]) == {"planted"}


def test_every_page_of_the_navigation_is_there_and_is_its_own() -> None:
    for room in ROOMS:
        for entry in room.entries:
            address = reverse(entry.url_name, args=["fairmead"])
            assert resolve(address).url_name == entry.url_name
            beginnings = [f"{part}/" if part else "" for part in entry.parts]
            assert address.removeprefix("/fairmead/").startswith(tuple(beginnings)), entry.label
