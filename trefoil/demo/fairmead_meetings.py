"""Fairmead's groups at work: a year of meetings behind them and one before them, as their chairs might run them."""

import io
import json
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import typst
from django.utils import timezone

from trefoil.design.charts.rendering import FONTS
from trefoil.documents.enums import Marking
from trefoil.documents.operations import attach
from trefoil.meetings.enums import (
    Authority,
    BoardKind,
    CycleUnit,
    DecisionState,
    MinutesState,
    Nth,
    Presence,
    Purpose,
    Recurrence,
    Stance,
    Weekday,
)
from trefoil.meetings.members import members_of
from trefoil.meetings.models import Meeting, Minutes
from trefoil.meetings.operations.agenda import add_item, fill_agenda
from trefoil.meetings.operations.attendance import Note, add_guest, declare_interest, note_attendance
from trefoil.meetings.operations.calling import cancel_meeting, hold_meeting, plan_dates, send_agenda
from trefoil.meetings.operations.decisions import put_decision, take_position
from trefoil.meetings.operations.groups import agree_terms, plan_chairs, set_cycle, write_terms
from trefoil.meetings.operations.minutes import approve_minutes, circulate_minutes, draft_minutes, write_minutes
from trefoil.meetings.operations.papers import add_plan_paper
from trefoil.meetings.operations.programme import add_forward_item, write_board
from trefoil.meetings.papers import reference_of
from trefoil.notifications.operations import mark_read
from trefoil.people.models import Group
from trefoil.plan.models import Priority

from .borough import Borough, read_toml

DAYS_BEHIND, DAYS_AHEAD = 385, 330
PARTNERS = ("council", "icb", "police")
SPEAKERS = {"council": "council_partner", "icb": "health_partner", "police": "police_partner"}
SAID = "The group asked what has changed for children since it last heard of this, and agreed to come back to it."


def hold_meetings(borough: Borough, *, now: datetime) -> None:
    """Terms, cycles, meetings, decisions and minutes, each dated as if it had been written then."""
    plan = read_toml("fairmead_meetings.toml")
    for key, facts in plan["groups"].items():
        began = now - timedelta(days=DAYS_BEHIND)
        group = borough.groups[key]
        _bind(borough, group, facts, began)
        meetings = plan_dates(
            group=group,
            start=began.date(),
            end=(now + timedelta(days=DAYS_AHEAD)).date(),
            by=borough.people["manager"],
            now=began,
        )
        past = [meeting for meeting in meetings if meeting.ends_at < now]
        for number, meeting in enumerate(past):
            _meet(borough, meeting, number, facts, is_last=number == len(past) - 1, today=now)
    # What was sent round in the year has been read. What comes now has not.
    for person in borough.people.values():
        mark_read(partnership=borough.partnership, by=person, now=now - timedelta(days=3))
    _look_ahead(borough, plan, now)
    _prepare_next(borough, plan, now)
    _send_one(borough, now)


def _bind(borough: Borough, group: Group, facts: dict[str, Any], began: datetime) -> None:
    cycle, quorum, manager = facts["cycle"], facts["quorum"], borough.people["manager"]
    write_terms(
        group=group,
        purpose=facts["purpose"],
        functions="\n".join(facts["functions"]),
        membership=facts["membership"],
        quorum_number=quorum["number"],
        quorum_agencies=[borough.agencies[key] for key in quorum["agencies"]],
        review_on=(began + timedelta(days=730)).date(),
        by=manager,
        now=began,
    )
    set_cycle(
        group=group,
        every=cycle["every"],
        unit=CycleUnit(cycle["unit"]),
        nth=Nth(cycle["nth"]),
        weekday=Weekday(cycle["weekday"]),
        starts_on=began.date(),
        begins=time.fromisoformat(cycle["begins"]),
        minutes_long=cycle["minutes_long"],
        place=cycle["place"],
        by=manager,
        now=began,
    )


