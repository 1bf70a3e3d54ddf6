"""The work itself: a file is checked, stored and counted. Called by the job, and by the command `load_extract`."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.conf import settings

from trefoil.people.models import Agency, Partnership, Person

from .checked import Checked, Group, Listed, Quality
from .enums import Decision
from .figures_kept import count_and_keep
from .intake import Context, Intake, RefusedError, Report, read_extract
from .intake.report import FieldQuality, tallied
from .intake.shapes import shape_named
from .models import Extract, Locality, MappedValue
from .operations.extracts import hold_for_values, keep_stored, refuse_extract
from .progress import COUNTING, READING, STAGES, STORING, CheckProgress, sizes_of, teller
from .standard.loader import folded
from .storing import stored_folder, withdraw


def context_of(extract: Extract) -> Context:
    """What the intake must be told: the area and the day, the secret, and what the partnership has settled."""
    return Context(
        area=extract.partnership.area.code,
        as_at=extract.as_at,
        key=settings.PSEUDONYM_KEY.encode(),
        year=extract.year,
        value_map=value_map(extract.partnership, extract.agency),
        localities=localities(extract.partnership),
    )


def value_map(partnership: Partnership, agency: Agency) -> dict[tuple[str, str], str | None]:
    """What the agency's values mean as far as somebody has said; None is not known."""
    decided = MappedValue.objects.decided().filter(partnership=partnership, agency=agency)
    return {(one.code_list, folded(one.raw)): one.code if one.decision == Decision.CODE else None for one in decided}


def localities(partnership: Partnership) -> dict[str, str]:
    return dict(Locality.objects.filter(partnership=partnership).values_list("beginning", "name"))


def check_and_store(extract: Extract, path: Path, *, by: Person | None, now: datetime) -> Report:
    """Check the file at `path`; store and count it, or write down why not. The extract is being checked."""
    tell = teller(extract)
    tell(STAGES[READING], READING)
    watch = CheckProgress(tell, sizes_of(path), len(shape_named(extract.shape).layouts))
    with read_extract(path, shape=extract.shape, context=replace(context_of(extract), told=watch)) as intake:
        checked = checked_of(intake.report)
        if checked.faults:
            refuse_extract(extract=extract, checked=checked, by=by, now=now)
        elif checked.unmapped:
            hold_for_values(extract=extract, checked=checked, by=by, now=now)
        else:
            _store(extract, intake, checked, by=by, now=now)
        return intake.report


def _store(extract: Extract, intake: Intake, checked: Checked, *, by: Person | None, now: datetime) -> None:
    tell = teller(extract)
    tell(STAGES[STORING], STORING)
    # A worker that was killed after storing and before saying so has left the same folder.
    withdraw(extract)
    try:
        stored = intake.store(Path(settings.EXTRACT_STORE), extract.folder)
    except RefusedError as refused:
        # Two identifiers fell on one pseudonym: seen only at the door.
        report = replace(intake.report, findings=refused.findings, tallies=tallied(refused.findings), unmapped=())
        refuse_extract(extract=extract, checked=checked_of(report), by=by, now=now)
        return
    tell(STAGES[COUNTING], COUNTING)
    count_and_keep(stored_folder(extract))
    manifest = stored.manifest
    keep_stored(extract=extract, checked=checked, rows=manifest.rows, edition=manifest.edition, by=by, now=now)


def checked_of(report: Report) -> Checked:
    """The intake's report as the tables keep it."""
    listed = defaultdict(list)
    cures: dict[tuple[str, str, str, str], str] = {}
    for one in report.findings:
        key = (one.level.value, one.rule, one.file, one.column)
        listed[key].append(Listed(one.sheet, one.row or None, one.value))
        cures.setdefault(key, one.cure)
    counted: dict[tuple[str, str, str, str], int] = defaultdict(int)
    for tally in report.tallies:
        counted[tally.level.value, tally.rule, tally.file, tally.column] += tally.count
    groups = tuple(
        Group(*key, found=found, cure=cures.get(key, ""), listed=tuple(listed[key])) for key, found in counted.items()
    )
    qualities = _together(report.quality)
    unmapped: dict[tuple[str, str], int] = defaultdict(int)
    for value in report.unmapped:
        unmapped[value.code_list, value.value] += value.count
    return Checked(groups, qualities, dict(unmapped))


def _together(found: Iterable[FieldQuality]) -> tuple[Quality, ...]:
    """A table may lie in several files, such as one for each year: what was found in a field of each is added up."""
    added: dict[tuple[str, str], tuple[int, int, int]] = {}
    for one in found:
        rows, filled, valid = added.get((one.table, one.field), (0, 0, 0))
        added[one.table, one.field] = (rows + one.rows, filled + one.filled, valid + one.valid)
    return tuple(Quality(*key, *counts) for key, counts in added.items())
