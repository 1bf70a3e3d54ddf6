"""What a committee is told of a meeting: the sections of the report, written from the record."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from ..attendance import attendance_words
from ..drafting import decision_words
from ..models import Meeting
from ..words import day_words
from .filling import Section


@dataclass(frozen=True)
class Asked:
    """What whoever writes the report adds to the record."""

    committee: str
    committee_day: str
    title: str
    author: str
    purpose: str
    background: str
    recommendations: str


def short_words(meeting: Meeting, asked: Asked) -> list[tuple[str, str, str]]:
    """(name in braces, label, words) of what stands on one line."""
    day = day_words(timezone.localdate(meeting.starts_at))
    return [
        ("committee", "Committee", asked.committee),
        ("date", "Date", asked.committee_day),
        ("title", "Title", asked.title),
        ("author", "Report of", asked.author),
        ("group", "Group", meeting.group.name),
        ("meeting_date", "Meeting", day),
        ("partnership", "Partnership", meeting.partnership.name),
    ]


def sections_of(meeting: Meeting, asked: Asked, raised: Sequence[str]) -> list[Section]:
    """The parts of the report. `raised` are the recommendations that the meeting made to the plan, in words."""
    decisions = meeting.decisions.order_by("number").prefetch_related("positions__agency", "positions__person")
    rows = list(meeting.attendance.select_related("person", "agency"))
    there = [f"{label}: {names}." for label, names in attendance_words(rows, ()) if label != "Expected"]
    return [
        Section(
            "purpose",
            "Purpose of the report",
            ("purpose", "purpose of the report", "purpose of report", "summary", "executive summary"),
            _lines(asked.purpose),
        ),
        Section(
            "recommendations",
            "Recommendations",
            ("recommendations", "recommendation", "recommendations to the committee", "officers recommendations"),
            _lines(asked.recommendations) or ["That the committee notes this report."],
        ),
        Section(
            "background",
            "Background",
            ("background", "why this report is needed", "introduction", "context", "introduction and background"),
            _lines(asked.background),
        ),
        Section(
            "decisions",
            "What was decided",
            ("decisions", "what was decided", "reasons for recommendations", "decisions taken"),
            [decision_words(one) for one in decisions] or ["No decision was put to this meeting."],
        ),
        Section(
            "actions",
            "What goes into the plan",
            ("actions", "next steps", "post decision implementation", "what goes into the plan"),
            list(raised) or ["Nothing was put into the plan from this meeting."],
        ),
        Section(
            "attendance",
            "Who was there",
            ("attendance", "consultation", "consultation and engagement", "who was there"),
            [*there, *([meeting.quorum_words] if meeting.quorum_words else [])] or ["Attendance was not noted."],
        ),
    ]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
