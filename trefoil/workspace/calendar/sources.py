"""Entries of calendars from every room: meetings, time limits that run, risks to look at, returns that are due.

Each source is one query, through the filter of what the reader may see. An action stands on the calendar by its time
limit, so that it stands there once.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from trefoil.access.enums import Permission
from trefoil.access.queries import groups_sat_in
from trefoil.access.rules import Standing
from trefoil.access.written import KeptRows
from trefoil.clocks.enums import ClockMoveKind
from trefoil.clocks.models import ClockMove
from trefoil.clocks.models.clocks import OPEN
from trefoil.clocks.reckoning.kinds import Kind
from trefoil.clocks.rules import clocks_visible_to
from trefoil.clocks.sql_days import EnglandDay
from trefoil.indicators.enums import EDITABLE_STATES
from trefoil.indicators.models import AgencyReturn
from trefoil.indicators.rules import returns_visible_to
from trefoil.meetings.enums import MeetingState
from trefoil.meetings.models import Meeting
from trefoil.meetings.rules import meetings_visible_to
from trefoil.notifications.entries import Entry, Wanted
from trefoil.plan.models import Risk
from trefoil.plan.rules_register import risks_visible_to

from ..addresses import page_href
from ..needs.clocks import owed_by, rule_name
from ..subjects import page_of
from .full_days import COUNTS, counts_of, first_of_days, left_out

# Kind of an entry: its word on the page. A clock's kind follows from the record it is about.
KINDS = {
    "meeting": "Meetings",
    "papers": "Papers and minutes",
    "action": "Actions",
    "risk": "Risks",
    "return": "Returns",
    "policy": "Policies",
    "limit": "Other time limits",
}
_KIND_OF_SUBJECT = {"action": "action", "meeting": "papers"}
# How the time limits of other rooms are said; the rest go by the name of their rule.
_TITLES = {
    "PL-ACTION": "Action: {}",
    "PL-UPDATE": "A word is due on: {}",
    "PL-RETEST": "Test again: {}",
    "MT-PAPERS": "{}",
    "MT-MINUTES": "{}",
}
# A risk stands here by its review day.
_NOT_BY_CLOCK = ("PL-RISK",)


# A calendar program asks every hour or so, and a reader goes back and forth.
ROWS = KeptRows()


def _moments(start: date, end: date) -> tuple[datetime, datetime]:
    """The first moment of `start` and the first after `end`, in England."""
    first = timezone.make_aware(datetime.combine(start, time.min))
    return first, timezone.make_aware(datetime.combine(end + timedelta(days=1), time.min))


def meetings(standing: Standing, start: date, end: date, wanted: Wanted) -> Iterator[Entry]:
    """Meetings of groups, cancelled ones included. A meeting is of no one agency."""
    if not wanted.allows("meeting") or wanted.agency_id is not None:
        return
    slug = standing.partnership.slug
    build = partial(_meetings, standing, start, end, wanted)
    for one in ROWS.ask(build, standing, timezone.now(), "meetings", start, end, wanted):
        cancelled = one.state == MeetingState.CANCELLED
        yield Entry(
            reference=f"meeting:{one.pk}",
            kind="meeting",
            title=one.group.name,
            starts=one.starts_at,
            ends=one.ends_at,
            path=page_href("meeting_detail", slug, one.pk) or page_href("group_detail", slug, one.group.slug),
            where=one.place,
            version=one.version,
            group_id=one.group_id,
            group=one.group.name,
            is_mine=vars(one)["is_mine"],
            is_cancelled=cancelled,
            status="done" if one.state == MeetingState.HELD else "meeting",
            status_words="Cancelled" if cancelled else "Held" if one.state == MeetingState.HELD else "",
            **left_out(wanted, *counts_of(one)),
        )


def _meetings(standing: Standing, start: date, end: date, wanted: Wanted, _now: datetime) -> QuerySet[Meeting]:
    first, after = _moments(start, end)
    sits = groups_sat_in(standing, today=timezone.localdate()).filter(pk=OuterRef("group_id"))
    found = meetings_visible_to(standing).filter(starts_at__gte=first, starts_at__lt=after)
    found = found.filter(Exists(sits)) if wanted.mine else found
    # A month does not say whose a meeting is, and has the database ask only what it shows.
    found = found.annotate(is_mine=Exists(sits) if wanted.of_a_day is None else Value(wanted.mine))
    if wanted.group_id is not None:
        found = found.filter(group=wanted.group_id)
    found = first_of_days(found, wanted, day=EnglandDay("starts_at"), order=("starts_at", "group__name", "pk"))
    return found.select_related(None).select_related("group")[: wanted.most]


def _title(rule_id: str, label: str) -> str:
    """What is due. Where the name of a clock begins with that of its rule, it stands once."""
    pattern = _TITLES.get(rule_id)
    if pattern is not None:
        return pattern.format(label)
    name = rule_name(rule_id)
    return label if label.startswith(name) else f"{name}: {label}"


def due_clocks(standing: Standing, start: date, end: date, wanted: Wanted) -> Iterator[Entry]:
    """Time limits that run and end in these days; what has been done is off the calendar."""
    if not wanted.allows("action", "papers", "limit") or wanted.group_id is not None:
        return
    slug, now, build = standing.partnership.slug, timezone.now(), partial(_clocks, standing, start, end, wanted)
    leads = standing.agencies_for(Permission.ANSWER_ACTION)
    for (
        pk,
        rule_id,
        subject,
        label,
        due_at,
        soon_at,
        agency_id,
        agency,
        person_id,
        restricted,
        version,
        *counts,
    ) in ROWS.ask(build, standing, now, "clocks", start, end, wanted):
        kind = _KIND_OF_SUBJECT.get(subject.partition(":")[0], "limit")
        is_late, is_soon = due_at < now, soon_at <= now
        yield Entry(
            reference=f"clock:{pk}",
            kind=kind,
            title=_title(rule_id, label),
            starts=timezone.localdate(due_at),
            path=page_of(subject, slug) or page_href("clock_detail", slug, pk) or page_href("my_work", slug),
            version=version,
            agency_id=agency_id,
            agency=agency or "",
            is_mine=person_id == standing.person.pk or agency_id in leads,
            is_restricted=restricted,
            status="late" if is_late else "soon" if is_soon else "",
            status_words="Late" if is_late else "Due soon" if is_soon else "",
            **left_out(wanted, *counts),
        )


def _clocks(standing: Standing, start: date, end: date, wanted: Wanted, now: datetime) -> QuerySet[Any, Any]:
    first, after = _moments(start, end)
    found = clocks_visible_to(standing).filter(OPEN, due_at__gte=first, due_at__lt=after, paused_at__isnull=True)
    found = found.exclude(kind=Kind.MIN).exclude(rule_id__in=_NOT_BY_CLOCK).filter(_of_kind(wanted.kind))
    if wanted.mine:
        found = found.filter(owed_by(standing))
    if wanted.agency_id is not None:
        found = found.filter(agency=wanted.agency_id)
    rows = found.annotate(version=_changes() if wanted.for_feed else Value(0))
    order = ("due_at", "rule_id", "label", "pk")
    rows = first_of_days(rows, wanted, day=EnglandDay("due_at"), order=order, late=Q(due_at__lt=now))
    columns = (
        "pk",
        "rule_id",
        "subject",
        "label",
        "due_at",
        "soon_at",
        "agency_id",
        "agency__name",
        "person_id",
        "is_restricted",
        "version",
        *COUNTS,
    )
    return rows.select_related(None).values_list(*columns)[: wanted.most]


def _of_kind(kind: str) -> Q:
    """Clocks whose record makes them of this kind."""
    if kind == "action":
        return Q(subject__startswith="action:")
    if kind == "papers":
        return Q(subject__startswith="meeting:")
    if kind == "limit":
        return ~Q(subject__startswith="action:") & ~Q(subject__startswith="meeting:")
    return Q()


def _changes() -> Coalesce:
    """How often the due moment of a clock was moved: what a calendar program counts."""
    moves = ClockMove.objects.filter(clock=OuterRef("pk"), kind__in=[ClockMoveKind.MOVED, ClockMoveKind.RECKONED])
    counted = moves.order_by().values("clock").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())


def due_risks(standing: Standing, start: date, end: date, wanted: Wanted) -> Iterator[Entry]:
    """Open risks by the day on which they are looked at again."""
    if not wanted.allows("risk") or wanted.group_id is not None:
        return
    slug, now, today = standing.partnership.slug, timezone.now(), timezone.localdate()
    leads, build = standing.agencies_for(Permission.ANSWER_ACTION), partial(_risks, standing, start, end, wanted)
    for one in ROWS.ask(build, standing, now, "risks", start, end, wanted):
        is_late = one.review_on < today
        yield Entry(
            reference=f"risk:{one.pk}",
            kind="risk",
            title=f"Look again at risk {one.name}: {one.title}",
            starts=one.review_on,
            path=page_href("risk_detail", slug, one.pk),
            version=one.version,
            agency_id=one.agency_id,
            agency=one.agency.name if one.agency else "",
            is_mine=one.person_id == standing.person.pk or one.agency_id in leads,
            status="late" if is_late else "",
            status_words="Late" if is_late else "",
            **left_out(wanted, *counts_of(one)),
        )


def _risks(standing: Standing, start: date, end: date, wanted: Wanted, now: datetime) -> QuerySet[Risk]:
    today, leads = timezone.localdate(now), standing.agencies_for(Permission.ANSWER_ACTION)
    found = risks_visible_to(standing).filter(closed_at__isnull=True, review_on__range=(start, end))
    if wanted.agency_id is not None:
        found = found.filter(agency=wanted.agency_id)
    if wanted.mine:
        found = found.filter(Q(person=standing.person) | Q(agency__in=leads))
    order = ("review_on", "number", "pk")
    found = first_of_days(found, wanted, day=F("review_on"), order=order, late=Q(review_on__lt=today))
    return found[: wanted.most]


def due_returns(standing: Standing, start: date, end: date, wanted: Wanted) -> Iterator[Entry]:
    """Returns that have not been handed in, by their due day."""
    if not wanted.allows("return") or wanted.group_id is not None:
        return
    slug, now, today = standing.partnership.slug, timezone.now(), timezone.localdate()
    own, build = standing.agencies_for(Permission.ENTER_RETURN), partial(_returns, standing, start, end, wanted)
    for one in ROWS.ask(build, standing, now, "returns", start, end, wanted):
        is_late = one.due_on < today
        yield Entry(
            reference=f"return:{one.pk}",
            kind="return",
            title=f"Return: {one}",
            starts=one.due_on,
            path=page_href("return_detail", slug, one.pk),
            agency_id=one.agency_id,
            agency=one.agency.name,
            is_mine=one.agency_id in own,
            status="late" if is_late else "",
            status_words="Late" if is_late else "",
            **left_out(wanted, *counts_of(one)),
        )


def _returns(standing: Standing, start: date, end: date, wanted: Wanted, now: datetime) -> QuerySet[AgencyReturn]:
    today, own = timezone.localdate(now), standing.agencies_for(Permission.ENTER_RETURN)
    found = returns_visible_to(standing).filter(state__in=EDITABLE_STATES, due_on__range=(start, end))
    if wanted.agency_id is not None:
        found = found.filter(agency=wanted.agency_id)
    if wanted.mine:
        found = found.filter(agency__in=own)
    found = first_of_days(found, wanted, day=F("due_on"), order=("due_on", "title", "pk"), late=Q(due_on__lt=today))
    return found[: wanted.most]
