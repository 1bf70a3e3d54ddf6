"""Actions to answer, to bring up to date, to place elsewhere and to judge; risks to look at again."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from trefoil.access.enums import Permission
from trefoil.access.rules import Standing
from trefoil.plan.enums import TAKEN_ON_STATES, ActionState
from trefoil.plan.rules import actions_visible_to
from trefoil.plan.rules_register import risks_visible_to

from ..addresses import page_href
from ..words import counted, day_words
from .need import Need
from .rows import Part, Row, part_rows

TO_ANSWER, OVERDUE, REFUSED, DONE = "To answer", "Overdue actions", "Refused actions", "Impact to judge"
RISKS = "Risks to look at again"
# So long before its review a risk begins to ask for one.
REVIEW_SOON = timedelta(days=7)


def parts_of_the_plan(standing: Standing, now: datetime) -> Iterator[Part]:
    """What an agency's lead, a named person, the writer of the plan and a judge of impact each have to do."""
    today = timezone.localdate(now)
    slug, every = standing.partnership.slug, page_href("action_list", standing.partnership.slug)
    led = standing.agencies_for(Permission.ANSWER_ACTION)

    def href(row: Row) -> str:
        return page_href("action_detail", slug, row.key)

    def answer(row: Row) -> Need:
        asked = f"{row.agency} was asked on {day_words(timezone.localdate(row.moment))}." if row.moment else ""
        reason = f"{asked} It is to be done by {day_words(row.day)}. Accept it, or refuse it with a reason."
        return Need(row.title, reason, "Answer it", href(row), "open", "To answer", TO_ANSWER)

    def overdue(row: Row) -> Need:
        days = (today - row.day).days if row.day else 0
        reason = f"It was due on {day_words(row.day)}, {counted(days, 'day')} ago. Say how it stands, or finish it."
        return Need(row.title, reason, "Go to the action", href(row), "late", "Overdue", OVERDUE)

    def refused(row: Row) -> Need:
        reason = f"{row.agency} refused it. Give it to somebody else, or withdraw it."
        return Need(row.title, reason, "Decide on it", href(row), "queried", "Refused", REFUSED)

    def done(row: Row) -> Need:
        reason = f"{row.agency} says it is done. Did it change anything for children?"
        return Need(row.title, reason, "Judge its impact", href(row), "submitted", "Done", DONE)

    def rows(may: object, when: Q) -> Callable[[], QuerySet[Any, Any] | None]:
        return lambda: _actions(standing, when) if may else None

    mine = Q(person=standing.person) | Q(agency__in=led)
    asked = Q(state=ActionState.PROPOSED, agency__in=led)
    late = mine & Q(state__in=TAKEN_ON_STATES, due_on__lt=today)
    judged = Q(state=ActionState.DONE) & ~Q(person=standing.person)
    writes, judges = standing.may(Permission.WRITE_PLAN), standing.may(Permission.JUDGE_IMPACT)
    yield Part("answer", TO_ANSWER, rows(led, asked), answer, every)
    yield Part("overdue", OVERDUE, rows(True, late), overdue, every)
    yield Part("refused", REFUSED, rows(writes, Q(state=ActionState.REFUSED)), refused, every)
    yield Part("done", DONE, rows(judges, judged), done, every)


def _actions(standing: Standing, when: Q) -> QuerySet[Any, Any]:
    columns = {"title": F("title"), "agency": F("agency__name"), "day": F("due_on"), "moment": F("proposed_at")}
    return part_rows(actions_visible_to(standing).filter(when), "due_on", **columns)


def parts_of_risks(standing: Standing, now: datetime) -> Iterator[Part]:
    """Risks of the reader, or of an agency they lead, whose review is due within a week or was due."""
    today, slug = timezone.localdate(now), standing.partnership.slug

    def as_need(row: Row) -> Need:
        is_late = row.day is not None and row.day < today
        reason = f"Its review {'was' if is_late else 'is'} due on {day_words(row.day)}."
        href = page_href("risk_detail", slug, row.key)
        return Need(row.title, reason, "Look at it", href, *(("late", "Late") if is_late else ("watch", "Due")), RISKS)

    yield Part("risk", RISKS, partial(_risks, standing, today), as_need, page_href("risk_list", slug))


def _risks(standing: Standing, today: date) -> QuerySet[Any, Any]:
    mine = Q(person=standing.person) | Q(agency__in=standing.agencies_for(Permission.ANSWER_ACTION))
    if standing.may(Permission.WRITE_PLAN):
        mine |= Q(person__isnull=True, agency__isnull=True)
    due = risks_visible_to(standing).filter(mine, closed_at__isnull=True, review_on__lte=today + REVIEW_SOON)
    return part_rows(due, "review_on", title=F("title"), day=F("review_on"))
