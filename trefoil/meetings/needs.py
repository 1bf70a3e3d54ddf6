"""What of meetings needs a person now: questions that "my work" asks. Each gives records that are theirs to move."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from trefoil.access.enums import Permission
from trefoil.access.queries import groups_sat_in
from trefoil.access.rules import Standing
from trefoil.people.models import Group

from .enums import DecisionState, MeetingState, MinutesState
from .models import Attendance, ChairTerm, Decision, Meeting, Minutes, PartnerPosition, Terms
from .rules import (
    decision_papers_visible_to,
    groups_run_by,
    meetings_visible_to,
    papers_visible_to,
    partner_agencies_of,
)

# How long before a meeting its agenda and a member's word begin to be asked for.
AGENDA_DAYS, WORD_DAYS, TURN_DAYS = 21, 14, 60


def agendas_needing(standing: Standing, now: datetime) -> QuerySet[Meeting]:
    """Meetings of the next three weeks that the person runs, whose agenda and papers have not been sent."""
    soon = now + timedelta(days=AGENDA_DAYS)
    coming = meetings_visible_to(standing).filter(state=MeetingState.PLANNED, starts_at__gt=now, starts_at__lte=soon)
    return coming.filter(group__in=groups_run_by(standing)).order_by("starts_at")


def closings_needing(standing: Standing, now: datetime) -> QuerySet[Meeting]:
    """Meetings that the person runs, that are over and were neither closed nor cancelled."""
    past = meetings_visible_to(standing).filter(
        state__in=[MeetingState.PLANNED, MeetingState.AGENDA_SENT], starts_at__lt=now - timedelta(hours=12)
    )
    return past.filter(group__in=groups_run_by(standing)).order_by("starts_at")


def drafts_needing(standing: Standing, _now: datetime) -> QuerySet[Meeting]:
    """Held meetings that the person runs, whose minutes are not circulated."""
    out = Minutes.objects.filter(meeting=OuterRef("pk")).exclude(state=MinutesState.DRAFT)
    held = meetings_visible_to(standing).filter(state=MeetingState.HELD, group__in=groups_run_by(standing))
    return held.filter(~Exists(out)).order_by("starts_at")


def approvals_needing(standing: Standing, now: datetime) -> QuerySet[Minutes]:
    """Circulated minutes of groups that the person runs, where a later meeting has taken place."""
    later = Meeting.objects.filter(
        group=OuterRef("meeting__group"), starts_at__gt=OuterRef("meeting__starts_at"), starts_at__lte=now
    ).exclude(state=MeetingState.CANCELLED)
    circulated = Minutes.objects.filter(
        state=MinutesState.CIRCULATED,
        meeting__group__in=groups_run_by(standing),
        meeting__partnership=standing.partnership,
    )
    return circulated.filter(Exists(later)).select_related("meeting__group").order_by("meeting__starts_at")


def positions_needing(standing: Standing, now: datetime) -> QuerySet[Decision]:
    """Joint decisions on which the person's own statutory partner has not taken a position."""
    agencies = partner_agencies_of(standing, today=timezone.localdate(now))
    taken = PartnerPosition.objects.filter(decision=OuterRef("pk"), agency__in=agencies, is_current=True)
    waiting = decision_papers_visible_to(standing).filter(state=DecisionState.OPEN, is_joint=True)
    return waiting.filter(Exists(agencies), ~Exists(taken)).order_by("put_at")


def words_needing(standing: Standing, now: datetime) -> QuerySet[Meeting]:
    """Meetings of the next two weeks of the person's own groups, on which they have not sent word."""
    soon = now + timedelta(days=WORD_DAYS)
    noted = Attendance.objects.filter(meeting=OuterRef("pk"), person=standing.person)
    coming = papers_visible_to(standing).filter(
        starts_at__gt=now, starts_at__lte=soon, state__in=[MeetingState.PLANNED, MeetingState.AGENDA_SENT]
    )
    own = coming.filter(group__in=groups_sat_in(standing, today=timezone.localdate(now)))
    return own.filter(~Exists(noted)).order_by("starts_at")


def turns_needing(standing: Standing, now: datetime) -> QuerySet[ChairTerm]:
    """Turns in the chair that begin within two months, in groups that the person runs: a seat has to be given."""
    today = timezone.localdate(now)
    coming = ChairTerm.objects.filter(starts_on__gt=today, starts_on__lte=today + timedelta(days=TURN_DAYS))
    return coming.filter(group__in=groups_run_by(standing)).select_related("group", "agency")


def terms_needing(standing: Standing, now: datetime) -> QuerySet[Group]:
    """Groups that the person runs and that meet, without agreed terms or with terms to be looked at again by now."""
    if not standing.may(Permission.READ_MEETINGS):
        return Group.objects.none()
    today = timezone.localdate(now)
    agreed = Terms.objects.filter(group=OuterRef("pk"), agreed_on__isnull=False)
    stands = agreed.filter(Q(review_on__isnull=True) | Q(review_on__gt=today))
    meets = Meeting.objects.filter(group=OuterRef("pk")).exclude(state=MeetingState.CANCELLED)
    return groups_run_by(standing).filter(Exists(meets), ~Exists(stands)).order_by("name")
