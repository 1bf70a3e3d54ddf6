"""A year of the business plan: begun, changed, the partners' positions, approved."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.editing.models import stamp
from trefoil.editing.versions import save_if_unchanged
from trefoil.people.models import Agency, Partnership, Person

from ..enums import AGREEING_POSITIONS, Position
from ..models import PlanYear, YearPosition
from ..positions import newest_positions, outdated_positions, statutory_partners
from ..rules import check_may_write_plan


@transaction.atomic
def begin_year(
    *,
    partnership: Partnership,
    title: str,
    starts_on: date,
    ends_on: date,
    by: Person,
    now: datetime,
    lead_words: str = "",
) -> PlanYear:
    """Begin the plan of a year, as a draft. Refused for a year that shares a day with another."""
    check_may_write_plan(standing_of(by, partnership, now=now))
    _check_days(partnership, starts_on, ends_on, but=None)
    begun = PlanYear.objects.create(
        partnership=partnership,
        title=title.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
        lead_words=lead_words.strip(),
        **stamp(by, now),
    )
    _record(EventType.PLAN_YEAR_BEGUN, begun, by=by, now=now)
    return begun


@transaction.atomic
def change_year(
    *,
    year: PlanYear,
    title: str,
    starts_on: date,
    ends_on: date,
    lead_words: str,
    seen_version: int,
    by: Person,
    now: datetime,
) -> None:
    """Change a draft's title, days or opening words. An approved year stays as it was approved."""
    check_may_write_plan(standing_of(by, year.partnership, now=now))
    if PlanYear.objects.select_for_update().get(pk=year.pk).is_approved:
        raise NotAllowedError("the plan of this year is approved, so it stays as it is")
    _check_days(year.partnership, starts_on, ends_on, but=year)
    words = {"title": title.strip(), "starts_on": starts_on, "ends_on": ends_on, "lead_words": lead_words.strip()}
    save_if_unchanged(year, seen_version=seen_version, by=by, now=now, **words)
    _record(EventType.PLAN_YEAR_CHANGED, year, by=by, now=now)


def _check_days(partnership: Partnership, starts_on: date, ends_on: date, *, but: PlanYear | None) -> None:
    if ends_on <= starts_on:
        raise NotAllowedError("a year of the plan ends after it starts")
    others = PlanYear.objects.filter(partnership=partnership, starts_on__lte=ends_on, ends_on__gte=starts_on)
    other = others.exclude(pk=but.pk).first() if but else others.first()
    if other is not None:
        raise NotAllowedError(f"these days lie in “{other}” already")


@transaction.atomic
def take_position(
    *,
    year: PlanYear,
    agency: Agency,
    position: Position,
    by: Person,
    now: datetime,
    words: str = "",
    reference: str = "",
) -> YearPosition:
    """Record a statutory partner's position on a draft.

    Its own lead does, or whoever writes the plan with a reference to the meeting's decision that holds it. A partner
    that does not agree, or agrees with conditions, says why.
    """
    standing = standing_of(by, year.partnership, now=now)
    own = standing.may(Permission.TAKE_POSITION) and by.agency_id == agency.pk
    if not own and not (reference and standing.may(Permission.WRITE_PLAN)):
        raise NotAllowedError(f"only {agency}’s own partner takes its position, or a meeting’s decision holds it")
    if PlanYear.objects.select_for_update().get(pk=year.pk).is_approved:
        raise NotAllowedError("the plan of this year is approved already")
    if not statutory_partners(year.partnership, timezone.localdate(now)).filter(pk=agency.pk).exists():
        raise NotAllowedError(f"{agency} is not one of the statutory safeguarding partners")
    if position != Position.AGREES and not words.strip():
        raise NotAllowedError("say why, or on which conditions")
    taken = YearPosition.objects.create(
        year=year,
        agency=agency,
        position=position,
        words=words.strip(),
        reference=reference.strip(),
        taken_at=now,
        taken_by=by,
    )
    detail = {"agency": agency.pk, "position": Position(position).value, "reference": reference.strip()}
    _record(EventType.PLAN_POSITION_TAKEN, year, by=by, now=now, detail=detail)
    return taken


@transaction.atomic
def approve_year(*, year: PlanYear, by: Person, now: datetime, decision_reference: str = "") -> None:
    """Approve a year's plan: on each statutory partner's agreement, or on a meeting's decision (`decision:9`).

    Refused without a priority, when a partner's newest position is that it does not agree, and when what it agreed to
    was changed since.
    """
    check_may_write_plan(standing_of(by, year.partnership, now=now))
    held = PlanYear.objects.select_for_update().get(pk=year.pk)
    if held.is_approved:
        raise NotAllowedError("the plan of this year is approved already")
    if not held.priorities.filter(withdrawn_at__isnull=True).exists():
        raise NotAllowedError("the plan has no priority yet")
    _check_partners_agree(held, timezone.localdate(now), by_decision=bool(decision_reference.strip()))
    year.approved_at, year.approved_by, year.approval_reference = now, by, decision_reference.strip()
    PlanYear.objects.filter(pk=year.pk).update(
        approved_at=now, approved_by=by, approval_reference=year.approval_reference, version=held.version + 1
    )
    year.version = held.version + 1
    _record(EventType.PLAN_YEAR_APPROVED, year, by=by, now=now, detail={"decision": year.approval_reference})


def _check_partners_agree(year: PlanYear, today: date, *, by_decision: bool) -> None:
    positions = newest_positions(year)
    outdated = outdated_positions(year, positions)
    for agency in statutory_partners(year.partnership, today):
        held = positions.get(agency.pk)
        if held is None and not by_decision:
            raise NotAllowedError(f"{agency} has not taken a position, and no meeting’s decision is given")
        if held is not None and held.position not in AGREEING_POSITIONS:
            raise NotAllowedError(f"{agency} does not agree")
        if agency.pk in outdated and not by_decision:
            raise NotAllowedError(
                f"{agency} agreed before the plan was changed: ask again, so that it approves this one"
            )


def _record(
    event: EventType, year: PlanYear, *, by: Person, now: datetime, detail: dict[str, Any] | None = None
) -> None:
    record(
        event=event, by=by, now=now, partnership=year.partnership.slug, subject=f"plan_year:{year.pk}", detail=detail
    )
