"""Papers to send, minutes to write and to have approved, and decisions on which a partner has yet to speak."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import CharField, Exists, F, OuterRef, Q
from django.db.models.functions import Cast
from django.utils import timezone

from trefoil.access.enums import Permission
from trefoil.access.rules import Standing
from trefoil.meetings.enums import DecisionState, MeetingState, MinutesState
from trefoil.meetings.models import PartnerPosition
from trefoil.meetings.rules import decision_papers_visible_to, groups_run_by, meetings_visible_to, minutes_visible_to
from trefoil.people.enums import AgencyKind
from trefoil.people.models import Membership, in_force

from ..addresses import page_href
from ..words import day_words
from .need import Need
from .rows import Column, Part, Row, part_rows

PAPERS, MINUTES, APPROVAL, POSITION = "Papers to send", "Minutes to write", "Minutes to approve", "Your position"

# Papers go a week before; a meeting further off than this needs nobody yet.
SOON = timedelta(days=14)
# Minutes of a meeting longer ago than this are not waited for any more.
LONG_AGO = timedelta(days=180)


def parts_of_meetings(standing: Standing, now: datetime) -> Iterator[Part]:
    """For who runs a group's meetings; and decisions for the statutory partner that the reader speaks for."""
    slug, every = standing.partnership.slug, page_href("meeting_list", standing.partnership.slug)
    columns = {"title": F("group__name"), "moment": F("starts_at")}
    run = meetings_visible_to(standing).filter(group__in=groups_run_by(standing))

    def meeting_day(row: Row) -> str:
        return day_words(timezone.localdate(row.moment)) if row.moment else ""

    def papers(row: Row) -> Need:
        reason = f"It meets on {meeting_day(row)}, and its agenda and papers have not gone out."
        href = page_href("meeting_detail", slug, row.key)
        return Need(row.title, reason, "Go to the meeting", href, "watch", "Papers", PAPERS)

    def write(row: Row) -> Need:
        reason = f"It met on {meeting_day(row)}. The minutes have not gone round."
        href = page_href("minutes_detail", slug, row.key)
        return Need(row.title, reason, "Go to the minutes", href, "open", "Minutes", MINUTES)

    def approve(row: Row) -> Need:
        reason = f"The minutes of {meeting_day(row)} have gone round. The next meeting approves them."
        href = page_href("minutes_detail", slug, row.words)
        return Need(row.title, reason, "Go to the minutes", href, "submitted", "To approve", APPROVAL)

    to_send = run.filter(state=MeetingState.PLANNED, starts_at__gte=now, starts_at__lt=now + SOON)
    circulated = Q(minutes__state__in=[MinutesState.CIRCULATED, MinutesState.APPROVED])
    to_write = run.filter(state=MeetingState.HELD, starts_at__gte=now - LONG_AGO).exclude(circulated)
    waiting = minutes_visible_to(standing).filter(
        state=MinutesState.CIRCULATED, meeting__group__in=groups_run_by(standing)
    )
    of_minutes: dict[str, Column] = {
        "title": F("meeting__group__name"),
        "words": Cast("meeting_id", CharField()),
        "moment": F("meeting__starts_at"),
    }
    yield Part("papers", PAPERS, part_rows(to_send, "starts_at", **columns), papers, every)
    yield Part("minutes", MINUTES, part_rows(to_write, "starts_at", **columns), write, every)
    yield Part("approve", APPROVAL, part_rows(waiting, "meeting__starts_at", **of_minutes), approve, every)
    yield from _positions(standing, now)


def _positions(standing: Standing, now: datetime) -> Iterator[Part]:
    if not standing.may(Permission.TAKE_POSITION):
        return
    slug = standing.partnership.slug
    own = standing.agencies_for(Permission.TAKE_POSITION) or {standing.person.agency_id}
    partner = Membership.objects.filter(
        in_force(timezone.localdate(now)),
        partnership=standing.partnership,
        agency__in=own,
        kind=AgencyKind.SAFEGUARDING_PARTNER,
    )
    said = PartnerPosition.objects.filter(decision=OuterRef("pk"), agency__in=own, is_current=True)
    waiting = decision_papers_visible_to(standing).filter(Exists(partner), state=DecisionState.OPEN, is_joint=True)
    rows = part_rows(waiting.exclude(Exists(said)), "put_at", title=F("headline"), moment=F("put_at"))

    def as_need(row: Row) -> Need:
        put = day_words(timezone.localdate(row.moment)) if row.moment else ""
        reason = f"It was put to the partners on {put}. Yours has not said whether it agrees."
        href = page_href("decision_detail", slug, row.key)
        return Need(row.title, reason, "Say your position", href, "act", "Decision", POSITION)

    yield Part("position", POSITION, rows, as_need, page_href("decision_list", slug))
