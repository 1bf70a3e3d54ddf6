"""Rows of many tables in one question: what needs the reader is asked of every room at once, however many there are.

A `Part` is one reason to act: which rows, under which heading, and how a row becomes a `Need`. The parts are put
together with UNION ALL, so that another part costs the database a little and the page no question more.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import CharField, DateField, DateTimeField, F, QuerySet, Value
from django.db.models.expressions import BaseExpression, Combinable
from django.db.models.functions import Cast
from django.utils import timezone

from trefoil.access.rules import Standing
from trefoil.access.written import KeptQuestions

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
    """One reason to act. `rows` gives what `part_rows` gives, or None where it is not for this reader.

    It is called only when the question is written (`access/written.py`), and asks the database nothing. `all_href`
    leads to the list that holds every one of them.
    """

    name: str
    heading: str
    rows: Callable[[], QuerySet[Any, Any] | None]
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
    named = {"part_key": F("pk"), "part_title": title, "part_day": day, "part_moment": moment}
    named |= {"part_words": texts[0], "part_agency": texts[1], "part_subject": texts[2]}
    rows = found.order_by(*order, "pk").select_related(None).annotate(**named)
    asked: QuerySet[Any, Any] = rows.values_list(*_COLUMNS)[: MOST_OF_A_PART + 1]
    return asked


_COLUMNS = ("part_key", "part_title", "part_words", "part_agency", "part_subject", "part_day", "part_moment")


# The parts for a reader at a moment.
PartsOf = Callable[[Standing, datetime], Sequence[Part]]
QUESTIONS = KeptQuestions()


def needs_of_parts(parts_of: PartsOf, standing: Standing, now: datetime) -> list[Need]:
    """The needs of every part, in the order of the parts, each by date. One query."""
    sql, parameters = QUESTIONS.ask(partial(write_question, parts_of, standing), standing, now)
    held = defaultdict(list)
    for row in _rows(sql, parameters):
        held[row.part].append(row)
    return [need for part in parts_of(standing, now) for need in _needs_of(part, held[part.name])]


def write_question(parts_of: PartsOf, standing: Standing, now: datetime) -> tuple[str, tuple[Any, ...]]:
    """The rows of every part as one SQL and its values; empty where no part is for this reader.

    Django's own union would not take a part that is cut short, and takes twice as long.
    """
    asked: list[str] = []
    given: list[Any] = []
    for part in parts_of(standing, now):
        rows = part.rows()
        if rows is None:
            continue
        try:
            sql, parameters = rows.query.sql_with_params()
        except EmptyResultSet:
            continue
        # Django wrote this SQL; what came from outside is among the parameters.
        asked.append(f"SELECT CAST(%s AS varchar(40)), part.* FROM ({sql}) part")  # noqa: S608
        given += [part.name, *parameters]
    return " UNION ALL ".join(asked), tuple(given)


def _rows(sql: str, parameters: tuple[Any, ...]) -> Iterator[Row]:
    if not sql:
        return
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        for part, key, title, words, agency, subject, day, moment in cursor.fetchall():
            yield Row(part, key, title, words, agency, subject, _as_date(day), _as_moment(moment))


def _as_date(found: date | str | None) -> date | None:
    """SQLite gives text."""
    return date.fromisoformat(found) if isinstance(found, str) else found


def _as_moment(found: datetime | str | None) -> datetime | None:
    """SQLite gives text, or a moment without its zone: UTC."""
    moment = datetime.fromisoformat(found) if isinstance(found, str) else found
    return moment.replace(tzinfo=UTC) if moment and timezone.is_naive(moment) else moment


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
