"""The tables of the people pages: a heading for each column, and rows of words and links."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.html import format_html

from trefoil.access.enums import WORDS, Permission
from trefoil.access.models import BrokenGlass
from trefoil.access.rules import DUTY_GIVES, Standing
from trefoil.audit.models import AuditEvent
from trefoil.people.enums import DutyKind
from trefoil.people.models import Duty, Group, GroupMember, Membership, Person

from .addresses import return_href
from .queries import HandIn
from .subjects import Subject
from .trail_filter import detail_words, who
from .words import day_words, link, listed, moment_words


@dataclass(frozen=True)
class Table:
    """What `data_table` needs. An empty one is false, so that a page can say what would stand here."""

    headings: tuple[str, ...]
    rows: list[tuple[Any, ...]]

    def __bool__(self) -> bool:
        return bool(self.rows)


def agency_table(memberships: Iterable[Membership], slug: str) -> Table:
    """Organisation, sector, why chosen, since when, and the source where the facts were published."""
    return Table(
        ("Organisation", "Sector", "Why chosen", "Since", "Source"),
        [
            (
                link(one.agency.name, reverse("agency_detail", args=[slug, one.agency_id])),
                one.agency.get_sector_display(),
                one.why_chosen or "Not entered",
                day_words(one.starts_on),
                one.source or "The partnership’s own record",
            )
            for one in memberships
        ],
    )


def group_table(groups: Iterable[Group], chairs: Mapping[int, Person] | None, slug: str) -> Table:
    """Group, kind, whom it reports to, and its chair; `chairs` None leaves that column out."""
    rows: list[tuple[Any, ...]] = []
    for group in groups:
        upper = group.reports_to
        row: list[Any] = [
            _group_link(group, slug),
            group.get_kind_display(),
            _group_link(upper, slug) if upper else "Nobody above it here",
        ]
        if chairs is not None:
            chair = chairs.get(group.pk)
            row.append(person_link(chair, slug) if chair else "No chair")
        rows.append(tuple(row))
    headings = ("Group", "Kind", "Reports to", "Chair")
    return Table(headings if chairs is not None else headings[:3], rows)


def _group_link(group: Group, slug: str) -> str:
    return link(group.name, reverse("group_detail", args=[slug, group.slug]))


def person_link(person: Person, slug: str) -> str:
    """A person's name, leading to their page."""
    return link(person.name, reverse("person_detail", args=[slug, person.pk]))


def duty_table(duties: Iterable[Duty], slug: str) -> Table:
    """Who holds which duty for which agency, from when until when."""
    return Table(
        ("Person", "Duty", "Agency", "From", "Until"),
        [
            (person_link(duty.person, slug), str(duty), _agency_of(duty), day_words(duty.starts_on), _last_day(duty))
            for duty in duties
        ],
    )


def agency_duty_table(duties: Iterable[Duty], slug: str) -> Table:
    """Who holds which duty for one agency, from when until when."""
    return Table(
        ("Person", "Duty", "From", "Until"),
        [(person_link(duty.person, slug), str(duty), day_words(duty.starts_on), _last_day(duty)) for duty in duties],
    )


def own_duty_table(duties: Iterable[Duty], slug: str, *, may_end: bool) -> Table:
    """One person's duties, who gave each, and a way to end it for those who may."""
    rows: list[tuple[Any, ...]] = []
    for duty in duties:
        row: list[Any] = [str(duty), _agency_of(duty), day_words(duty.starts_on), _last_day(duty), _giver(duty)]
        if may_end:
            row.append(_end_link(duty, slug))
        rows.append(tuple(row))
    headings = ("Duty", "Agency", "From", "Until", "Given by", "Change")
    return Table(headings if may_end else headings[:-1], rows)


def _end_link(duty: Duty, slug: str) -> str:
    address = reverse("duty_end", args=[slug, duty.pk])
    words = '<a class="govuk-link" href="{}">End<span class="govuk-visually-hidden"> the duty {}</span></a>'
    return format_html(words, address, duty)


def _agency_of(duty: Duty | GroupMember) -> str:
    return duty.agency.name if duty.agency else "None"


