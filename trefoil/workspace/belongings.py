"""What somebody has in hand in a partnership: for the list of what is handed over when they leave."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from trefoil.access.queries import duties_visible_to, memberships_visible_to, seats_visible_to
from trefoil.access.rules import Standing
from trefoil.clocks.models.clocks import OPEN
from trefoil.clocks.rules import clocks_visible_to
from trefoil.meetings.enums import MeetingState
from trefoil.meetings.rules import boards_visible_to, items_visible_to, programme_visible_to
from trefoil.people.enums import DutyKind
from trefoil.people.models import Agency, Person, in_force
from trefoil.plan.rules import owned_by, priorities_visible_to, workstreams_visible_to
from trefoil.plan.rules_register import controls_visible_to, risks_visible_to
from trefoil.publishing.rules import cares_visible_to

from .addresses import page_href
from .subjects import page_of
from .words import day_words

ACTION, RISK, CLOCK, ITEM = "Action", "Risk", "Time limit", "Agenda item"
PRIORITY, WORKSTREAM, CONTROL = "Priority they lead", "Workstream they lead", "Control of a risk"
FORWARD, SEAT, BOARD = "Forward work programme", "Seat in a group", "Seat on another board"
POLICY = "Policy they look after"
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
    """Everything of theirs that the reader may see, most pressing kinds first. Eleven queries, however much."""
    owed = list(_owed(person, standing))
    gone_with = [one.reference for one in owed]
    return [
        *owed,
        *_clocks(person, standing, gone_with),
        *_led(person, standing),
        *_meetings(person, standing),
        *_seats(person, standing),
        *_policies(person, standing),
    ]


def agencies_without_another_lead(person: Person, standing: Standing, *, today: date) -> list[Agency]:
    """The agencies for which this person leads or led, and nobody else does today: who else answers for them?"""
    members = memberships_visible_to(standing).filter(in_force(today)).values("agency")
    leads = duties_visible_to(standing).filter(kind=DutyKind.AGENCY_LEAD, agency__in=members)
    others = leads.filter(in_force(today), person__is_active=True).exclude(person=person).values("agency")
    left = leads.filter(person=person, is_withdrawn=False).exclude(agency__in=others).order_by("agency__name")
    return list({duty.agency_id: duty.agency for duty in left if duty.agency}.values())


def _owed(person: Person, standing: Standing) -> Iterator[Belonging]:
    slug = standing.partnership.slug
    for action in owned_by(person, standing).order_by("due_on", "pk"):
        detail = f"{action.agency}, due on {day_words(action.due_on)}, {action.get_state_display().lower()}"
        yield Belonging(action.reference, ACTION, action.title, detail, page_of(action.reference, slug))
    for risk in risks_visible_to(standing).filter(person=person, closed_at__isnull=True).order_by("review_on", "pk"):
        detail = f"To be looked at again on {day_words(risk.review_on)}"
        yield Belonging(risk.reference, RISK, risk.title, detail, page_of(risk.reference, slug))


def _led(person: Person, standing: Standing) -> Iterator[Belonging]:
    """What they lead in years of the plan that have not ended, and the controls that they see to."""
    slug, running = standing.partnership.slug, timezone.localdate()
    for priority in priorities_visible_to(standing).filter(
        lead=person, withdrawn_at__isnull=True, year__ends_on__gte=running
    ):
        href = page_href("priority_change", slug, priority.pk)
        yield Belonging(priority.reference, PRIORITY, priority.title, str(priority.year), href)
    streams = workstreams_visible_to(standing).filter(lead=person, withdrawn_at__isnull=True)
    for stream in streams.filter(priority__withdrawn_at__isnull=True, priority__year__ends_on__gte=running):
        href = page_href("workstream_change", slug, stream.pk)
        yield Belonging(f"workstream:{stream.pk}", WORKSTREAM, stream.title, stream.priority.title, href)
    for control in controls_visible_to(standing).filter(
        person=person, withdrawn_at__isnull=True, risk__closed_at__isnull=True
    ):
        href = page_href("control_change", slug, control.pk)
        yield Belonging(f"control:{control.pk}", CONTROL, control.words, f"{control.risk.name}: {control.risk}", href)


def _clocks(person: Person, standing: Standing, gone_with: list[str]) -> Iterator[Belonging]:
    """Their time limits, but those of the records in `gone_with`, which go with them."""
    own = clocks_visible_to(standing).filter(OPEN, person=person).exclude(subject__in=gone_with)
    for clock in own.order_by("due_at", "pk"):
        detail = f"Due on {day_words(clock.due_day)}" if clock.due_day else "No date yet"
        href = page_href("clock_detail", standing.partnership.slug, clock.pk)
        yield Belonging(clock.reference, CLOCK, clock.label, detail, href)


def _meetings(person: Person, standing: Standing) -> Iterator[Belonging]:
    slug = standing.partnership.slug
    to_come = Q(owner=person, removed_reason="", meeting__state__in=_OPEN_MEETINGS)
    for item in items_visible_to(standing).filter(to_come).order_by("meeting__starts_at", "position"):
        href = page_href("agenda_edit", slug, item.meeting_id)
        yield Belonging(f"item:{item.pk}", ITEM, item.title, str(item.meeting), href)
    for planned in programme_visible_to(standing).filter(owner=person):
        href = page_href("group_programme", slug, planned.group.slug)
        yield Belonging(f"forward:{planned.pk}", FORWARD, planned.title, planned.group.name, href)


def _seats(person: Person, standing: Standing) -> Iterator[Belonging]:
    slug, today = standing.partnership.slug, timezone.localdate()
    open_seats = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    for seat in seats_visible_to(standing).filter(open_seats, person=person):
        detail = f"{seat.get_role_display()}, since {day_words(seat.starts_on)}"
        href = page_href("seat_end", slug, seat.group.slug, seat.pk)
        yield Belonging(f"seat:{seat.pk}", SEAT, seat.group.name, detail, href)
    for board in boards_visible_to(standing).filter(seats__person=person).order_by("name"):
        href = page_href("board_change", slug, board.pk)
        yield Belonging(f"board:{board.pk}", BOARD, board.name, "One of the links to other boards", href)


def _policies(person: Person, standing: Standing) -> Iterator[Belonging]:
    slug = standing.partnership.slug
    for care in cares_visible_to(standing).filter(owner=person).order_by("review_on", "pk"):
        detail = f"To be looked at again by {day_words(care.review_on)}"
        href = page_href("publishing_care", slug, care.document_id)
        yield Belonging(f"policy:{care.pk}", POLICY, care.document.title, detail, href)
