"""The signed-in page about a site, in words."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from trefoil.people.models import Partnership
from trefoil.publishing import public

from .folder import store
from .models import Site
from .serving import shown_in


@dataclass(frozen=True)
class Overview:
    """What stands on the page: `missing` would help a reader, `spoiled` is left out since it is not what was frozen."""

    lead: str
    address: str
    built_at: datetime | None
    pages: int
    editions: tuple[str, ...]
    missing: tuple[str, ...]
    spoiled: tuple[str, ...]


MISSING = (
    ("front_door_phone", "the number of the front door for children"),
    ("out_of_hours_phone", "the number at night and at weekends"),
    ("lead", "the first sentence of the home page"),
    ("privacy_email", "an address for questions about personal data"),
    ("training", "what training there is"),
)


def overview_of(site: Site | None, partnership: Partnership) -> Overview:
    """A site, or none, as its manager sees it."""
    editions = tuple(f"{one.title}, edition {one.number}" for one in public.published(partnership))
    spoiled = public.not_as_frozen(partnership)
    if site is None:
        lead = "There is no public website yet. It shows published editions and nothing else."
        return Overview(lead, "", None, 0, editions, (), spoiled)
    shown = shown_in(store() / partnership.slug) if site.is_on else None
    return Overview(
        lead=_lead(site, len(editions)),
        address=address_of(site),
        built_at=datetime.fromisoformat(shown.made_at) if shown else None,
        pages=sum(name.endswith("index.html") for name in shown.files) if shown else 0,
        editions=editions,
        missing=tuple(words for name, words in MISSING if not getattr(site, name)),
        spoiled=spoiled,
    )


def _lead(site: Site, editions: int) -> str:
    if not site.is_on:
        return "The website is off: nobody outside sees it."
    documents = f"{editions} published edition{'' if editions == 1 else 's'}"
    return f"The website is on, with {documents}. Nothing else of Trefoil can be reached from it."


def address_of(site: Site) -> str:
    """Where anybody finds the site, or nothing."""
    if site.host:
        return f"https://{site.host}/"
    return f"/site/{site.partnership.slug}/" if settings.DEMO else ""
