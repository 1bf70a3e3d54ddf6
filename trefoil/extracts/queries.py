"""Reading what is known of extracts: which is the newest, what the checks found, how quality moved."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum

from .enums import Decision, Level
from .models import Extract, FieldQuality, Finding, FindingCount, MappedValue


def stored_newest_first(visible: QuerySet[Extract]) -> list[Extract]:
    """The stored ones, newest first: by the day they were taken, then by when they came."""
    return list(visible.filter(state="stored").order_by("-as_at", "-received_at", "-pk"))


def before(extract: Extract, stored: Sequence[Extract]) -> Extract | None:
    """The stored extract of the same agency and shape that came before this one."""
    own = (extract.as_at, extract.received_at, extract.pk)
    earlier = [
        one
        for one in stored
        if (one.agency_id, one.shape) == (extract.agency_id, extract.shape)
        and (one.as_at, one.received_at, one.pk) < own
    ]
    return max(earlier, key=lambda one: (one.as_at, one.received_at, one.pk), default=None)


def level_totals(counts: QuerySet[FindingCount], extract: Extract) -> dict[str, int]:
    """How many findings of each level an extract has."""
    found = counts.filter(extract=extract).order_by().values("level").annotate(total=Sum("found"))
    totals = dict.fromkeys(Level.values, 0)
    return totals | {row["level"]: row["total"] for row in found}


def findings_of(counts: QuerySet[FindingCount], extract: Extract) -> list[FindingCount]:
    """What was found in an extract by rule and column: the gravest first."""
    order = {level: place for place, level in enumerate(Level.values)}
    found = counts.filter(extract=extract).annotate(listed=Count("findings"))
    return sorted(found, key=lambda one: (order[one.level], -one.found, one.rule, one.file, one.column))


def listed_in(count: FindingCount) -> QuerySet[Finding]:
    """The findings of one rule in one column, as far as they were kept."""
    return count.findings.all()


def report_rows(counts: QuerySet[FindingCount], extract: Extract) -> Iterable[Finding]:
    """Every finding that was kept, for the download."""
    own = Finding.objects.filter(count__in=counts.filter(extract=extract)).select_related("count")
    return own.order_by("count__level", "count__rule", "count__file", "count__column", "pk")


@dataclass(frozen=True, slots=True)
class ListOnMap:
    """One code list on the value map: how many values of it wait, and how many are decided."""

    code_list: str
    waiting: int
    decided: int


def lists_on_map(values: QuerySet[MappedValue]) -> list[ListOnMap]:
    """The code lists with values on the map, those that wait first."""
    rows = (
        values.order_by()
        .values("code_list")
        .annotate(
            waiting=Count("pk", filter=Q(decision=Decision.WAITING)),
            decided=Count("pk", filter=~Q(decision=Decision.WAITING)),
        )
    )
    found = [ListOnMap(row["code_list"], row["waiting"], row["decided"]) for row in rows]
    return sorted(found, key=lambda one: (-one.waiting, one.code_list))


def searched(values: QuerySet[MappedValue], words: str) -> QuerySet[MappedValue]:
    """Those that hold the words, whatever their capitals; all of them for no words. Those that wait first."""
    found = values.filter(raw__icontains=words.strip()) if words.strip() else values
    return found.order_by("decided_at", "-seen", "raw")


@dataclass(frozen=True, slots=True)
class QualityLine:
    """One field: its quality in the newest extract, and the share valid in each, oldest first, in tenths of a %."""

    newest: FieldQuality
    shares: tuple[int | None, ...]


def quality_lines(extracts: Sequence[Extract]) -> list[QualityLine]:
    """The fields of the newest of `extracts` (newest first, one agency and shape), with the trend over all of them."""
    if not extracts:
        return []
    by_field: dict[tuple[str, str], dict[int, FieldQuality]] = defaultdict(dict)
    for one in FieldQuality.objects.filter(extract__in=extracts):
        by_field[one.table, one.field][one.extract_id] = one
    newest = extracts[0]
    lines = [
        QualityLine(held[newest.pk], tuple(_share(held.get(one.pk)) for one in reversed(extracts)))
        for held in by_field.values()
        if newest.pk in held
    ]
    return sorted(lines, key=lambda line: (line.newest.table, line.newest.pk))


@dataclass(frozen=True, slots=True)
class QualityTotal:
    """All the cells of an extract together: how many there are, are filled in, and are valid."""

    extract: Extract
    rows: int
    filled: int
    valid: int


def quality_totals(extracts: Sequence[Extract]) -> list[QualityTotal]:
    """The quality of whole extracts, in their order; those of which nothing was kept are left out."""
    found = FieldQuality.objects.filter(extract__in=extracts).order_by().values("extract")
    sums = {row["extract"]: row for row in found.annotate(r=Sum("rows"), f=Sum("filled"), v=Sum("valid"))}
    held = [(one, sums[one.pk]) for one in extracts if one.pk in sums]
    return [QualityTotal(one, row["r"], row["f"], row["v"]) for one, row in held if row["r"]]


def _share(quality: FieldQuality | None) -> int | None:
    """Tenths of a percent of the rows whose value is there and valid."""
    return quality.valid * 1000 // quality.rows if quality and quality.rows else None
