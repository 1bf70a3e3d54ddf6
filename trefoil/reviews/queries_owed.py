"""Who owes what to a review beside its rapid review: chronologies, answers to written requests, responses, learning."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from trefoil.access.rules import Standing

from .models import STANDS, Review
from .queries_chronology_asked import asked_in
from .queries_local import written_requests_of
from .queries_report import responses_of


@dataclass(frozen=True)
class OwedLine:
    """What is owed, by whom and by when, and how it stands: colour and word."""

    what: str
    who: str
    due_on: date
    status: tuple[str, str]
    anchor: str

    @property
    def is_late(self) -> bool:
        return self.status[0] == "red"


def owed_of(standing: Standing, review: Review, today: date) -> list[OwedLine]:
    """All that is not done, by its day. Eight queries."""
    return sorted(_lines(standing, review, today), key=lambda one: (one.due_on, one.who))


def _lines(standing: Standing, review: Review, today: date) -> Iterator[OwedLine]:
    for asked in asked_in(standing, review, today):
        if asked.asking is not None and asked.asking.done_at is None:
            yield OwedLine("Chronology", str(asked.request.agency), asked.asking.due_on, asked.status, "chronology")
    for line in written_requests_of(review, today):
        if line.is_open:
            one = line.request
            who = str(one.agency) if one.agency else "Another body"
            yield OwedLine("Answer to a written request", who, one.due_on, line.status, "supervision")
    for _made, answers in responses_of(review, today):
        for answer in answers:
            if answer.response.answered_at is None:
                agency, due_on = str(answer.response.agency), answer.response.due_on
                yield OwedLine("Response to a recommendation", agency, due_on, answer.status, "responses")
    for learning in review.learning_reviews.filter(STANDS, ended_on__isnull=True):
        status = ("red", "Late") if learning.due_on < today else ("blue", "Under way")
        yield OwedLine(
            f"Learning: {learning.get_method_display().lower()}", "Who leads it", learning.due_on, status, "learning"
        )
