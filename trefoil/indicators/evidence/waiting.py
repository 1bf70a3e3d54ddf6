"""Returns that wait for somebody: overdue, queried, or with a fault that nobody has answered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, Subquery
from django.utils import timezone

from trefoil.access.rules import Standing

from ..enums import SHOWN_STATES, ReturnState
from ..models import AgencyReturn, ReturnMove
from ..periods import Period
from ..rules import returns_visible_to


@dataclass(frozen=True)
class ReturnFault:
    """A contradiction in a return that stands unanswered."""

    indicator: str
    message: str


@dataclass
class Waiting:
    """One return as the exceptions page sees it.

    That it is overdue or queried is for every reader of figures. The question and the faults are empty for who may not
    read the return by their duties; for them alone `may_read` is true. Emergency access does not count: what it opens
    is read on the return's own page, where each reading is on the trail.
    """

    pk: int
    title: str
    agency_id: int
    agency: str
    period: Period
    state: str
    due_on: date
    asked: tuple[str, ...]
    queried_on: date | None = None
    question: str = ""
    faults: list[ReturnFault] = field(default_factory=list)
    is_latest_handed_in: bool = False
    may_read: bool = False

    @property
    def key_to_open(self) -> int | None:
        """The return's key, for those who may open its page."""
        return self.pk if self.may_read else None

    @property
    def is_queried(self) -> bool:
        return self.state == ReturnState.QUERIED

    def is_overdue(self, today: date) -> bool:
        """Past its date and not handed in; one that was sent back is queried, not overdue."""
        return self.state == ReturnState.OPEN and today > self.due_on


def returns_waiting(standing: Standing, *, today: date) -> list[Waiting]:
    """The partnership's returns that are open to somebody, newest period first. One query."""
    found: dict[int, Waiting] = {}
    for row in _rows(standing, today):
        one = found.setdefault(row["pk"], _waiting(row))
        if row["fault__message"] and row["may_read"]:
            one.faults.append(ReturnFault(row["fault__indicator"], row["fault__message"]))
    _mark_latest(list(found.values()))
    return list(found.values())


def _rows(standing: Standing, today: date) -> Iterable[Mapping[str, Any]]:
    last_query = ReturnMove.objects.filter(agency_return=OuterRef("pk"), to_state=ReturnState.QUERIED).order_by("-pk")
    unanswered = Q(faults__severity="fault", faults__answer="")
    by_duty = replace(standing, opened=frozenset())
    return (
        AgencyReturn.objects.filter(partnership=standing.partnership, opens_on__lte=today)
        .annotate(
            fault=FilteredRelation("faults", condition=unanswered),
            may_read=Exists(returns_visible_to(by_duty).filter(pk=OuterRef("pk"))),
            queried_at=Subquery(last_query.values("moved_at")[:1]),
            question=Subquery(last_query.values("reason")[:1]),
            agency_name=F("agency__name"),
        )
        .order_by("-period_end", "pk", "fault__pk")
        .values(
            "pk",
            "title",
            "agency_id",
            "agency_name",
            "period_start",
            "period_end",
            "state",
            "due_on",
            "indicators",
            "queried_at",
            "question",
            "may_read",
            "fault__indicator",
            "fault__message",
        )
    )


def _waiting(row: Mapping[str, Any]) -> Waiting:
    return Waiting(
        pk=row["pk"],
        title=row["title"],
        agency_id=row["agency_id"],
        agency=row["agency_name"],
        period=Period(row["period_start"], row["period_end"]),
        state=row["state"],
        due_on=row["due_on"],
        asked=tuple(row["indicators"]),
        queried_on=timezone.localdate(row["queried_at"]) if row["queried_at"] else None,
        question=(row["question"] or "") if row["may_read"] else "",
        may_read=row["may_read"],
    )


def _mark_latest(returns: list[Waiting]) -> None:
    """Mark each agency's newest return that was handed in; the list comes newest first."""
    seen: set[int] = set()
    for one in returns:
        if one.state in SHOWN_STATES and one.agency_id not in seen:
            seen.add(one.agency_id)
            one.is_latest_handed_in = True