def _meet(
    borough: Borough, meeting: Meeting, number: int, facts: dict[str, Any], *, is_last: bool, today: datetime
) -> None:
    """One meeting from its agenda to its minutes; the last one's minutes still wait for the next meeting."""
    manager, at = borough.people["manager"], meeting.starts_at
    if reason := facts["cancelled"].get(str(number)):
        cancel_meeting(meeting=meeting, reason=reason, by=manager, now=at - timedelta(days=6))
        return
    fill_agenda(meeting=meeting, by=manager, now=at - timedelta(days=14))
    for item in facts["items"]:
        add_item(
            meeting=meeting,
            title=item["title"],
            purpose=Purpose(item["purpose"]),
            owner=borough.people[item["owner"]],
            minutes_long=item["minutes"],
            by=manager,
            now=at - timedelta(days=13),
        )
    # One agenda in four goes out late.
    send_agenda(meeting=meeting, by=manager, now=at - timedelta(days=3 if number % 4 == 1 else 9))
    _attend(borough, meeting, number, facts)
    _decide(borough, meeting, number, facts)
    hold_meeting(meeting=meeting, by=manager, now=meeting.ends_at)
    _minute(borough, meeting, is_last=is_last, today=today)
    for terms in meeting.group.terms.filter(agreed_on__isnull=True):
        if meeting.quorate:
            agree_terms(terms=terms, meeting=meeting, by=manager, now=meeting.ends_at)


def _attend(borough: Borough, meeting: Meeting, number: int, facts: dict[str, Any]) -> None:
    missed = {borough.people[one["person"]].pk: one for one in facts["missed"] if one["meeting"] == number}
    notes = []
    for member in members_of(meeting.group, timezone.localdate(meeting.starts_at)):
        one = missed.get(member.person.pk, {"how": "present"})
        notes.append(Note(member.person.pk, Presence(one["how"]), one.get("name", "")))
    named: dict[str, Any] = {"meeting": meeting, "by": borough.people["manager"], "now": meeting.starts_at}
    note_attendance(notes=notes, **named)
    if number % 2:
        add_guest(name="A manager of the family hubs", agency=borough.agencies["early_help"], **named)
    for one in facts["interests"]:
        if one["meeting"] == number:
            declare_interest(
                person=borough.people[one["person"]], words=one["words"], withdrew=one["withdrew"], **named
            )


def _decide(borough: Borough, meeting: Meeting, number: int, facts: dict[str, Any]) -> None:
    item = meeting.items.filter(purpose=Purpose.DECIDE).first() or meeting.items.last()
    for one in facts["decisions"]:
        if one["meeting"] != number:
            continue
        decision = put_decision(
            meeting=meeting,
            item=item,
            headline=one["headline"],
            words=one["words"],
            reasons=one["reasons"],
            is_joint=one["joint"],
            by=borough.people["manager"],
            now=meeting.starts_at + timedelta(minutes=40),
        )
        speaking = [key for key in PARTNERS if key != one.get("waits")] if decision.state == DecisionState.OPEN else []
        for key in speaking:
            refuses = key == one.get("refuses")
            take_position(
                decision=decision,
                agency=borough.agencies[key],
                stance=Stance.DISAGREE if refuses else Stance.AGREE,
                reason=one["why"] if refuses else "",
                authority=Authority.LEAD if key == "council" else Authority.DELEGATED,
                authority_words="" if key == "council" else "the scheme of delegation of last April",
                by=borough.people[SPEAKERS[key]],
                now=meeting.starts_at + timedelta(minutes=45),
            )


def _minute(borough: Borough, meeting: Meeting, *, is_last: bool, today: datetime) -> None:
    manager, after = borough.people["manager"], meeting.ends_at
    minutes = draft_minutes(meeting=meeting, by=manager, now=min(after + timedelta(days=2), today))
    words = {
        entry.pk: entry.words.replace("[What was said.]", SAID if "brought this item" in entry.words else "Noted.")
        for entry in minutes.entries.all()
    }
    write_minutes(minutes=minutes, words=words, seen_version=1, by=manager, now=min(after + timedelta(days=5), today))
    if not is_last or after + timedelta(days=9) < today:
        circulate_minutes(minutes=minutes, by=manager, now=min(after + timedelta(days=9), today))
    earlier = Minutes.objects.filter(meeting__group=meeting.group, state=MinutesState.CIRCULATED).exclude(pk=minutes.pk)
    if is_last and meeting.group.slug == "quality":
        return  # nobody has asked this meeting to approve the minutes of the one before
    for before in earlier:
        corrections = "In the second item, “four weeks” is to read “six weeks”." if before.pk % 3 == 0 else ""
        approve_minutes(minutes=before, approved_in=meeting, corrections=corrections, by=manager, now=after)


