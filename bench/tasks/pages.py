"""Which pages there are, and each of them asked for in this process, with its queries counted."""

import time
from collections.abc import Iterator

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from trefoil.access.demo import demo_accounts
from trefoil.access.queries import partnerships_visible_to, standing_of
from trefoil.config.navigation import ROOMS, entry_href
from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.evidence.holdings import indicators_with_figures
from trefoil.indicators.evidence.kept import forget
from trefoil.people.models import Partnership, Person

INDICATORS_VISITED = 12
MORE_PAGES = {"Compare areas": "compare", "Exceptions": "exceptions"}
Page = tuple[str, str]


def readers(number: int) -> list[dict[str, object]]:
    """The first accounts of the sign-in page, each with every page that it may open as (kind, address)."""
    offered = demo_accounts(today=timezone.localdate())
    accounts = (*offered.first, *offered.more)[:number]
    people = Person.objects.in_bulk([account.pk for account in accounts])
    return [{"pk": account.pk, "pages": pages_of(people[account.pk])} for account in accounts]


def pages_of(person: Person) -> list[Page]:
    """Every room of every partnership of this person, every theme, and some indicators that have figures."""
    now = timezone.now()
    found: list[Page] = []
    for partnership in partnerships_visible_to(person, now=now):
        standing = standing_of(person, partnership, now=now)
        found += [
            (entry.label, href)
            for room in ROOMS
            for entry in room.entries
            if any(map(standing.may, entry.permissions)) and (href := entry_href(entry, partnership.slug))
        ]
        found += _figures(partnership)
    return found


def _figures(partnership: Partnership) -> Iterator[Page]:
    slug = partnership.slug
    for theme in catalogue().themes:
        yield "Theme", reverse("theme", args=[slug, theme.slug])
    held = sorted(indicators_with_figures(partnership))
    for indicator in held[:: max(1, len(held) // INDICATORS_VISITED)]:
        yield "Indicator", reverse("indicator", args=[slug, indicator])
    for kind, name in MORE_PAGES.items():
        try:
            yield kind, reverse(name, args=[slug])
        except NoReverseMatch:
            continue


def one_by_one(times: int) -> list[dict[str, object]]:
    """Each page of the account with most pages: with nothing kept, and again `times` times with everything kept."""
    settings.ALLOWED_HOSTS = ["testserver"]
    person = max(Person.objects.filter(is_invented=True), key=lambda one: len(pages_of(one)))
    client = Client()
    client.post(reverse("demo_sign_in"), {"person": person.pk})
    return [{"kind": kind, "address": address, **_visits(client, address, times)} for kind, address in pages_of(person)]


def _visits(client: Client, address: str, times: int) -> dict[str, object]:
    client.get(address)  # templates are compiled once by a process, whatever is kept of figures
    forget()
    cold, cold_queries = _counted(client, address)
    warm_queries = _counted(client, address)[1]
    warm = sorted(_milliseconds(client, address) for _ in range(times))
    return {"cold": cold, "warm": warm[len(warm) // 2], "cold_queries": cold_queries, "warm_queries": warm_queries}


def _counted(client: Client, address: str) -> tuple[float, int]:
    """Milliseconds, and queries: counted at once, because the next request empties the list."""
    with CaptureQueriesContext(connection) as queries:
        spent = _milliseconds(client, address)
    return spent, len(queries)


def _milliseconds(client: Client, address: str) -> float:
    started = time.perf_counter()
    answer = client.get(address)
    spent = (time.perf_counter() - started) * 1000
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    return spent