def _last_day(held: Duty | GroupMember) -> str:
    if isinstance(held, Duty) and held.is_withdrawn:
        return "Withdrawn"
    return day_words(held.ends_on, "No end set")


def _giver(duty: Duty) -> str:
    return duty.given_by.name if duty.given_by else "Whoever set up this installation"


def seat_table(seats: Iterable[GroupMember], slug: str) -> Table:
    """The groups that one person sits or sat in."""
    return Table(
        ("Group", "Role", "For", "From", "Until"),
        [
            (
                _group_link(seat.group, slug),
                seat.get_role_display(),
                _agency_of(seat),
                day_words(seat.starts_on),
                _last_day(seat),
            )
            for seat in seats
        ],
    )


def return_table(hand_ins: Iterable[HandIn]) -> Table:
    """An agency's returns, when each was due, and whether it came in time."""
    return Table(
        ("Return", "Due", "Status", "In time"),
        [
            (
                link(one.agency_return, return_href(one.agency_return)),
                day_words(one.agency_return.due_on),
                one.agency_return.get_state_display(),
                one.words,
            )
            for one in hand_ins
        ],
    )


def opening_table(openings: Iterable[BrokenGlass]) -> Table:
    """Emergency access that has ended: whose, what for, and how it ended."""
    return Table(
        ("Person", "Could", "Reason", "Opened", "Ended"),
        [
            (opening.person.name, opening.words, opening.reason, moment_words(opening.opened_at), _ended(opening))
            for opening in openings
        ],
    )


def _ended(opening: BrokenGlass) -> str:
    if opening.closed_at and opening.closed_by:
        return f"{moment_words(opening.closed_at)}, by {opening.closed_by}"
    return f"{moment_words(opening.ends_at)}, by itself"


def trail_table(
    events: Iterable[AuditEvent], subjects: Mapping[str, Subject], standing: Standing, *, of_record: bool
) -> Table:
    """When, who, what, about what, with which details. `of_record` leaves out what all rows are about."""
    rows: list[tuple[Any, ...]] = []
    for event in events:
        row: list[Any] = [moment_words(event.at), who(event), event.words]
        if not of_record:
            row.append(_about(subjects[event.subject], standing))
        rows.append((*row, _details(event, subjects)))
    headings = ("When", "Who", "What", "Details") if of_record else ("When", "Who", "What", "About", "Details")
    return Table(headings, rows)


def _about(subject: Subject, standing: Standing) -> str:
    """What an event was about; those who may read the trail can go on to who read that."""
    if not subject.reference:
        return "Nothing in particular"
    if not standing.may(Permission.READ_TRAIL):
        return subject.words
    return link(subject.words, reverse("trail_of_record", args=[standing.partnership.slug, subject.reference]))


def _details(event: AuditEvent, subjects: Mapping[str, Subject]) -> str:
    named = {
        key: subjects[f"{key}:{value}"].words if f"{key}:{value}" in subjects else value
        for key, value in event.detail.items()
    }
    said = [detail_words(named), f"reason: {event.reason}" if event.reason else ""]
    return "; ".join(words for words in said if words) or "None"


def references_of(events: Iterable[AuditEvent]) -> list[str]:
    """What the events are about, and the people and agencies that their details name by key."""
    found = []
    for event in events:
        found.append(event.subject)
        found += [f"{key}:{event.detail[key]}" for key in ("person", "agency") if event.detail.get(key)]
    return found


def duties_give() -> list[tuple[str, str]]:
    """Each duty with what it gives, for a summary list."""
    return [(str(kind.label), listed(given_by(kind)).capitalize()) for kind in DutyKind]


def given_by(kind: DutyKind) -> list[str]:
    """What a duty lets its holder do, said about them."""
    return [WORDS[item].replace("your ", "their ") for item in Permission if item in DUTY_GIVES[kind]]


def has_ended(held: Duty, today: date) -> bool:
    """Whether the last day has passed, or the duty was withdrawn before it was held for a day."""
    return held.is_withdrawn or (held.ends_on is not None and held.ends_on < today)
