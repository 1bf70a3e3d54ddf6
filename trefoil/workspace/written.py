"""A question whose words depend on the reader, written once for the reader and kept: then only the moment changes.

Django takes some forty milliseconds to write what needs a reader, and the database fewer than ten to answer. What is
kept is SQL and never an answer, under all that the question is made from: the reader, the partnership, what they may
do, and the day. So another duty, another partnership or another day is another question. What depends on the moment is
found by writing the question for two moments of the day and looking at what differs.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Any

from django.db import connection
from django.utils import timezone

from trefoil.access.rules import Standing

# Of readers in one process. A question is some 60 kB.
MOST_KEPT = 200
# No hour, day or minute is this long, so that a value rounded to one of them does not pass for one that moves along.
AWAY = timedelta(hours=9, minutes=17, seconds=11)
UNSAID = ("password",)

Parameters = tuple[Any, ...]
Write = Callable[[datetime], tuple[str, Parameters]]


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


class KeptQuestions:
    """The newest questions of a process. The first time nothing is kept: most readers look once."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, Question | None] = OrderedDict()
        self._lock = Lock()

    def ask(self, write: Write, standing: Standing, now: datetime) -> tuple[str, Parameters]:
        """What `write(now)` gives, written anew only where this reader's is not kept."""
        key = key_of(standing, now)
        with self._lock:
            known = key in self._kept
            held = self._kept.get(key)
            if known:
                self._kept.move_to_end(key)
        if held is not None:
            return held.at(now)
        sql, parameters = write(now)
        self._keep(key, _question(write, sql, parameters, now) if known else None)
        return sql, parameters

    def _keep(self, key: Hashable, question: Question | None) -> None:
        with self._lock:
            self._kept[key] = question
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)

    def clear(self) -> None:
        """Forget all of them."""
        with self._lock:
            self._kept.clear()


def key_of(standing: Standing, now: datetime) -> Hashable:
    """All that a reader's question is made from but the moment. Some rules ask the clock themselves for the day."""
    said = tuple(
        getattr(one, field.attname) if field.name not in UNSAID else None
        for one in (standing.person, standing.partnership)
        for field in one._meta.concrete_fields
    )
    may = (standing.permissions, standing.agency_permissions, standing.duties, standing.opened)
    return str(said), may, timezone.localdate(now), timezone.localdate()


def question_for(write: Write, now: datetime) -> Question:
    """What `write` gives for this day, ready for every moment of it. Raises UnfitError where that cannot be told."""
    return _compared(write, *write(now), now)


def _question(write: Write, sql: str, parameters: Parameters, now: datetime) -> Question | None:
    try:
        return _compared(write, sql, parameters, now)
    except UnfitError:
        return None


def _compared(write: Write, sql: str, parameters: Parameters, now: datetime) -> Question:
    other = now + AWAY if timezone.localtime(now).hour < 12 else now - AWAY
    asked: list[str] = []

    def noticed(run: Callable[..., Any], text: str, *rest: Any) -> Any:
        asked.append(text)
        return run(text, *rest)

    with connection.execute_wrapper(noticed):
        sql_there, there = write(other)
    if asked:
        raise UnfitError(f"to write it asks the database: {asked[0][:80]}")
    if sql_there != sql or len(there) != len(parameters):
        raise UnfitError("its words change with the moment")
    pairs = zip(parameters, there, strict=True)
    return Question(sql, tuple(_place(one, moved, now, other) for one, moved in pairs))


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
