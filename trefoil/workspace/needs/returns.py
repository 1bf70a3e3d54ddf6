"""Returns that the reader owes, judges or chases, with their faults."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, OuterRef, Q, Subquery
from django.utils import timezone

from trefoil.access.enums import Permission
from trefoil.access.rules import Standing
from trefoil.indicators.enums import EDITABLE_STATES, ReturnState
from trefoil.indicators.models import AgencyReturn, ReturnMove
from trefoil.indicators.rules import returns_visible_to

from ..addresses import page_href, return_href
from ..words import counted, day_words, listed
from .need import Need


def needs_of_returns(standing: Standing, now: datetime) -> list[Need]:
    """Late ones first, then by date. One query, however many returns."""
    today = timezone.localdate(now)
    returns = _unfinished_returns(standing, today)
    return [
        *_owed(returns, standing, today),
        *_to_judge(returns, standing),
        *_to_chase(returns, standing, today),
    ]


@dataclass(frozen=True)
class Unfinished:
    """A return that is not approved: its last move, and how many faults wait for an answer."""

    agency_return: AgencyReturn
    moved_at: datetime
    move_reason: str
    unanswered: int

    @property
    def title(self) -> str:
        return f"{self.agency_return}: {self.agency_return.agency}"

    @property
    def faults_words(self) -> str:
        if not self.unanswered:
            return ""
        return f" {counted(self.unanswered, 'fault')} in its figures must be corrected or answered."

    @property
    def next_words(self) -> str:
        """What an analyst does with it next: nothing with an unanswered fault can be approved."""
        if not self.unanswered:
            return "Query it or approve it."
        faults = counted(self.unanswered, "fault")
        wait = "waits" if self.unanswered == 1 else "wait"
        return f"Query it: {faults} in its figures {wait} for the agency’s answer, so it cannot be approved yet."


def _unfinished_returns(standing: Standing, today: date) -> list[Unfinished]:
    """Open, queried and submitted returns whose opening day has come, by due date."""
    last = ReturnMove.objects.filter(agency_return=OuterRef("pk")).order_by("-moved_at", "-pk")
    done = [ReturnState.APPROVED, ReturnState.PRINTED]
    started = returns_visible_to(standing).exclude(state__in=done).filter(opens_on__lte=today)
    found = started.annotate(
        moved_at=Subquery(last.values("moved_at")[:1]),
        move_reason=Subquery(last.values("reason")[:1]),
        unanswered=Count("faults", filter=Q(faults__severity="fault", faults__answer="")),
    ).order_by("due_on", "agency__name", "pk")
    return [Unfinished(one, one.moved_at, one.move_reason, one.unanswered) for one in found]


def _owed(returns: list[Unfinished], standing: Standing, today: date) -> Iterable[Need]:
    """Returns that the reader's own agency has to hand in, late ones first as the due date sorts them."""
    for one in returns:
        asked = one.agency_return
        if asked.state in EDITABLE_STATES and standing.may_for(Permission.ENTER_RETURN, asked.agency_id):
            status, words = _tag_of(asked, today)
            yield Need(one.title, _why_owed(one, today), "Go to the return", return_href(asked), status, words)


def _tag_of(asked: AgencyReturn, today: date) -> tuple[str, str]:
    if asked.is_late_on(today):
        return "late", "Late"
    return ("queried", "Queried") if asked.state == ReturnState.QUERIED else ("open", "Due")


def _why_owed(one: Unfinished, today: date) -> str:
    asked = one.agency_return
    days = (today - asked.due_on).days
    due = f"It was due on {day_words(asked.due_on)}, {counted(days, 'day')} ago." if days > 0 else ""
    due = due or f"It is due on {day_words(asked.due_on)}."
    query = f" The analyst asks: “{one.move_reason}”" if asked.state == ReturnState.QUERIED else ""
    return due + query + one.faults_words


def _to_judge(returns: list[Unfinished], standing: Standing) -> Iterable[Need]:
    """Submitted returns, the one that has waited longest first, for those who query and approve."""
    if not standing.may(Permission.APPROVE_RETURN):
        return
    submitted = [one for one in returns if one.agency_return.state == ReturnState.SUBMITTED]
    for one in sorted(submitted, key=lambda waiting: waiting.moved_at):
        handed_in = f"Handed in on {day_words(timezone.localdate(one.moved_at))}."
        href = return_href(one.agency_return)
        yield Need(one.title, f"{handed_in} {one.next_words}", "Check the return", href, "submitted")


def _to_chase(returns: list[Unfinished], standing: Standing, today: date) -> Iterable[Need]:
    """One line for all late returns of other agencies, for those who open returns."""
    asked, own = [one.agency_return for one in returns], standing.agencies_for(Permission.ENTER_RETURN)
    late = [one for one in asked if one.is_late_on(today) and one.agency_id not in own]
    if not late or not standing.may(Permission.OPEN_RETURN):
        return
    names = listed(sorted({str(one.agency) for one in late}))
    yield Need(
        title=f"{counted(len(late), 'return')} {'is' if len(late) == 1 else 'are'} late",
        reason=f"Still to come from {names}. The oldest was due on {day_words(late[0].due_on)}.",
        action="See the returns",
        href=page_href("return_list", standing.partnership.slug),
        status="late",
    )
