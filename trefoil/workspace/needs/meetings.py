"""What of meetings needs the reader; which records those are, the room itself says (`meetings/needs.py`)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import CharField, F, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone

from trefoil.access.rules import Standing
from trefoil.meetings import needs as meetings

from ..addresses import page_href
from ..words import day_words
from .need import Need
from .rows import Column, Part, Row, part_rows

_OF_MEETING: dict[str, Column] = {"title": F("group__name"), "moment": F("starts_at")}
_OF_MINUTES: dict[str, Column] = {
    "title": F("meeting__group__name"),
    "words": Cast("meeting_id", CharField()),
    "moment": F("meeting__starts_at"),
}
_OF_DECISION: dict[str, Column] = {"title": F("headline"), "moment": F("put_at")}
_OF_TURN: dict[str, Column] = {
    "title": F("group__name"),
    "words": F("group__slug"),
    "agency": F("agency__name"),
    "day": F("starts_on"),
}
_OF_GROUP: dict[str, Column] = {"title": F("name"), "words": F("slug")}


@dataclass(frozen=True)
class _Asked:
    """One reason to act: who asks the room, how its rows are read, and in which words it stands on the page.

    `reason` has `{day}` for the row's day and `{agency}`. `page` takes the record's key, or `words` where `by_words`.
    """

    name: str
    heading: str
    rows: Callable[[Standing, datetime], QuerySet[Any, Any]]
    columns: dict[str, Column]
    order: str
    reason: str
    action: str
    page: str
    status: str
    tag: str
    all_page: str = "meeting_list"
    by_words: bool = False


_ASKED = (
    _Asked(
        "papers",
        "Papers to send",
        meetings.agendas_needing,
        _OF_MEETING,
        "starts_at",
        "It meets on {day}, and its agenda and papers have not gone out.",
        "Go to the meeting",
        "meeting_detail",
        "watch",
        "Papers",
    ),
    _Asked(
        "closing",
        "Meetings to close",
        meetings.closings_needing,
        _OF_MEETING,
        "starts_at",
        "It was to meet on {day}. Say who came and close it, or cancel it with the reason.",
        "Go to the meeting",
        "meeting_detail",
        "open",
        "To close",
    ),
    _Asked(
        "minutes",
        "Minutes to write",
        meetings.drafts_needing,
        _OF_MEETING,
        "starts_at",
        "It met on {day}. The minutes have not gone round.",
        "Go to the minutes",
        "minutes_detail",
        "open",
        "Minutes",
    ),
    _Asked(
        "approve",
        "Minutes to approve",
        meetings.approvals_needing,
        _OF_MINUTES,
        "meeting__starts_at",
        "The minutes of {day} have gone round, and the group has met since.",
        "Go to the minutes",
        "minutes_detail",
        "submitted",
        "To approve",
        by_words=True,
    ),
    _Asked(
        "word",
        "Meetings that wait for your word",
        meetings.words_needing,
        _OF_MEETING,
        "starts_at",
        "It meets on {day}. Say whether you come, or who comes for you.",
        "Say whether you come",
        "meeting_detail",
        "open",
        "Your word",
    ),
    _Asked(
        "turn",
        "Chairs to seat",
        meetings.turns_needing,
        _OF_TURN,
        "starts_on",
        "The chair passes to {agency} on {day}. Somebody there needs the seat.",
        "Go to the group",
        "group_detail",
        "open",
        "Chair",
        all_page="group_list",
        by_words=True,
    ),
    _Asked(
        "terms",
        "Terms of reference",
        meetings.terms_needing,
        _OF_GROUP,
        "name",
        "Its terms of reference are not agreed, or were to be looked at again by now.",
        "Go to the group",
        "group_detail",
        "open",
        "Terms",
        all_page="group_list",
        by_words=True,
    ),
    _Asked(
        "position",
        "Your position",
        meetings.positions_needing,
        _OF_DECISION,
        "put_at",
        "It was put to the partners on {day}. Yours has not said whether it agrees.",
        "Say your position",
        "decision_detail",
        "act",
        "Decision",
        all_page="decision_list",
    ),
)


def parts_of_meetings(standing: Standing, now: datetime) -> Iterator[Part]:
    """For whoever runs a group, sits in one, or speaks for a statutory partner."""
    for asked in _ASKED:
        every = page_href(asked.all_page, standing.partnership.slug)
        yield Part(
            asked.name,
            asked.heading,
            partial(_rows, asked, standing, now),
            _reader(asked, standing.partnership.slug),
            every,
        )


def _rows(asked: _Asked, standing: Standing, now: datetime) -> QuerySet[Any, Any]:
    return part_rows(asked.rows(standing, now), asked.order, **asked.columns)


def _reader(asked: _Asked, slug: str) -> Callable[[Row], Need]:
    """How a row of this part becomes a need."""

    def as_need(row: Row) -> Need:
        day = row.day or (timezone.localdate(row.moment) if row.moment else None)
        reason = asked.reason.format(day=day_words(day) if day else "", agency=row.agency)
        href = page_href(asked.page, slug, row.words if asked.by_words else row.key)
        return Need(row.title, reason, asked.action, href, asked.status, asked.tag, asked.heading)

    return as_need
