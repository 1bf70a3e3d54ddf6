"""Rows of many tables in one question: what needs the reader is asked of every room at once, however many there are.

A `Part` is one reason to act: which rows, under which heading, and how a row becomes a `Need`. The parts are put
together with UNION ALL, so that another part costs the database a little and the page no question more.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, DateField, DateTimeField, F, QuerySet, Value
from django.db.models.expressions import BaseExpression, Combinable
from django.db.models.functions import Cast

from .need import Need

# Shown of each part; one more is asked for, to know whether there are more.
MOST_OF_A_PART = 10

# Cast, because PostgreSQL takes two bare NULLs of a union for text.
NO_DAY = Cast(Value(None), DateField())
NO_MOMENT = Cast(Value(None), DateTimeField())
Column = BaseExpression | Combinable | str


@dataclass(frozen=True)
class Row:
    """What a part's query gave: the record's key, its title, who is concerned, and when."""

    part: str
    key: int
    title: str
    words: str
    agency: str
    subject: str
    day: date | None
    moment: datetime | None


@dataclass(frozen=True)
class Part:
    """One reason to act. `rows` comes from `part_rows`, and is None where it is not for this reader.

    `all_href` leads to the list that holds every one of them.
    """

    name: str
    heading: str
    rows: QuerySet[Any, Any] | None
    as_need: Callable[[Row], Need]
    all_href: str = ""


def part_rows(
    found: QuerySet[Any, Any],
    *order: str,
    title: Column,
    words: Column = "",
    agency: Column = "",
    subject: Column = "",
    day: Column = NO_DAY,
    moment: Column = NO_MOMENT,
) -> QuerySet[Any, Any]:
    """The first of these rows by `order`, as the columns that every part has. Plain text stands for itself."""
    texts = [Value(one, output_field=CharField()) if isinstance(one, str) else one for one in (words, agency, subject)]
    first = found.order_by(*order, "pk").select_related(None).values("pk")[: MOST_OF_A_PART + 1]
    rows: QuerySet[Any, Any] = found.model._base_manager.filter(pk__in=first).order_by()
    named = {"part_key": F("pk"), "part_title": title, "part_day": day, "part_moment": moment}
    asked: QuerySet[Any, Any] = rows.annotate(**named, part_words=texts[0], part_agency=texts[1], part_subject=texts[2])
    return asked


_COLUMNS = ("part_key", "part_title", "part_words", "part_agency", "part_subject", "part_day", "part_moment")


def needs_of_parts(parts: Sequence[Part]) -> list[Need]:
    """The needs of every part, in the order of the parts, each by date. One query."""
    asked = [
        part.rows.annotate(part_name=Value(part.name, output_field=CharField())).values_list("part_name", *_COLUMNS)
        for part in parts
        if part.rows is not None
    ]
    if not asked:
        return []
    held = defaultdict(list)
    for row in asked[0].union(*asked[1:], all=True):
        held[row[0]].append(Row(*row))
    return [need for part in parts for need in _needs_of(part, held[part.name])]


def _needs_of(part: Part, rows: Iterable[Row]) -> Iterable[Need]:
    in_order = sorted(rows, key=lambda row: (str(row.day or row.moment or ""), row.key))
    yield from (part.as_need(row) for row in in_order[:MOST_OF_A_PART])
    if len(in_order) > MOST_OF_A_PART:
        yield Need(
            title=f"More of these: {part.heading.lower()}",
            reason=f"Only the first {MOST_OF_A_PART} are shown here.",
            action="See them all",
            href=part.all_href,
            heading=part.heading,
            is_rest=True,
        )
