"""The obvious ways to the pages: rows as objects, counted here. And Trefoil's own queries, timed in the same way."""

import time
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from statistics import median
from typing import Any

from django.utils import timezone

from trefoil.access.queries import standing_in
from trefoil.access.rules import Standing
from trefoil.clocks.models import Clock
from trefoil.clocks.models.clocks import OPEN
from trefoil.meetings.models import Meeting
from trefoil.notifications.entries import Wanted, entries_for
from trefoil.people.models import Person
from trefoil.plan.enums import WORKING_STATES, ActionState
from trefoil.plan.models import ActionMove
from trefoil.plan.queries import Narrowing, narrowed
from trefoil.plan.rules import actions_visible_to
from trefoil.workspace.calendar.month import MOST_OF_A_DAY, Month
from trefoil.workspace.owed import owed_by_agencies

SLUG = "borough-0"
WORDS = "look again"
PER_PAGE = 25


def _standing() -> Standing:
    person = Person.objects.filter(duties__partnership__slug=SLUG).order_by("pk")[0]
    standing = standing_in(person, SLUG, now=timezone.now())
    if standing is None:
        raise RuntimeError("nobody has a duty there")
    return standing


def _timed(work: Callable[[Standing, date], Any], times: int) -> dict[str, Any]:
    """Milliseconds in the middle of so many times, those of them that this process worked, and what it found."""
    standing, today = _standing(), timezone.localdate()
    found = work(standing, today)
    waited, worked = [], []
    for _ in range(times):
        started, busy = time.perf_counter(), time.process_time()
        work(standing, today)
        waited.append((time.perf_counter() - started) * 1000)
        worked.append((time.process_time() - busy) * 1000)
    return {"ms": median(waited), "worked": median(worked), "found": found}


def calendar(times: int) -> dict[str, Any]:
    """What the calendar's month asks."""
    return _timed(_calendar, times)


def _calendar(standing: Standing, today: date) -> list[int]:
    month = Month.of(today)
    days = month.days
    found = entries_for(standing, days[0][0], days[-1][-1], Wanted(of_a_day=MOST_OF_A_DAY))
    cells = [day for week in month.weeks(found, today) for day in week]
    return [sum(day.number for day in cells), sum(day.late for day in cells)]


def calendar_plain(times: int) -> dict[str, Any]:
    """Each time limit and each meeting of the month as an object, sorted here into its day."""
    return _timed(_calendar_plain, times)


def _calendar_plain(standing: Standing, today: date) -> list[int]:
    days = Month.of(today).days
    first, last = _moment(days[0][0]), _moment(days[-1][-1] + timedelta(days=1))
    here = {"partnership": standing.partnership}
    clocks = Clock.objects.filter(OPEN, **here, due_at__gte=first, due_at__lt=last).select_related("agency", "person")
    meetings = Meeting.objects.filter(**here, starts_at__gte=first, starts_at__lt=last).select_related("group")
    held: dict[date, list[tuple[str, bool]]] = defaultdict(list)
    for clock in clocks:
        if clock.due_at is not None:
            held[timezone.localdate(clock.due_at)].append((f"{clock}, {clock.agency}", clock.due_at < timezone.now()))
    for meeting in meetings:
        held[timezone.localdate(meeting.starts_at)].append((str(meeting.group), False))
    every = [one for day in held.values() for one in sorted(day)]
    return [len(every), sum(late for _, late in every)]


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock_time.min))


def owes(times: int) -> dict[str, Any]:
    """What the page of what agencies owe asks."""
    return _timed(_owes, times)


def _owes(standing: Standing, today: date) -> list[int]:
    found = owed_by_agencies(standing, today=today)
    numbers = [(one.actions.to_do, one.actions.overdue, len(one.days_to_answer), one.done.number) for one in found]
    return [sum(column) for column in zip(*numbers, strict=True)]


def owes_plain(times: int) -> dict[str, Any]:
    """Every action and every move as an object, counted here."""
    return _timed(_owes_plain, times)


def _owes_plain(standing: Standing, today: date) -> list[int]:
    moves: dict[int, list[ActionMove]] = defaultdict(list)
    for move in ActionMove.objects.filter(action__partnership=standing.partnership).order_by("moved_at", "pk"):
        moves[move.action_id].append(move)
    numbers: Counter[str] = Counter()
    year = today - timedelta(days=365)
    for action in actions_visible_to(standing):
        given, answered, done = timezone.localdate(action.proposed_at), None, None
        for move in moves[action.pk]:
            day = timezone.localdate(move.moved_at)
            if move.to_state == ActionState.PROPOSED:
                given = day
            elif move.to_state in {ActionState.ACCEPTED, ActionState.REFUSED}:
                answered = answered or day
            elif move.to_state == ActionState.DONE:
                done = day
        owed = action.state in WORKING_STATES
        waits = action.state == ActionState.PROPOSED and (today - given).days > 10
        numbers["to do"] += owed
        numbers["overdue"] += owed and action.due_on < today
        numbers["answers"] += bool(answered and answered >= year) or waits
        withdrawn = action.state in {ActionState.REFUSED, ActionState.WITHDRAWN}
        numbers["done"] += bool(done and done <= action.due_on and year <= action.due_on < today and not withdrawn)
    return [numbers[name] for name in ("to do", "overdue", "answers", "done")]


def words(times: int) -> dict[str, Any]:
    """What the plan's table asks when it is narrowed by words: how many, and the first page."""
    return _timed(_words, times)


def _words(standing: Standing, today: date) -> list[int]:
    found = narrowed(actions_visible_to(standing), Narrowing(words=WORDS), today)
    return [found.count(), *(action.pk for action in found[:PER_PAGE])]


def words_plain(times: int) -> dict[str, Any]:
    """Every action as an object, looked through here."""
    return _timed(_words_plain, times)


def _words_plain(standing: Standing, _: date) -> list[int]:
    every = actions_visible_to(standing).order_by("due_on", "pk")
    found = [action for action in every if WORDS in action.title.lower()]
    return [len(found), *(action.pk for action in found[:PER_PAGE])]
