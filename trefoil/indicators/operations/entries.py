"""Figures in, checked beside what the return already holds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Person

from ..catalogue.loader import catalogue
from ..checks.figures import CHECKS, check_figures
from ..enums import FigureSource
from ..fingerprint import fingerprint
from ..models import AgencyReturn
from ..queries_returns import earlier_rows, held_rows
from ..rows import FigureRow, Finding
from .figures import Loaded, load_figures

_ACROSS = frozenset(check.rule for check in CHECKS)


class ChangedMeanwhileError(NotAllowedError):
    """Somebody else changed the figures between the moment they were shown and the moment they were sent back."""


@dataclass(frozen=True)
class Seen:
    """What a person saw when they began to type: which indicators, and the mark of their figures."""

    indicators: frozenset[str]
    mark: str


@transaction.atomic
def take_figures(
    *,
    agency_return: AgencyReturn,
    rows: Sequence[FigureRow],
    findings: Iterable[Finding],
    source: FigureSource,
    by: Person | None,
    now: datetime,
    file_name: str = "",
    seen: Seen | None = None,
) -> Loaded:
    """Store checked rows, with the checks across figures made anew over all that the return then holds.

    A file or a page of the form may hold a part of the return alone; a fault in the other part must not be forgotten.
    `findings` are those of the rows; of them the checks across figures are left out, because they are made here, behind
    the lock, so that two loads at once cannot hide a contradiction between them. Raises NotAllowedError as
    `load_figures` does, and ChangedMeanwhileError when the figures that were `seen` are no longer those held.
    """
    locked = AgencyReturn.objects.select_for_update().select_related("partnership").get(pk=agency_return.pk)
    if seen is not None and fingerprint(held_rows(locked, seen.indicators)) != seen.mark:
        raise ChangedMeanwhileError("somebody else has changed these figures while you were typing")
    together = {row.key: row for row in held_rows(locked)} | {row.key: row for row in rows}
    across = check_figures(together.values(), catalogue(), earlier_rows(locked))
    own = [finding for finding in findings if finding.rule not in _ACROSS]
    return load_figures(
        agency_return=locked,
        rows=rows,
        findings=[*own, *across],
        source=source,
        by=by,
        now=now,
        file_name=file_name,
    )


@transaction.atomic
def note_download(*, agency_return: AgencyReturn, how: str, by: Person, now: datetime, opened: bool = False) -> None:
    """Put a download of a return's figures on the trail; called in the transaction that makes the file.

    `opened`: emergency access alone made it possible.
    """
    record(
        event=EventType.EXPORTED,
        by=by,
        now=now,
        partnership=agency_return.partnership.slug,
        subject=f"return:{agency_return.pk}",
        detail={"format": how, "period": agency_return.period.code, **({"opened": True} if opened else {})},
    )
