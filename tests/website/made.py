"""A public site in the tests' world, and editions made by hand for tests of pages that ask no database."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString

from tests.publishing.made import frozen
from tests.world import World
from trefoil.publishing.models import Edition
from trefoil.publishing.operations.publication import publish_edition
from trefoil.publishing.public import PublicEdition, PublicFile, PublicSection, TakenDown
from trefoil.website.facts import Listed, SiteFacts
from trefoil.website.keeping import keep_site
from trefoil.website.models import Site
from trefoil.website.operations import begin_site, change_site, switch_site
from trefoil.website.pages.making import Stock
from trefoil.website.pages.shelves import addresses_of
from trefoil.website.queries import site_of

HOST = "fairmead.example.org"
PHONE = "01632 960 123"
FULL: dict[str, Any] = {
    "host": HOST,
    "lead": "Agencies that keep children in Fairmead safe together.",
    "email": "partnership@fairmead.example",
    "phone": "01632 960 100",
    "front_door_name": "Fairmead front door",
    "front_door_phone": PHONE,
    "front_door_hours": "Monday to Friday, 9am to 5pm",
    "out_of_hours_phone": "01632 960 124",
}


def a_site(world: World, *, now: datetime, **facts: Any) -> Site:
    """Fairmead's site, off, with what it says; the one that is there if there is one."""
    held = site_of(world.fairmead)
    if held is not None:
        return held
    site = begin_site(partnership=world.fairmead, by=world.manager, now=now)
    change_site(site=site, facts={**FULL, **facts}, seen_version=1, by=world.manager, now=now)
    return site


def a_shown_site(world: World, *, now: datetime, **facts: Any) -> Site:
    """The same, switched on and built."""
    site = a_site(world, now=now, **facts)
    if not site.is_on:
        switch_site(site=site, on=True, seen_version=site.version, by=world.manager, now=now)
    keep_site(site, by=world.manager, now=now)
    return site


def an_edition_out(world: World, *, now: datetime) -> Edition:
    """A committee report that the partners approved and that was published."""
    edition = frozen(world, now=now)
    publish_edition(edition=edition, on=timezone.localdate(now), by=world.manager, now=now)
    return edition


def some_facts(**changed: Any) -> SiteFacts:
    """What a site says, in full."""
    held = {
        "slug": "fairmead",
        "name": "Fairmead Safeguarding Children Partnership",
        "short_name": "Fairmead",
        "area": "Fairmead",
        "colour": "#6b2a5b",
        "is_invented": True,
        "post_address": "",
        "privacy_email": "",
        "front_door_page": "",
        "out_of_hours_phone": "",
        "procedures_name": "",
        "procedures_page": "",
        "training": "",
        "partners": (Listed("Fairmead Police", "A safeguarding partner in law."),),
        "agencies": (),
        "groups": (),
        **FULL,
    }
    return SiteFacts(**{**held, **changed})


def an_edition(document: int = 1, number: int = 1, **changed: Any) -> PublicEdition:
    """A yearly report of two sections."""
    held: dict[str, Any] = {
        "pk": document * 10 + number,
        "document": document,
        "number": number,
        "kind": "yearly_report",
        "kind_words": "Yearly report",
        "title": "Yearly report 2024 to 2025",
        "period": "1 April 2024 to 31 March 2025",
        "law": "Working Together 2023",
        "summary": "What changed for children.",
        "published_on": date(2025, 9, number),
        "digest": f"{document}{number}" * 32,
        "citation": "Fairmead, “Yearly report 2024 to 2025”",
        "approvals": (("Fairmead Police", "on 1 September 2025"),),
        "about": SafeString("<p>Approved by Fairmead Police.</p>"),
        "sections": (
            PublicSection("summary", "Summary", SafeString("<p>What changed for children.</p>"), (), "What changed."),
            PublicSection(
                "voice", "What children said", SafeString("<p>They said it.</p>"), (), "They said it at café 9."
            ),
        ),
        "files": (PublicFile("pdf", "PDF", "yearly-report.pdf", "application/pdf"),),
    }
    return PublicEdition(**{**held, **changed})


def a_gone(document: int = 1, number: int = 1) -> TakenDown:
    """An edition that was taken down."""
    return TakenDown(
        document, number, "yearly_report", "Yearly report 2024 to 2025", date(2025, 10, 3), "it named a child"
    )


def a_stock(*editions: PublicEdition, gone: tuple[TakenDown, ...] = (), **facts: Any) -> Stock:
    """What pages are made from."""
    named = {one.document: (one.document, one.kind, one.title) for one in (*editions, *gone)}
    return Stock(some_facts(**facts), editions, gone, addresses_of(sorted(named.values())))
