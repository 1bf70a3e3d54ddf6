"""Reading the report of a review: who has it, who owes an answer, where publication stands."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from trefoil.clocks.reckoning.calendar import add_working_days
from trefoil.people.models import Agency

from .enums import LetterSubject, Recipient
from .enums_local import AgencyAnswer
from .models import STANDS, AgencyResponse, PublishingPosition, Review, ReviewRecommendation

# How many working days before publication all three have the report: rule SI-PRE.
DAYS_BEFORE = 7


def letters_on_report(review: Review) -> Mapping[str, date]:
    """To whom the report went before publication, and on which day first. One query."""
    letters = review.letters.filter(STANDS, subject=LetterSubject.REPORT)
    # The last to be put into a dictionary stays: the earliest.
    return dict(letters.order_by("-sent_on").values_list("to", "sent_on"))


@dataclass(frozen=True)
class ResponseLine:
    """An agency's response to one recommendation."""

    response: AgencyResponse
    today: date

    @property
    def is_late(self) -> bool:
        return self.response.answered_at is None and self.response.due_on < self.today

    @property
    def status(self) -> tuple[str, str]:
        """Colour and word."""
        if self.response.answered_at is not None:
            colour = {AgencyAnswer.ACCEPTS: "green", AgencyAnswer.PARTLY: "orange", AgencyAnswer.REFUSES: "red"}
            return colour[AgencyAnswer(self.response.answer)], AgencyAnswer(self.response.answer).label
        return ("red", "Late") if self.is_late else ("blue", "Asked")


def responses_of(review: Review, today: date) -> list[tuple[ReviewRecommendation, list[ResponseLine]]]:
    """Every recommendation with what each agency answers. Two queries."""
    made = list(review.recommendations.select_related("recommendation"))
    found: dict[int, list[ResponseLine]] = defaultdict(list)
    answers = AgencyResponse.objects.filter(STANDS, recommendation__in=made).select_related("agency", "answered_by")
    for one in answers:
        found[one.recommendation_id].append(ResponseLine(one, today))
    return [(one, found[one.pk]) for one in made]


def publishing_positions_of(
    review: Review, partners: Iterable[Agency]
) -> list[tuple[Agency, PublishingPosition | None]]:
    """Each statutory partner with how it holds that it is published, or nothing. One query."""
    taken = {one.agency_id: one for one in review.publishing_positions.filter(is_current=True).select_related("person")}
    return [(one, taken.get(one.pk)) for one in partners]


def earliest_publication(review: Review) -> date | None:
    """The first day on which it may be published, once all three have the report; nothing before. One query."""
    sent = letters_on_report(review)
    if not set(Recipient) <= set(sent):
        return None
    return add_working_days(max(sent.values()), DAYS_BEFORE)


def agency_responses_of(review: Review) -> QuerySet[AgencyResponse]:
    """What agencies were asked and answered about its recommendations, taken back or not."""
    found = AgencyResponse.objects.filter(recommendation__review=review)
    return found.select_related("recommendation__recommendation", "recommendation__review__partnership", "agency")
