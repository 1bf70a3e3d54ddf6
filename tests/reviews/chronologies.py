"""Chronologies of an invented child, built through the operations."""

from datetime import datetime
from typing import Any

from tests.reviews.made import asked, notified
from tests.world import World
from trefoil.indicators.intake.export import to_csv
from trefoil.people.models import Person
from trefoil.reviews.chronology.reading import EntryRow, Seen
from trefoil.reviews.chronology.when import read_when
from trefoil.reviews.models import AgencyRequest, ChronologyEntry, RedactedCopy, Review
from trefoil.reviews.operations.chronology import enter_entry
from trefoil.reviews.operations.chronology_redaction import (
    add_redacted_word,
    finish_copy,
    look_at_lines,
    make_redacted_copy,
)

# Words that stand nowhere else.
VISIT = "Wren was looked for at the painted balcony and nobody answered the door"
SOURCE, PLACE = "Green ledger of visits", "The house by the mill"


def row(when: str = "3 March 2026", **named: Any) -> EntryRow:
    """One entry."""
    given: dict[str, Any] = {"what": VISIT, "source": SOURCE, "place": PLACE, "seen": Seen.NOT_SEEN, **named}
    return EntryRow(when=read_when(when), **given)


def file(*rows: list[str]) -> bytes:
    """A file in the layout of the template."""
    return to_csv([["when", "what", "place", "seen", "source"], *rows])


def two_asked(world: World, now: datetime) -> tuple[AgencyRequest, AgencyRequest]:
    """A rapid review for which the police (Dana) and health (Bob) were asked."""
    review = notified(world, now)
    return asked(review, world.police, world.dana, now), asked(review, world.health, world.bob, now)


def entered(request: AgencyRequest, now: datetime, when: str = "3 March 2026", **named: Any) -> ChronologyEntry:
    """An entry by who was asked."""
    return enter_entry(request=request, row=row(when, **named), by=request.person, now=now)


def listed(review: Review, now: datetime, *, by: Person | None = None) -> None:
    """The child and the place on the list of words."""
    for words, role in (("Wren", "the child"), ("painted balcony", "the home"), ("house by the mill", "the home")):
        add_redacted_word(review=review, words=words, role=role, by=by or review.recorded_by, now=now)


def copied(review: Review, now: datetime, *, is_final: bool = False) -> RedactedCopy:
    """A redacted copy, looked at and final if asked for."""
    by = review.recorded_by
    copy = make_redacted_copy(review=review, by=by, now=now)
    if is_final:
        look_at_lines(copy=copy, numbers=list(copy.lines.values_list("number", flat=True)), by=by, now=now)
        finish_copy(copy=copy, by=by, now=now)
        copy.refresh_from_db()
    return copy
