"""What changed since the reader's last visit, as far as their duties let them see it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db.models import CharField, DateTimeField, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat

from trefoil.access.queries import changes_visible_to, own_sign_ins
from trefoil.access.rules import Standing
from trefoil.access.written import KeptQuestions
from trefoil.audit.models import AuditEvent
from trefoil.indicators.rules import returns_visible_to

from .subjects import Subject, subjects_of

MOST_SHOWN = 12
WITHOUT_A_VISIT = timedelta(days=14)


@dataclass(frozen=True)
class Change:
    """One thing that happened: when, what, to what, and who did it."""

    at: datetime
    words: str
    subject: Subject
    by: str


@dataclass(frozen=True)
class Changes:
    """`since` is the reader's last visit, or a fortnight ago when the trail holds no earlier visit."""

    since: datetime
    knows_visit: bool
    newest: list[Change]


def changes_for(standing: Standing, *, now: datetime) -> Changes:
    """Other people's doings since the last visit, newest first, at most a dozen. Two queries.

    The last visit is the reader's last sign-in before the present one, as the trail has it: the newest sign-in on the
    trail began the visit that this page belongs to.
    """
    visits, events = _visits_and_events(standing, now)
    since = visits[1] if len(visits) == 2 else now - WITHOUT_A_VISIT
    subjects = subjects_of((event.subject for event in events), standing)
    newest = [Change(event.at, event.words, subjects[event.subject], event.actor_name) for event in events]
    return Changes(since, len(visits) == 2, newest)


QUESTIONS = KeptQuestions()


def _visits_and_events(standing: Standing, now: datetime) -> tuple[list[datetime], list[AuditEvent]]:
    """The reader's two newest sign-ins, and what others did since the earlier one, or since long ago. One query."""
    sql, parameters = QUESTIONS.ask(partial(write_question, standing), standing, now)
    held = list(AuditEvent.objects.raw(sql, parameters))
    # The reader's own doings are never among the events, so what is theirs is a visit.
    mine = standing.person.pk
    return [one.at for one in held if one.actor == mine], [one for one in held if one.actor != mine]


def write_question(standing: Standing, now: datetime) -> tuple[str, tuple[Any, ...]]:
    """The same two kinds of rows, newest first, as SQL and its values. Asks the database nothing."""
    own = own_sign_ins(standing.person)
    long_ago = Value(now - WITHOUT_A_VISIT, output_field=DateTimeField())
    since = Coalesce(Subquery(own.values("at")[1:2]), long_ago)
    newest = _events(standing, since).order_by("-sequence")
    asked = Q(pk__in=newest.values("pk")[:MOST_SHOWN]) | Q(pk__in=own.values("pk")[:2])
    sql, parameters = AuditEvent.objects.filter(asked).order_by("-sequence").query.sql_with_params()
    return sql, tuple(parameters)


def _events(standing: Standing, since: Coalesce) -> QuerySet[AuditEvent]:
    returns = returns_visible_to(standing).order_by().select_related(None)
    references = returns.annotate(reference=Concat(Value("return:"), Cast("pk", CharField()))).values("reference")
    by_others = changes_visible_to(standing, records=references).exclude(actor=standing.person.pk)
    return by_others.filter(at__gt=since)
