"""Targets and commentary."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Agency, Partnership, Person

from ..catalogue.loader import catalogue
from ..models import Commentary, Target
from ..periods import Period
from ..rules_steering import check_can_comment


@transaction.atomic
def set_target(
    *,
    partnership: Partnership,
    indicator: str,
    value: Decimal,
    tolerance: Decimal,
    starts_on: date,
    by: Person | None,
    now: datetime,
    ends_on: date | None = None,
    source: str = "",
) -> Target:
    """Set a target from a day (to a day), with how far off still counts as close (in the indicator's own unit)."""
    if by is not None and not standing_of(by, partnership, now=now).may(Permission.SET_TARGET):
        raise NotAllowedError("your duties do not include setting targets")
    target = Target.objects.create(
        partnership=partnership,
        indicator=indicator,
        value=value,
        tolerance=tolerance,
        starts_on=starts_on,
        ends_on=ends_on,
        source=source,
        set_at=now,
        set_by=by,
    )
    record(
        event=EventType.TARGET_SET,
        by=by,
        now=now,
        partnership=partnership.slug,
        subject=f"indicator:{indicator}",
        detail={"value": str(value), "tolerance": str(tolerance), "from": starts_on.isoformat()},
    )
    return target


@transaction.atomic
def write_commentary(
    *,
    partnership: Partnership,
    agency: Agency,
    indicator: str,
    period: Period,
    says: str,
    doing: str,
    by: Person,
    now: datetime,
) -> Commentary:
    """An agency that answers for the indicator says what lies behind a figure and what is being done."""
    check_can_comment(standing_of(by, partnership, now=now), agency, catalogue().get(indicator))
    if not says.strip():
        raise NotAllowedError("say what lies behind the figure")
    written = Commentary.objects.create(
        partnership=partnership,
        agency=agency,
        indicator=indicator,
        period_start=period.start,
        period_end=period.end,
        says=says.strip(),
        doing=doing.strip(),
        written_at=now,
        written_by=by,
    )
    record(
        event=EventType.COMMENTARY_WRITTEN,
        by=by,
        now=now,
        partnership=partnership.slug,
        subject=f"indicator:{indicator}",
        detail={"period": period.code, "agency": agency.pk},
    )
    return written
