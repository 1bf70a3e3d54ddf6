"""What needs the reader: the returns they owe or judge, faults to answer, emergency access running. In order."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from trefoil.access.enums import Permission
from trefoil.access.models import BrokenGlass
from trefoil.access.queries import openings_visible_to
from trefoil.access.rules import Standing
from trefoil.indicators.enums import EDITABLE_STATES, ReturnState
from trefoil.indicators.models import AgencyReturn, ReturnMove
from trefoil.indicators.rules import returns_visible_to

from .words import counted, day_words, listed


@dataclass(frozen=True)
class Need:
    """One thing to do: what, why, its tag (a status of the design app) and the one button that leads to it."""

    title: str
    reason: str
    action: str
    href: str
    status: str = ""
    words: str = ""


def needs_of(standing: Standing, *, now: datetime) -> list[Need]:
    """Everything that needs this person today: late first, then by date. Two queries, however many returns."""
    today = timezone.localdate(now)
    returns = list(_unfinished_returns(standing, today))
    return [
        *_emergencies(standing, now),
        *_owed(returns, standing, today),
        *_to_judge(returns, standing),
        *_to_chase(returns, standing, today),
    ]


def _unfinished_returns(standing: Standing, today: date) -> QuerySet[AgencyReturn]:
    """Open, queried and submitted returns with their last move and how many faults wait for an answer."""
    last = ReturnMove.objects.filter(agency_return=OuterRef("pk")).order_by("-moved_at", "-pk")
    unfinished = returns_visible_to(standing).exclude(state=ReturnState.APPROVED).filter(opens_on__lte=today)
    return unfinished.annotate(
        moved_at=Subquery(last.values("moved_at")[:1]),
        move_reason=Subquery(last.values("reason")[:1]),
        unanswered=Count("faults", filter=Q(faults__severity="fault", faults__answer="")),
    ).order_by("due_on", "agency__name", "pk")


def _emergencies(standing: Standing, now: datetime) -> Iterable[Need]:
    if not (standing.opened or standing.may(Permission.READ_TRAIL)):
        return
    running: QuerySet[BrokenGlass] = openings_visible_to(standing).filter(
        opened_at__lte=now, ends_at__gt=now, closed_at__isnull=True
    )
    for opening in running.order_by("ends_at"):
        own = opening.person_id == standing.person.pk
        yield Need(
            title="Your emergency access is open" if own else f"{opening.person} has emergency access",
            reason=f"To {opening.words}, until {timezone.localtime(opening.ends_at):%H:%M}. “{opening.reason}”",
            action="See it or end it",
            href=reverse("emergency", args=[standing.partnership.slug]),
            status="act",
            words="Running",
        )


def _owed(returns: list[AgencyReturn], standing: Standing, today: date) -> Iterable[Need]:
    """Returns that the reader's own agency has to hand in, late ones first as the due date sorts them."""
    for one in returns:
        if one.state in EDITABLE_STATES and standing.may_for(Permission.ENTER_RETURN, one.agency_id):
            status, words = _tag_of(one, today)
            yield Need(
                title=f"{one}: {one.agency}",
                reason=_why_owed(one, today),
                action="Go to the return",
                href=return_href(one),
                status=status,
                words=words,
            )


def _tag_of(one: AgencyReturn, today: date) -> tuple[str, str]:
    if one.is_late_on(today):
        return "late", "Late"
    return ("queried", "Queried") if one.state == ReturnState.QUERIED else ("open", "Due")


def _why_owed(one: AgencyReturn, today: date) -> str:
    days = (today - one.due_on).days
    due = f"It was due on {day_words(one.due_on)}, {counted(days, 'day')} ago." if days > 0 else ""
    due = due or f"It is due on {day_words(one.due_on)}."
    query = f" The analyst asks: “{one.move_reason}”" if one.state == ReturnState.QUERIED else ""
    return due + query + _faults_words(one)


def _faults_words(one: AgencyReturn) -> str:
    if not one.unanswered:
        return ""
    return f" {counted(one.unanswered, 'fault')} in its figures must be corrected or answered."


def _to_judge(returns: list[AgencyReturn], standing: Standing) -> Iterable[Need]:
    """Submitted returns, the one that has waited longest first, for those who query and approve."""
    if not standing.may(Permission.APPROVE_RETURN):
        return
    submitted = [one for one in returns if one.state == ReturnState.SUBMITTED]
    for one in sorted(submitted, key=lambda waiting: waiting.moved_at):
        yield Need(
            title=f"{one}: {one.agency}",
            reason=f"Handed in on {day_words(timezone.localdate(one.moved_at))}. Query it or approve it."
            + _faults_words(one),
            action="Check the return",
            href=return_href(one),
            status="submitted",
        )


def _to_chase(returns: list[AgencyReturn], standing: Standing, today: date) -> Iterable[Need]:
    """One line for all late returns of other agencies, for those who open returns."""
    late = [one for one in returns if one.is_late_on(today) and one.agency_id not in standing.agency_ids]
    if not late or not standing.may(Permission.OPEN_RETURN):
        return
    names = listed(sorted({str(one.agency) for one in late}))
    yield Need(
        title=f"{counted(len(late), 'return')} {'is' if len(late) == 1 else 'are'} late",
        reason=f"Still to come from {names}. The oldest was due on {day_words(late[0].due_on)}.",
        action="See the returns",
        href=reverse("return_list", args=[standing.partnership.slug]),
        status="late",
    )


def return_href(one: AgencyReturn) -> str:
    """The page of a return in its partnership."""
    return reverse("return_detail", args=[one.partnership.slug, one.pk])
