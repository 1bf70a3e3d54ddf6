"""A value for every part of every URL of meetings. Whoever asks sits in the chair of the group that the page is about.

`asking` is `tests.repository.url_samples.Asking`: the world, the moment, and who is going to ask.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from tests.meetings.meetings_made import cycle_for
from tests.world import BEGINNING
from trefoil.access.structure_operations import give_duty_seat
from trefoil.meetings.enums import Presence, Purpose, Stance
from trefoil.meetings.models import Meeting
from trefoil.meetings.operations.agenda import add_item
from trefoil.meetings.operations.attendance import Note, add_guest, declare_interest, note_attendance
from trefoil.meetings.operations.calling import call_meeting, hold_meeting
from trefoil.meetings.operations.decisions import put_decision, take_position
from trefoil.meetings.operations.groups import agree_terms, write_terms
from trefoil.meetings.operations.minutes import circulate_minutes, draft_minutes
from trefoil.meetings.operations.programme import add_forward_item, write_board
from trefoil.people.enums import DutyKind, GroupKind, GroupRole
from trefoil.people.models import Group
from trefoil.people.operations import create_group, give_seat

Sample = Callable[[Any], Any]


def chaired(asking: Any) -> Group:
    """A group that the asking person chairs, where their duty lets them see meetings at all."""
    slug = f"chaired-{asking.person.pk}"
    known = Group.objects.filter(partnership=asking.world.fairmead, slug=slug).first()
    if known is not None:
        return known
    group = create_group(
        partnership=asking.world.fairmead,
        slug=slug,
        name=f"Group {asking.person.pk}",
        kind=GroupKind.SUBGROUP,
        by=None,
        now=asking.now,
    )
    give_seat(
        group=group,
        person=asking.person,
        role=GroupRole.CHAIR,
        agency=asking.person.agency,
        starts_on=BEGINNING,
        by=None,
        now=asking.now,
    )
    cycle_for(group, asking.world.manager, asking.now)
    return group


def coming(asking: Any) -> Meeting:
    """One of that group to come, today, with an agenda, a guest, an interest and a decision that waits."""
    group, manager, now = chaired(asking), asking.world.manager, timezone.now()
    known = group.meetings.filter(place="To come").first()
    if known is not None:
        return known
    begins = now + timedelta(hours=1)
    named: dict[str, Any] = {"by": manager, "now": now}
    meeting = call_meeting(group=group, starts_at=begins, minutes_long=60, place="To come", **named)
    item = add_item(meeting=meeting, title="A worker", summary="A paper.", purpose=Purpose.DECIDE, **named)
    add_item(meeting=meeting, title="Risks", minutes_long=70, **named)
    add_guest(meeting=meeting, name="A guest", **named)
    declare_interest(meeting=meeting, person=asking.person, item=item, words="A friend runs it.", **named)
    put_decision(meeting=meeting, item=item, headline="Fund a worker", words="For a year.", **named)
    return meeting


def held(asking: Any, *, days: int = 7, place: str = "Held") -> Meeting:
    """One of that group that was held, with its minutes in draft."""
    group, manager = chaired(asking), asking.world.manager
    known = group.meetings.filter(place=place).first()
    if known is not None:
        return known
    then = timezone.now() - timedelta(days=days)
    named: dict[str, Any] = {"by": manager, "now": then}
    meeting = call_meeting(group=group, starts_at=then, minutes_long=60, place=place, **named)
    add_item(meeting=meeting, title="The plan", **named)
    note_attendance(meeting=meeting, notes=[Note(asking.person.pk, Presence.PRESENT)], **named)
    hold_meeting(meeting=meeting, **named)
    draft_minutes(meeting=meeting, **named)
    return meeting


def circulated(asking: Any) -> Meeting:
    """An earlier one, whose minutes wait for approval."""
    meeting = held(asking, days=60, place="Circulated")
    if meeting.minutes.state == "draft":
        circulate_minutes(minutes=meeting.minutes, by=asking.world.manager, now=timezone.now())
    held(asking)
    return meeting


def _decision(asking: Any) -> int:
    return coming(asking).decisions.earliest("pk").pk


def _position(asking: Any) -> int:
    """A decision on which nobody but who may speak can be asked: it is 200 for the chair, who notes for others."""
    decision = coming(asking).decisions.earliest("pk")
    speaker = asking.world.bob
    if not decision.positions.exists() and decision.state == "open":
        take_position(
            decision=decision,
            agency=asking.world.social_care,
            person=speaker,
            stance=Stance.AGREE,
            authority="lead",
            by=asking.world.manager,
            now=timezone.now(),
        )
    return decision.pk


def _item(asking: Any) -> int:
    return coming(asking).items.earliest("pk").pk


def _forward(asking: Any) -> int:
    group = chaired(asking)
    known = group.forward_items.first()
    named = {"by": asking.world.manager, "now": timezone.now()}
    return (known or add_forward_item(group=group, title="Later", **named)).pk


def _duty_seat(asking: Any) -> int:
    group = chaired(asking)
    known = group.duty_seats.first()
    named: dict[str, Any] = {"by": asking.world.manager, "now": timezone.now()}
    made = known or give_duty_seat(
        group=group, duty=DutyKind.ANALYST, role=GroupRole.ADVISER, starts_on=date(2026, 4, 1), **named
    )
    return made.pk


def _board(asking: Any) -> int:
    known = asking.world.fairmead.board_links.first()
    return (
        known
        or write_board(
            partnership=asking.world.fairmead,
            kind="adults",
            name="Adults Board",
            people=[(asking.world.bob, "member")],
            by=asking.world.manager,
            now=timezone.now(),
        )
    ).pk


def _group(asking: Any) -> str:
    return chaired(asking).slug


def _group_with_terms(asking: Any) -> str:
    """A group with agreed terms and a draft of the next."""
    group, named = chaired(asking), {"by": asking.world.manager, "now": timezone.now()}
    if not group.terms.exists():
        terms = write_terms(group=group, purpose="Lead.", functions="One.\nTwo.", quorum_number=1, **named)
        agree_terms(terms=terms, meeting=held(asking), **named)
        write_terms(group=group, purpose="Lead well.", quorum_number=1, seen_version=terms.version, **named)
    return group.slug


def _group_with_programme(asking: Any) -> str:
    coming(asking)
    _forward(asking)
    return _group(asking)


def _group_with_attendance(asking: Any) -> str:
    held(asking)
    return _group(asking)


_TO_COME = [
    *("meeting_detail", "meeting_calendar", "meeting_move", "meeting_cancel", "meeting_hold"),
    *("agenda_edit", "agenda_fill", "agenda_send", "item_change", "item_move", "item_remove"),
    *("meeting_run", "meeting_word", "guest_new", "interest_new", "decision_new"),
    *("meeting_pack", "meeting_plan_paper", "meeting_recommend"),
]
_HELD = ["minutes_detail", "minutes_draft", "minutes_edit", "minutes_circulate", "meeting_report"]
_ITEM = ["item_change", "item_move", "item_remove"]
_GROUP = [
    *("meeting_new", "meeting_dates", "group_cycle", "group_chairs"),
    *("duty_seat_new", "duty_seat_end", "forward_new"),
]

MEETING_SAMPLES: dict[tuple[str, str], Sample] = {
    **{(name, "pk"): lambda asking: coming(asking).pk for name in _TO_COME},
    **{(name, "pk"): lambda asking: held(asking).pk for name in _HELD},
    **{(name, "pk"): lambda asking: circulated(asking).pk for name in ("minutes_reopen", "minutes_approve")},
    **{(name, "item"): _item for name in _ITEM},
    **{(name, "group_slug"): _group for name in _GROUP},
    **{(name, "group_slug"): _group_with_terms for name in ("group_terms", "terms_write", "terms_agree")},
    **{
        (name, "group_slug"): _group_with_programme for name in ("group_programme", "forward_place", "forward_withdraw")
    },
    **{(name, "group_slug"): _group_with_attendance for name in ("group_attendance", "attendance_download")},
    **{(name, "pk"): _forward for name in ("forward_place", "forward_withdraw")},
    **{(name, "pk"): _board for name in ("board_change", "board_withdraw")},
    ("duty_seat_end", "pk"): _duty_seat,
    ("decision_detail", "pk"): _decision,
    ("decision_withdraw", "pk"): _decision,
    ("decision_position", "pk"): _position,
}
