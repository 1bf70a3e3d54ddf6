"""Sites kept as they should be: built when something public changed, taken away when they were switched off."""

from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from trefoil.people.models import Person

from .building import Built, build, digest_of
from .folder import Kept, put, remove, show_at, shown, store
from .models import Site
from .operations import note_build
from .queries import facts_of, sites


def keep_site(site: Site, *, by: Person | None, now: datetime) -> bool:
    """Let the folder of a site be as its record says; whether anything was built."""
    slug = site.partnership.slug
    if not site.is_on:
        remove(store(), slug)
        return False
    built = build_into(store() / slug, site, by=by, now=now)
    show_at(store(), site.host, slug)
    return built is not None


def build_into(folder: Path, site: Site, *, by: Person | None, now: datetime, anew: bool = False) -> Built | None:
    """Build a site into a folder unless the same is shown there; None when there was nothing to do.

    What cannot be put on the trail is not shown, and what cannot be written is not on the trail.
    """
    facts = facts_of(site, today=timezone.localdate(now))
    if not anew and shown(folder) == digest_of(facts, site.partnership):
        return None
    built = build(facts, site.partnership, kept=Kept(folder))
    with transaction.atomic():
        note_build(site=site, digest=built.digest, editions=list(built.editions), by=by, now=now)
        put(folder, built, facts, made_at=now.isoformat())
    return built


def keep_sites(*, now: datetime) -> list[str]:
    """Every site of the installation; the slugs of those that were built."""
    return [site.partnership.slug for site in sites() if keep_site(site, by=None, now=now)]


def round_of_sites() -> str:
    """For the worker: which sites were built; nothing when nothing public had changed."""
    built = keep_sites(now=timezone.now())
    return f"Public sites built: {', '.join(built)}." if built else ""
