"""By when each agency was asked for its chronology, and where that stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, QuerySet

from trefoil.access.rules import Standing

from .models import STANDS, AgencyRequest, ChronologyAsking, Review
from .rules import requests_visible_to
from .rules_chronology import CLOSED_STATES, requests_written_by


@dataclass(frozen=True)
class Asked:
    """An agency that writes for a review, when its chronology is due, and how many entries stand."""

    request: AgencyRequest
    asking: ChronologyAsking | None
    entries: int
    today: date

    @property
    def is_late(self) -> bool:
        """Due before today and not handed in."""
        return self.asking is not None and self.asking.done_at is None and self.asking.due_on < self.today

    @property
    def status(self) -> tuple[str, str]:
        """Colour and word."""
        if self.asking is None:
            return "grey", "No day set"
        if self.asking.knows_nothing:
            return "green", "Knows nothing"
        if self.asking.done_at is not None:
            return "green", "Handed in"
        return ("red", "Late") if self.is_late else ("blue", "Asked")


def asked_in(standing: Standing, review: Review, today: date) -> list[Asked]:
    """Every agency that writes for a review, by name. Three queries."""
    requests = list(requests_visible_to(standing).filter(review=review))
    askings = {one.request_id: one for one in ChronologyAsking.objects.filter(STANDS, request__in=requests)}
    counts: Mapping[int, int] = dict(
        review.chronology.filter(STANDS).order_by().values_list("agency").annotate(entries=Count("pk"))
    )
    return [Asked(one, askings.get(one.pk), counts.get(one.agency_id, 0), today) for one in requests]


def asking_of(request: AgencyRequest, today: date) -> Asked:
    """The same of one agency. Two queries."""
    asking = ChronologyAsking.objects.filter(STANDS, request=request).select_related("done_by").first()
    entries = request.review.chronology.filter(STANDS, agency=request.agency_id).count()
    return Asked(request, asking, entries, today)


def open_askings(request: AgencyRequest) -> QuerySet[ChronologyAsking]:
    """What is asked and not handed in."""
    waiting = ChronologyAsking.objects.filter(STANDS, request=request, done_at__isnull=True)
    return waiting.select_related("request__review__partnership", "request__agency", "asked_by")


def chronologies_awaited() -> QuerySet[ChronologyAsking]:
    """What was asked of any agency and is not handed in."""
    waiting = ChronologyAsking.objects.filter(STANDS, done_at__isnull=True, request__withdrawn_at__isnull=True)
    waiting = waiting.exclude(request__review__state__in=CLOSED_STATES)
    return waiting.select_related("request__review__partnership", "request__person").order_by("pk")


def chronologies_owed_by(standing: Standing) -> QuerySet[ChronologyAsking]:
    """What this person was asked for, may still write and has not handed in."""
    written = requests_written_by(standing).filter(pk=OuterRef("request"))
    return chronologies_awaited().filter(Exists(written))