def _look_ahead(borough: Borough, plan: dict[str, Any], now: datetime) -> None:
    manager, executive = borough.people["manager"], borough.groups["executive"]
    for one in plan["forward"]:
        group = borough.groups[one["group"]]
        coming = list(group.meetings.filter(starts_at__gt=now))
        add_forward_item(
            group=group,
            title=one["title"],
            purpose=Purpose(one.get("purpose", "discuss")),
            recurrence=Recurrence(one["recurrence"]),
            month=one.get("month"),
            meeting=coming[one["next"]] if "next" in one else None,
            owner=borough.people.get(one.get("owner", "")),
            minutes_long=one["minutes"],
            why=one.get("why", ""),
            by=manager,
            now=now - timedelta(days=20),
        )
    for one in plan["boards"]:
        write_board(
            partnership=borough.partnership,
            kind=BoardKind(one["kind"]),
            name=one["name"],
            we_report=one["we_report"],
            they_report=one["they_report"],
            how_often=one["how_often"],
            next_report_on=(now + timedelta(days=one["next_in_days"])).date(),
            people=[(borough.people[key], "member") for key in one["people"]],
            by=manager,
            now=now - timedelta(days=90),
        )
    april = now.date().replace(year=now.year if now.month >= 4 else now.year - 1, month=4, day=1)
    order = [borough.agencies[key] for key in PARTNERS]
    plan_chairs(group=executive, agencies=order, starts_on=april, by=manager, now=now - timedelta(days=200))


def _prepare_next(borough: Borough, plan: dict[str, Any], now: datetime) -> None:
    """The executive's next meeting has its agenda, its papers and a member's apologies."""
    meeting: Meeting = borough.groups["executive"].meetings.filter(starts_at__gt=now).earliest("starts_at")
    named: dict[str, Any] = {"by": borough.people["manager"], "now": now - timedelta(days=2)}
    fill_agenda(meeting=meeting, **named)
    for paper in plan["papers"]:
        item = add_item(meeting=meeting, title=paper["item"], owner=borough.people["council_partner"], **named)
        attach(
            partnership=borough.partnership,
            subject=reference_of(item),
            title=paper["title"],
            marking=Marking.GROUP_ONLY,
            group=meeting.group,
            file=io.BytesIO(_paper(paper["title"], paper["lines"])),
            name="paper.pdf",
            **named,
        )
    attach(
        partnership=borough.partnership,
        subject=f"meeting:{meeting.pk}",
        title="Contacts by month",
        marking=Marking.GROUP_ONLY,
        group=meeting.group,
        file=io.BytesIO(b"month,contacts\n1,905\n2,870\n3,931\n"),
        name="contacts.csv",
        **named,
    )

    priority = Priority.objects.filter(partnership=borough.partnership, withdrawn_at=None).earliest("pk")
    about = meeting.items.get(title=plan["papers"][0]["item"])
    add_plan_paper(item=about, priority=priority, **named)


def _send_one(borough: Borough, now: datetime) -> None:
    """The agenda of the next quality group is out since yesterday: its members have a message."""
    meeting: Meeting = borough.groups["quality"].meetings.filter(starts_at__gt=now).earliest("starts_at")
    named: dict[str, Any] = {"meeting": meeting, "by": borough.people["manager"], "now": now - timedelta(days=1)}
    fill_agenda(**named)
    send_agenda(**named)


def _paper(title: str, lines: list[str]) -> bytes:
    """A short paper as PDF. `lines` are headings and words in turn."""
    parts = list(zip(lines[::2], lines[1::2], strict=True))
    made = typst.compile(
        Path(__file__).parent / "paper.typ",
        font_paths=[FONTS],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"paper": json.dumps({"title": title, "parts": parts})},
    )
    if not isinstance(made, bytes):
        raise TypeError("the paper came in more than one piece")
    return made
