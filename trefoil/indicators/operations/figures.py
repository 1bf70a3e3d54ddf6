"""Figures in: from a file, a form or the command line. All rows or none; the same twice changes nothing."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction
from django.utils import timezone

from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Person

from ..enums import FigureSource
from ..models import AgencyReturn, Fault, Figure
from ..periods import Period
from ..rows import FigureRow, Finding, Severity
from ..rules import check_can_enter

BATCH = 1000
LONGEST_MESSAGE = 600
HELD_PLACES = Decimal("0.0001")
Key = tuple[str, str, Period]


@dataclass(frozen=True)
class Loaded:
    """What a load did: how many figures are new, unchanged and restated."""

    new: int = 0
    unchanged: int = 0
    restated: int = 0

    def __str__(self) -> str:
        return f"{self.new} new, {self.restated} restated, {self.unchanged} unchanged"


@dataclass(frozen=True)
class _Entry:
    """Who enters figures, how, when and from which file."""

    source: FigureSource
    by: Person | None
    now: datetime
    file_name: str


@transaction.atomic
def load_figures(
    *,
    agency_return: AgencyReturn,
    rows: Sequence[FigureRow],
    findings: Iterable[Finding],
    source: FigureSource,
    by: Person | None,
    now: datetime,
    file_name: str = "",
) -> Loaded:
    """Store a checked file or form in one transaction.

    Refused if any finding is an error (NotAllowedError), so nothing is ever half stored. A figure that differs from the
    one held replaces it and keeps it; a figure that is the same is left alone. The return's faults become those of this
    load; an answer already given to the same fault is kept. `by` None is an installer at the command line.
    """
    findings = list(findings)
    if any(finding.severity is Severity.ERROR for finding in findings):
        raise NotAllowedError("the file has errors, so nothing was stored")
    # The return's row is the turnstile: two loads of one return go through one after the other.
    locked = AgencyReturn.objects.select_for_update().get(pk=agency_return.pk)
    if by is not None:
        check_can_enter(locked, standing_of(by, locked.partnership, now=now), timezone.localdate(now))
    loaded = _store(locked, rows, _Entry(source, by, now, file_name))
    _replace_faults(locked, findings)
    record(
        event=EventType.RETURN_LOADED,
        by=by,
        now=now,
        partnership=locked.partnership.slug,
        subject=f"return:{locked.pk}",
        detail={
            "source": source.value,
            "new": loaded.new,
            "restated": loaded.restated,
            "unchanged": loaded.unchanged,
            "faults": sum(finding.severity is Severity.FAULT for finding in findings),
        },
    )
    return loaded


def _store(agency_return: AgencyReturn, rows: Sequence[FigureRow], entry: _Entry) -> Loaded:
    held: dict[Key, Figure] = {
        (figure.indicator, figure.breakdown, figure.period): figure for figure in agency_return.figures.current()
    }
    fresh, replaced, unchanged = [], [], 0
    for row in rows:
        before = held.get(row.key)
        if before is not None and _says_the_same(before, row):
            unchanged += 1
            continue
        if before is not None:
            replaced.append(before.pk)
        fresh.append(_figure(agency_return, row, before, entry))
    Figure.objects.filter(pk__in=replaced).update(is_current=False)
    Figure.objects.bulk_create(fresh, batch_size=BATCH)
    return Loaded(new=len(fresh) - len(replaced), unchanged=unchanged, restated=len(replaced))


def _as_held(number: Decimal | None) -> Decimal | None:
    """A number as the table keeps it, so that the same file twice compares equal."""
    return None if number is None else number.quantize(HELD_PLACES, ROUND_HALF_UP)


def _says_the_same(figure: Figure, row: FigureRow) -> bool:
    return (
        figure.numerator == _as_held(row.numerator)
        and figure.denominator == _as_held(row.denominator)
        and figure.value == _as_held(row.value)
        and figure.missing_reason == row.missing_reason
        and figure.note == row.note
    )


def _figure(agency_return: AgencyReturn, row: FigureRow, before: Figure | None, entry: _Entry) -> Figure:
    return Figure(
        agency_return=agency_return,
        partnership_id=agency_return.partnership_id,
        agency_id=agency_return.agency_id,
        indicator=row.indicator,
        breakdown=row.breakdown,
        period_start=row.period.start,
        period_end=row.period.end,
        numerator=_as_held(row.numerator),
        denominator=_as_held(row.denominator),
        value=_as_held(row.value),
        value_places=row.value_places,
        missing_reason=row.missing_reason,
        note=row.note,
        source=entry.source,
        file_name=entry.file_name[:150],
        file_row=row.place.row or None,
        replaces=before,
        entered_at=entry.now,
        entered_by=entry.by,
    )


def _replace_faults(agency_return: AgencyReturn, findings: Iterable[Finding]) -> None:
    answered = {_sameness(fault.message): fault for fault in agency_return.faults.exclude(answer="")}
    agency_return.faults.all().delete()
    Fault.objects.bulk_create(
        _fault(agency_return, finding, answered.get(_sameness(finding.message[:LONGEST_MESSAGE])))
        for finding in findings
    )


def _sameness(message: str) -> tuple[str, ...]:
    """What makes a fault the same fault: its words and numbers, whatever the order in which its parts were added up."""
    return tuple(sorted(re.findall(r"\w+", message)))


def _fault(agency_return: AgencyReturn, finding: Finding, answered: Fault | None) -> Fault:
    return Fault(
        agency_return=agency_return,
        severity=finding.severity.value,
        rule=finding.rule,
        place=str(finding.place)[:120],
        indicator=finding.indicator,
        breakdown=finding.breakdown,
        period_start=finding.period.start if finding.period else None,
        period_end=finding.period.end if finding.period else None,
        found=finding.found[:300],
        expected=finding.expected[:300],
        message=finding.message[:LONGEST_MESSAGE],
        answer=answered.answer if answered else "",
        answered_at=answered.answered_at if answered else None,
        answered_by=answered.answered_by if answered else None,
    )
