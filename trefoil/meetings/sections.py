"""What a group's page says of its work: terms, cycle, chair, meetings, decisions, attendance. Built by the room."""

from typing import Any

from django.utils import timezone

from trefoil.access.enums import Permission
from trefoil.access.queries import duty_seats_visible_to
from trefoil.access.rules import Standing
from trefoil.people.models import Group, in_force

from .attendance import year_by_agency
from .enums import MeetingState
from .models import Meeting
from .queries import attendance_at, cycle_of, terms_in_force, turns_of
from .rules import decisions_visible_to, may_run, meetings_visible_to, papers_visible_to, reads_papers
from .tables import decision_lines, meeting_line, turn_lines
from .words import cycle_words, day_words, year_of, year_span, year_words

MOST = 5


def sections_of(standing: Standing, group: Group) -> dict[str, Any]:
    """Context for `meetings/group_sections.html`; `work` is None for who may not read meetings."""
    if not standing.may(Permission.READ_MEETINGS):
        return {"work": None}
    now, slug = timezone.now(), standing.partnership.slug
    known = meetings_visible_to(standing).filter(group=group)
    coming = list(known.filter(starts_at__gte=now, state__in=[MeetingState.PLANNED, MeetingState.AGENDA_SENT])[:MOST])
    past = list(known.filter(starts_at__lt=now).order_by("-starts_at")[:MOST])
    opens = reads_papers(standing, group)
    own = {one.pk for one in [*coming, *past]} if opens else set()
    decisions = decisions_visible_to(standing).filter(meeting__group=group).order_by("-number")[:MOST]
    return {
        "work": {
            "facts": _facts(group),
            "turns": turn_lines(turns_of(group), timezone.localdate()),
            "coming": [meeting_line(one, own) for one in coming],
            "past": [meeting_line(one, own) for one in past],
            "decisions": decision_lines(decisions, slug),
            "attendance": _attendance(standing, group) if opens else None,
            "duty_seats": list(duty_seats_visible_to(standing).filter(in_force(timezone.localdate()), group=group)),
            "opens": opens,
            "runs": may_run(standing, group),
            "has_cycle": cycle_of(group) is not None,
        },
        "slug": slug,
    }


def _facts(group: Group) -> list[tuple[str, str]]:
    today = timezone.localdate()
    terms = terms_in_force(group, today)
    agreed = f"Version {terms.number}, agreed on {day_words(terms.agreed_on)}" if terms else "Not agreed yet"
    return [("Meets", cycle_words(cycle_of(group))), ("Terms of reference", agreed)]


def _attendance(standing: Standing, group: Group) -> dict[str, Any]:
    year = year_of(timezone.localdate())
    begin, end = year_span(year)
    held = papers_visible_to(standing).filter(group=group, state=MeetingState.HELD)
    meetings: list[Meeting] = list(held.filter(starts_at__gte=begin, starts_at__lt=end))
    lines = year_by_agency(meetings, attendance_at(meetings))
    return {"year": year_words(year), "held": len(meetings), "low": [line for line in lines if line.is_low]}
