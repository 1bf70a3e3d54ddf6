"""A site begun, changed, switched on and off; and what was built put on the trail."""

from datetime import datetime
from typing import Any

from django.db import transaction

from trefoil.access.at_once import unless_just_entered
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.editing.models import stamp
from trefoil.editing.versions import save_if_unchanged
from trefoil.people.models import Partnership, Person

from .models import Site
from .queries import site_of
from .rules import check_can_go_on, check_may_run, checked_host, checked_page, checked_phone

PHONES = ("phone", "front_door_phone", "out_of_hours_phone")
PAGES = ("front_door_page", "procedures_page")


@transaction.atomic
def begin_site(*, partnership: Partnership, by: Person, now: datetime) -> Site:
    """An empty site that is off. Raises NotAllowedError when there is one, or nobody speaks for the partnership."""
    check_may_run(standing_of(by, partnership, now=now))
    if partnership.published_only:
        raise NotAllowedError("nobody speaks for this partnership here, so it cannot have a public site")
    if site_of(partnership) is not None:
        raise NotAllowedError("the partnership has a site already")
    with unless_just_entered("a site of this partnership"):
        site = Site.objects.create(partnership=partnership, **stamp(by, now))
    _record(EventType.SITE_BEGUN, site, by, now)
    return site


@transaction.atomic
def change_site(*, site: Site, facts: dict[str, Any], seen_version: int, by: Person, now: datetime) -> None:
    """Write what the site says: `facts` holds values for fields of `Site`, all but `is_on`.

    A site that is on stays fit to be seen. Raises NotAllowedError with the reason why not, and ChangedMeanwhileError.
    """
    check_may_run(standing_of(by, site.partnership, now=now))
    held = {name: value.strip() if isinstance(value, str) else value for name, value in facts.items()}
    held |= {name: checked_phone(held[name], site.partnership) for name in PHONES if name in held}
    held |= {name: checked_page(held[name]) for name in PAGES if name in held}
    if "host" in held:
        held["host"] = checked_host(held["host"], site)
    _check_procedures(site, held)
    before = {name: getattr(site, name) for name in held}
    with unless_just_entered("a site of this name"):
        save_if_unchanged(site, seen_version=seen_version, by=by, now=now, **held)
    if site.is_on:
        check_can_go_on(site)
    changed = sorted(name for name, value in before.items() if value != held[name])
    _record(EventType.SITE_CHANGED, site, by, now, {"fields": changed, "host": site.host})


@transaction.atomic
def switch_site(*, site: Site, on: bool, seen_version: int, by: Person, now: datetime) -> None:
    """Let the public see the site, or not. Raises NotAllowedError with the reason, and ChangedMeanwhileError."""
    check_may_run(standing_of(by, site.partnership, now=now))
    if site.is_on == on:
        raise NotAllowedError(f"the site is {'on' if on else 'off'} already")
    if on:
        check_can_go_on(site)
    save_if_unchanged(site, seen_version=seen_version, by=by, now=now, is_on=on)
    _record(EventType.SITE_SWITCHED_ON if on else EventType.SITE_SWITCHED_OFF, site, by, now, {"host": site.host})


@transaction.atomic
def note_build(*, site: Site, digest: str, editions: list[str], by: Person | None, now: datetime) -> None:
    """Put on the trail what the public can read from now on: the hash of the pages, and that of each edition."""
    _record(EventType.SITE_BUILT, site, by, now, {"pages": digest, "editions": editions})


def _check_procedures(site: Site, held: dict[str, Any]) -> None:
    name, address = (held.get(field, getattr(site, field)) for field in ("procedures_name", "procedures_page"))
    if bool(name) != bool(address):
        raise NotAllowedError("give both the name and the page of the procedures, or neither")


def _record(
    event: EventType, site: Site, by: Person | None, now: datetime, detail: dict[str, Any] | None = None
) -> None:
    record(event=event, by=by, now=now, partnership=site.partnership.slug, subject=site.reference, detail=detail)
