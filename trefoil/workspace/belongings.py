"""What somebody has in hand in a partnership: for the list of what is handed over when they leave."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from trefoil.access.queries import seats_visible_to
from trefoil.access.rules import Standing
from trefoil.clocks.models.clocks import OPEN
from trefoil.clocks.rules import clocks_visible_to
from trefoil.meetings.enums import MeetingState
from trefoil.meetings.rules import items_visible_to, programme_visible_to
from trefoil.people.models import Person
from trefoil.plan.rules import owned_by, priorities_visible_to
from trefoil.plan.rules_register import risks_visible_to

from .addresses import page_href
from .subjects import page_of
from .words import day_words

ACTION, RISK, CLOCK, ITEM, FORWARD, PRIORITY, SEAT = (
    "Action",
    "Risk",
    "Time limit",
    "Agenda item",
    "Forward work programme",
    "Priority they lead",
    "Seat in a group",
)
# What can be given to somebody here; the rest is changed on its own page.
GIVEN_HERE = frozenset({ACTION, RISK, CLOCK, ITEM})
_OPEN_MEETINGS = (MeetingState.PLANNED, MeetingState.AGENDA_SENT)


@dataclass(frozen=True)
class Belonging:
    """One thing that somebody has in hand: its reference, what it is, and the page where it is changed."""

    reference: str
    kind: str
    title: str
    detail: str
    href: str

    @property
    def can_be_given(self) -> bool:
        return self.kind in GIVEN_HERE


def belongings_of(person: Person, standing: Standing) -> list[Belonging]:
    """Everything of theirs that the reader may see, most pressing kinds first. Seven queries, however much."""
    return [*_plan(person, standing), *_clocks(person, standing), *_meetings(person, standing)]


def _plan(person: Person, standing: Standing) -> Iterator[Belonging]:
    slug = standing.partnership.slug
    for action in owned_by(person, standing).order_by("due_on", "pk"):
        detail = f"{action.agency}, due on {day_words(action.due_on)}, {action.get_state_display().lower()}"
        yield Belonging(action.reference, ACTION, action.title, detail, page_of(action.reference, slug))
    for risk in risks_visible_to(standing).filter(person=person, closed_at__isnull=True).order_by("review_on", "pk"):
        detail = f"To be looked at again on {day_words(risk.review_on)}"
        yield Belonging(risk.reference, RISK, risk.title, detail, page_of(risk.reference, slug))
    for priority in priorities_visible_to(standing).filter(lead=person, withdrawn_at__isnull=True):
        yield Belonging(
            priority.reference, PRIORITY, priority.title, str(priority.year), page_of(priority.reference, slug)
        )


def _clocks(person: Person, standing: Standing) -> Iterator[Belonging]:
    """Time limits that are not an action's or a risk's: those go with it."""
    own = clocks_visible_to(standing).filter(OPEN, person=person)
    own = own.exclude(subject__startswith="action:").exclude(subject__startswith="risk:")
    for clock in own.order_by("due_at", "pk"):
        detail = f"Due on {day_words(clock.due_day)}" if clock.due_day else "No date yet"
        href = page_href("clock_detail", standing.partnership.slug, clock.pk)
        yield Belonging(clock.reference, CLOCK, clock.label, detail, href)


def _meetings(person: Person, standing: Standing) -> Iterator[Belonging]:
    slug, today = standing.partnership.slug, timezone.localdate()
    to_come = Q(owner=person, removed_reason="", meeting__state__in=_OPEN_MEETINGS)
    for item in items_visible_to(standing).filter(to_come).order_by("meeting__starts_at", "position"):
        href = page_href("agenda_edit", slug, item.meeting_id)
        yield Belonging(f"item:{item.pk}", ITEM, item.title, str(item.meeting), href)
    for planned in programme_visible_to(standing).filter(owner=person):
        href = page_href("group_programme", slug, planned.group.slug)
        yield Belonging(f"forward:{planned.pk}", FORWARD, planned.title, planned.group.name, href)
    open_seats = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    for seat in seats_visible_to(standing).filter(open_seats, person=person):
        detail = f"{seat.get_role_display()}, since {day_words(seat.starts_on)}"
        href = page_href("seat_end", slug, seat.group.slug, seat.pk)
        yield Belonging(f"seat:{seat.pk}", SEAT, seat.group.name, detail, href)
