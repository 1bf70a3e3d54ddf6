"""From a partnership's figures to its findings: read once, put together once, and kept until something changes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeVar

from trefoil.people.models import Area, Partnership

from ..catalogue.loader import catalogue
from ..catalogue.schema import Definition
from ..models import Commentary, Fault, Target
from .findings import Evidence, Finding
from .kept import latest
from .observations import Observation, Origin
from .own import Own, own_figures
from .published import National, national_of
from .questions import by_measure
from .readings import published_reading
from .returned import needed_by
from .stamps import Stamp, stamp_of

Row = TypeVar("Row", Target, Commentary)


@dataclass(frozen=True, eq=False)
class _Sources:
    """What was read of a partnership, before it is put together by indicator; a finding is put together once."""

    partnership: Partnership
    stamp: Stamp
    national: National
    needed: tuple[frozenset[str], frozenset[str]]
    ids: Sequence[str]
    targets: Mapping[str, Sequence[Target]]
    _found: dict[str, Finding] = field(default_factory=dict)

    @cached_property
    def own(self) -> Own:
        """What agencies handed in, without breakdowns that nothing is worked out from; read when first needed."""
        return own_figures(self.partnership, self.stamp.own, *self.needed, self.national.children)

    @cached_property
    def commentary(self) -> Mapping[str, Sequence[Commentary]]:
        """What owners wrote, newest first; read when first shown, which the home page never does."""
        held = Commentary.objects.filter(partnership=self.partnership, indicator__in=self.ids)
        return _by_indicator(held.select_related("agency"))

    @cached_property
    def questions(self) -> Mapping[str, Sequence[Fault]]:
        """The faults that nobody has answered; read when first asked for, as the commentary is."""
        return by_measure(Fault.objects.shown().filter(agency_return__partnership=self.partnership, answer=""))

    def finding(self, definition: Definition) -> Finding:
        if definition.id not in self._found:
            self._found[definition.id] = _finding(definition, self, self.own)
        return self._found[definition.id]


def gather(partnership: Partnership, definitions: Sequence[Definition], *, in_parts: bool = False) -> Evidence:
    """The findings for these definitions, in their order. `in_parts` reads their breakdowns too.

    One query while nothing has changed since this process was last asked, whatever the number of definitions; else at
    most seven. What was read is of the whole catalogue, so that one page warms them all.
    """
    stamp = stamp_of(partnership)
    if all(catalogue().get(definition.id) is definition for definition in definitions):
        sources = _kept_sources(stamp, partnership, partnership.area)
        return _kept_evidence(sources, partnership, tuple(definition.id for definition in definitions), in_parts)
    return _evidence(_sources(stamp, partnership, definitions), definitions, in_parts)


@latest(64)
def _kept_sources(stamp: Stamp, partnership: Partnership, _area: Area) -> _Sources:
    return _sources(stamp, partnership, tuple(catalogue()))


@latest(256)
def _kept_evidence(sources: _Sources, _partnership: Partnership, ids: tuple[str, ...], in_parts: bool) -> Evidence:
    return _evidence(sources, [catalogue()[indicator] for indicator in ids], in_parts)


def _evidence(sources: _Sources, definitions: Sequence[Definition], in_parts: bool) -> Evidence:
    if in_parts:
        whole, broken_down = needed_by(definitions)
        parts = broken_down | {definition.id for definition in definitions}
        own = own_figures(sources.partnership, sources.stamp.own, whole, parts, sources.national.children)
        found = tuple(_finding(definition, sources, own) for definition in definitions)
    else:
        own, found = sources.own, tuple(sources.finding(definition) for definition in definitions)
    return Evidence(found, sources.national.setting, sources.national.table, own.figures, sources.stamp.pack)


def _sources(stamp: Stamp, partnership: Partnership, definitions: Sequence[Definition]) -> _Sources:
    ids = [definition.id for definition in definitions]
    whole, broken_down = needed_by(definitions)
    national = national_of(partnership.area, _published_keys(definitions), stamp=stamp.pack)
    return _Sources(
        partnership=partnership,
        stamp=stamp,
        national=national,
        needed=(frozenset(whole), frozenset(broken_down)),
        ids=ids,
        targets=_by_indicator(Target.objects.filter(partnership=partnership, indicator__in=ids)),
    )


def _published_keys(definitions: Sequence[Definition]) -> set[str]:
    """What every page of an area reads is read and kept together, so that one page warms them all."""
    everyone = (*catalogue(), *definitions)
    return {definition.published.key for definition in everyone if definition.published}


def _by_indicator(rows: Iterable[Row]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row.indicator].append(row)
    return grouped


def _finding(definition: Definition, sources: _Sources, own: Own) -> Finding:
    returned = own.series(definition)
    national = sources.national.series(definition)
    series = national if _is_newer(national, returned) else returned
    last = series[-1] if series else None
    targets = sources.targets.get(definition.id, ())
    return Finding(
        definition=definition,
        series=series,
        returned=returned,
        published=national,
        shares=own.shares(definition),
        beside=sources.national.beside(definition, published_reading(definition).polarity),
        target=_target_for(definition, targets, last),
        targets=tuple(targets),
        remarks=sources,
    )


def _is_newer(national: Sequence[Observation], returned: Sequence[Observation]) -> bool:
    return bool(national) and (not returned or national[-1].period.end > returned[-1].period.end)


def _target_for(definition: Definition, targets: Sequence[Target], last: Observation | None) -> Target | None:
    """The target that held on the last day of the latest figure's period, else the one the definition brings.

    None for a published measure that is not quite the indicator: the target was not set for it. Rows come newest
    first.
    """
    if last is None or (last.origin is Origin.PUBLISHED and not (definition.published and definition.published.same)):
        return None
    day = last.period.end
    for target in targets:
        if target.starts_on <= day and (target.ends_on is None or day <= target.ends_on):
            return target
    return _brought_by(definition)


def _brought_by(definition: Definition) -> Target | None:
    """The target of law or guidance that stands in the definition, for a partnership that has set none."""
    default = definition.default_target
    if default is None:
        return None
    return Target(
        indicator=definition.id,
        value=default.value,
        tolerance=default.tolerance,
        starts_on=date.min,
        source=default.source,
    )
