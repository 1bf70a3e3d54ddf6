"""A question whose words depend on the reader, written once for the reader and kept: then only the moment changes.

Django takes some forty milliseconds to write what needs a reader, and the database fewer than ten to answer. What is
kept is SQL and never an answer, under all that the question is made from: the reader, the partnership, what they may
do, the day, and what the page was asked for. So another duty, another partnership or another day is another question.
What depends on the moment is found by looking at what differs between the reader's first two visits of the day. A value
rounded to the hour would not show itself there: a test writes everybody's questions for moments far apart.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from copy import copy
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

from .rules import Standing

# In one process. The longest, what needs a reader, is 25 kB.
MOST_KEPT = 1000
UNSAID = ("password",)

Parameters = tuple[Any, ...]
Write = Callable[[datetime], tuple[str, Parameters]]
Row = TypeVar("Row")
Held = TypeVar("Held")


class UnfitError(Exception):
    """What differs between two moments is more than moments that move along."""


@dataclass(frozen=True)
class After:
    """A value that lies so long after the moment of asking, or before it."""

    by: timedelta


@dataclass(frozen=True)
class Question:
    """SQL, and for each of its places a value or how long `After` the moment of asking."""

    sql: str
    places: tuple[Any, ...]

    def at(self, now: datetime) -> tuple[str, Parameters]:
        """As the database takes it at a moment."""
        return self.sql, tuple(_adapted(now + one.by) if isinstance(one, After) else one for one in self.places)


@dataclass(frozen=True)
class Asked:
    """A question as it was written for one moment. `asks` is what it took to write it, if the database was asked."""

    now: datetime
    sql: str
    parameters: Parameters
    asks: str = ""


class _Kept(Generic[Held]):
    """The newest of a process, by key: as it was written for the first visit, and after the second for good."""

    def __init__(self) -> None:
        self._held: OrderedDict[Hashable, Held | Asked] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> Held | Asked | None:
        """What is kept, and is now the newest."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
            return self._held.get(key)

    def keep(self, key: Hashable, held: Held | Asked) -> None:
        with self._lock:
            self._held[key] = held
            while len(self._held) > MOST_KEPT:
                self._held.popitem(last=False)

    def clear(self) -> None:
        """Forget all of them."""
        with self._lock:
            self._held.clear()


class KeptQuestions(_Kept[Question]):
    """Questions as SQL."""

    def ask(self, write: Write, standing: Standing, now: datetime, *about: Hashable) -> tuple[str, Parameters]:
        """What `write(now)` gives, written anew only where this reader's is not kept.

        `about` is what else the question is made from.
        """
        key = key_of(standing, now, *about)
        held = self.get(key)
        if isinstance(held, Question):
            return held.at(now)
        asked = written(write, now)
        self.keep(key, _learnt(held, asked) or asked)
        return asked.sql, asked.parameters


class KeptRows(_Kept[tuple[Question, QuerySet[Any, Any], SQLCompiler]]):
    """Questions as Django puts them: it reads the rows as ever, with its own types and related records."""

    def ask(
        self, build: Callable[[datetime], QuerySet[Any, Row]], standing: Standing, now: datetime, *about: Hashable
    ) -> list[Row]:
        """The rows of `build(now)`. `about` is what else they are made from."""
        key = key_of(standing, now, *about)
        held = self.get(key)
        if isinstance(held, tuple):
            question, rows, compiler = held
            return _read(rows, compiler, question.at(now))
        made: list[tuple[QuerySet[Any, Row], SQLCompiler]] = []

        def write(moment: datetime) -> tuple[str, Parameters]:
            rows = build(moment)
            made.append((rows, _compiler(rows)))
            return made[-1][1].as_sql()

        try:
            asked = written(write, now)
        except EmptyResultSet:
            return []
        question_or_none = _learnt(held, asked)
        self.keep(key, (question_or_none, *made[-1]) if question_or_none else asked)
        return _read(*made[-1], (asked.sql, asked.parameters))


def _compiler(rows: QuerySet[Any, Any]) -> SQLCompiler:
    compiler: SQLCompiler = rows.query.get_compiler(connection=connection)
    return compiler


def _read(rows: QuerySet[Any, Row], compiler: SQLCompiler, asked: tuple[str, Parameters]) -> list[Row]:
    """The kept compiler says how a row is read; the SQL is the one that is given."""
    mine = copy(compiler)
    mine.as_sql = lambda *_args, **_named: asked  # type: ignore[method-assign]
    fresh = rows.all()
    fresh.query.get_compiler = lambda *_args, **_named: mine  # type: ignore[method-assign]
    return list(fresh)


def key_of(standing: Standing, now: datetime, *about: Hashable) -> Hashable:
    """All that a reader's question is made from but the moment. Some rules ask the clock themselves for the day."""
    said = tuple(
        getattr(one, field.attname) if field.name not in UNSAID else None
        for one in (standing.person, standing.partnership)
        for field in one._meta.concrete_fields
    )
    may = (standing.permissions, standing.agency_permissions, standing.duties, standing.opened)
    return str(said), may, timezone.localdate(now), timezone.localdate(), about


def written(write: Write, now: datetime) -> Asked:
    """What `write` gives for a moment, and whether the database was asked for it."""
    asks: list[str] = []

    def noticed(run: Callable[..., Any], text: str, *rest: Any) -> Any:
        asks.append(text)
        return run(text, *rest)

    with connection.execute_wrapper(noticed):
        sql, parameters = write(now)
    return Asked(now, sql, tuple(parameters), asks[0] if asks else "")


def _learnt(first: Asked | None, second: Asked) -> Question | None:
    if first is None or first.now == second.now:
        return None
    try:
        return compared(first, second)
    except UnfitError:
        return None


def compared(first: Asked, second: Asked) -> Question:
    """The question of two moments of one day, ready for every other. Raises UnfitError where it cannot be told."""
    if asks := first.asks or second.asks:
        raise UnfitError(f"to write it asks the database: {asks[:80]}")
    if first.sql != second.sql or len(first.parameters) != len(second.parameters):
        raise UnfitError("its words change with the moment")
    pairs = zip(second.parameters, first.parameters, strict=True)
    return Question(second.sql, tuple(_place(one, moved, second.now, first.now) for one, moved in pairs))


def _place(here: Any, there: Any, now: datetime, other: datetime) -> Any:
    if here == there:
        return here
    try:
        by = _moment(here) - now
    except (TypeError, ValueError) as error:
        raise UnfitError(f"{here!r} changes with the moment") from error
    if _adapted(other + by) != there:
        raise UnfitError(f"{here!r} does not move along with the moment")
    return After(by)


def _moment(found: Any) -> datetime:
    """SQLite is given text, in UTC and without saying so."""
    moment = found if isinstance(found, datetime) else datetime.fromisoformat(found)
    return moment.replace(tzinfo=UTC) if timezone.is_naive(moment) else moment


def _adapted(moment: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)
