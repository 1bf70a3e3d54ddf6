"""What the trail's references mean: `return:12` becomes the return's name and the address of its page."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, DateField, F, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import NoReverseMatch, reverse

from trefoil.access.queries import groups_visible_to, memberships_visible_to, people_visible_to
from trefoil.access.rules import Standing
from trefoil.indicators.periods import Period
from trefoil.indicators.rules import returns_visible_to


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
    "indicator": "indicator_detail",
}
_PLAIN = {"trail": "The trail", "people": "The list of people"}
_NO_DAY = Value(None, output_field=DateField())


def subjects_of(references: Iterable[str], standing: Standing) -> dict[str, Subject]:
    """Each reference with its words and page. One query for all kinds; what the reader may not see stays a reference."""
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
    sources = {
        "return": (returns_visible_to(standing), "pk", "title", F("period_start"), F("period_end")),
        "person": (people_visible_to(standing), "pk", "name", _NO_DAY, _NO_DAY),
        "agency": (memberships_visible_to(standing), "agency_id", "agency__name", _NO_DAY, _NO_DAY),
        "group": (groups_visible_to(standing), "slug", "name", _NO_DAY, _NO_DAY),
    }
    parts = [_part(kind, *sources[kind], keys=wanted[kind]) for kind in sources if wanted.get(kind)]
    if not parts:
        return {}
    rows = parts[0].union(*parts[1:]) if len(parts) > 1 else parts[0]
    return {
        (kind, key): f"{name}, {Period(start, end).label}" if start and end else name
        for kind, key, name, start, end in rows
    }


def _part(
    kind: str, rows: QuerySet[Any], key: str, name: str, start: Any, end: Any, *, keys: set[str]
) -> QuerySet[Any, Any]:
    """One kind's rows as (kind, key, name, first day, last day)."""
    known = {_last(one) for one in keys}
    if key != "slug":
        known = {one for one in known if one.isdecimal()}
    return (
        rows.filter(**{f"{key}__in": known})
        .order_by()
        .values_list(Value(kind), Cast(key, CharField()), name, start, end)
    )


def _last(key: str) -> str:
    """The key without the slug of the partnership: groups are kept as `slug/group`."""
    return key.rpartition("/")[2]


def _subject(kind: str, key: str, name: str, standing: Standing) -> Subject:
    reference = f"{kind}:{key}" if key else kind
    if not name and kind != "indicator":
        return Subject(reference, _PLAIN.get(reference, f"{kind} {key}".replace("_", " ").strip().capitalize()))
    return Subject(reference, name or key, page_href(_PAGES[kind], standing.partnership.slug, _last(key)))


def page_href(url_name: str, *arguments: str) -> str:
    """The address of a page, or nothing where the reference does not fit one."""
    try:
        return reverse(url_name, args=arguments)
    except NoReverseMatch:
        return ""
