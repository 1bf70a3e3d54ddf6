"""What the trail's references mean: `return:12` becomes the return's name and the address of its page."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast

from trefoil.access.rules import Standing
from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.periods import Period

from .addresses import page_href
from .subject_sources import SOURCES, Source
from .words import day_words


@dataclass(frozen=True)
class Subject:
    """What an event was about, in words, with its page when it has one."""

    reference: str
    words: str
    href: str = ""


# Kind of reference: URL name of its page, which takes the partnership's slug and the reference's key.
PAGES = {
    "person": "person_detail",
    "agency": "agency_detail",
    "group": "group_detail",
    "return": "return_detail",
    "indicator": "indicator",
    "action": "action_detail",
    "recommendation": "recommendation_detail",
    "priority": "priority_detail",
    "risk": "risk_detail",
    "measure": "measure_detail",
    "meeting": "meeting_detail",
    "decision": "decision_detail",
    "clock": "clock_detail",
    "document": "document_detail",
    "extract": "extract_detail",
    "contribution": "contribution_detail",
    "review": "review_detail",
    "public_document": "publishing_document",
    "death": "death_detail",
}
_PLAIN = {"trail": "The trail", "people": "The list of people"}
LONGEST_NAME = 90
# Of a key in the database: a number with more digits is nobody's.
MOST_DIGITS = 18


def page_of(reference: str, slug: str) -> str:
    """The address of a record's page, or nothing where it has none. It does not say whether the reader may open it."""
    kind, _, key = reference.partition(":")
    return page_href(PAGES[kind], slug, _last(key)) if kind in PAGES and key else ""


def subjects_of(references: Iterable[str], standing: Standing) -> dict[str, Subject]:
    """Each reference with its words and page, in one query. What the reader may not see stays a bare reference.

    `settings.RECORDS_NAMED` names it, for rooms below.
    """
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
    parts = [_part(kind, source(standing), wanted[kind]) for kind, source in SOURCES.items() if wanted.get(kind)]
    if not parts:
        return {}
    rows = parts[0].union(*parts[1:]) if len(parts) > 1 else parts[0]
    return {(kind, key): _with_days(name, start, end) for kind, key, name, start, end in rows}


def _with_days(name: str, start: date | None, end: date | None) -> str:
    """The name with its period, or with its day where there is one day alone; a long name is cut."""
    if start and end:
        return f"{name}, {Period(start, end).label}"
    name = name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"
    return f"{name}, {day_words(start)}" if start else name


def _part(kind: str, source: Source, keys: set[str]) -> QuerySet[Any, Any]:
    """One kind's rows as (kind, key, name, first day, last day)."""
    known = {_last(one) for one in keys}
    if source.key not in {"slug", "reference"}:
        known = {one for one in known if one.isdecimal() and len(one) <= MOST_DIGITS}
    named = source.rows.filter(**{f"{source.key}__in": known}).order_by().select_related(None)
    columns = (Cast(source.key, CharField()), Cast(source.name, CharField()), *source.days)
    return named.values_list(Value(kind, output_field=CharField()), *columns)


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
    return Subject(reference, name, page_href(PAGES[kind], standing.partnership.slug, _last(key)))
