"""What the trail's references mean: `return:12` becomes the return's name and the address of its page."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import CharField, DateField, F, QuerySet, Value
from django.db.models.functions import Cast

from trefoil.access.queries import groups_visible_to, memberships_visible_to, people_visible_to
from trefoil.access.rules import Standing
from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.periods import Period
from trefoil.indicators.rules import returns_visible_to

from .addresses import page_href


@dataclass(frozen=True)
class Subject:
    """What an event was about, in words, with its page when it has one."""

    reference: str
    words: str
    href: str = ""


# Kind of reference: URL name of its page, which takes the partnership's slug and the reference's key.
_PAGES = {
    "person": "person_detail",
    "agency": "agency_detail",
    "group": "group_detail",
    "return": "return_detail",
    "indicator": "indicator",
}
_PLAIN = {"trail": "The trail", "people": "The list of people"}
_NO_DAYS = (Value(None, output_field=DateField()), Value(None, output_field=DateField()))


def subjects_of(references: Iterable[str], standing: Standing) -> dict[str, Subject]:
    """Each reference with its words and page, in one query. What the reader may not see stays a bare reference."""
    wanted = defaultdict(set)
    for reference in references:
        kind, _, key = reference.partition(":")
        wanted[kind].add(key)
    names = _names(wanted, standing)
    return {
        f"{kind}:{key}" if key else kind: _subject(kind, key, names.get((kind, _last(key)), ""), standing)
        for kind, keys in wanted.items()
        for key in keys
    }


def _names(wanted: dict[str, set[str]], standing: Standing) -> dict[tuple[str, str], str]:
    """(kind, key) -> name, of what the reader may see."""
    period = (F("period_start"), F("period_end"))
    sources = {
        "return": partial(_part, "return", returns_visible_to(standing), key="pk", name="title", days=period),
        "person": partial(_part, "person", people_visible_to(standing), key="pk", name="name"),
        "agency": partial(_part, "agency", memberships_visible_to(standing), key="agency_id", name="agency__name"),
        "group": partial(_part, "group", groups_visible_to(standing), key="slug", name="name"),
    }
    parts = [part(wanted[kind]) for kind, part in sources.items() if wanted.get(kind)]
    if not parts:
        return {}
    rows = parts[0].union(*parts[1:]) if len(parts) > 1 else parts[0]
    return {
        (kind, key): f"{name}, {Period(start, end).label}" if start and end else name
        for kind, key, name, start, end in rows
    }


def _part(
    kind: str, rows: QuerySet[Any], keys: set[str], *, key: str, name: str, days: tuple[Any, Any] = _NO_DAYS
) -> QuerySet[Any, Any]:
    """One kind's rows as (kind, key, name, first day, last day)."""
    known = {_last(one) for one in keys}
    if key != "slug":
        known = {one for one in known if one.isdecimal()}
    named = rows.filter(**{f"{key}__in": known}).order_by().select_related(None)
    return named.values_list(Value(kind, output_field=CharField()), Cast(key, CharField()), name, *days)


def _last(key: str) -> str:
    """The key without the slug of the partnership: groups are kept as `slug/group`."""
    return key.rpartition("/")[2]


def _subject(kind: str, key: str, name: str, standing: Standing) -> Subject:
    reference = f"{kind}:{key}" if key else kind
    if reference == f"partnership:{standing.partnership.slug}":
        return Subject(reference, standing.partnership.name, page_href("partnership_page", standing.partnership.slug))
    if kind == "indicator":
        definition = catalogue().get(key)
        name = definition.title if definition else ""
    if not name:
        return Subject(reference, _PLAIN.get(reference, f"{kind} {key}".replace("_", " ").strip().capitalize()))
    return Subject(reference, name, page_href(_PAGES[kind], standing.partnership.slug, _last(key)))
