"""What one partnership's agencies have handed in, read once and kept until a figure or a return's status changes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from trefoil.people.models import Partnership

from ..catalogue.schema import Definition
from .kept import kept
from .observations import Observation, main_series
from .parts import Shares, shares_of
from .returned import Figures, observations_of, read_figures
from .stamps import Rows


@dataclass
class Own:
    """Figures as they were returned; rows and shares of an indicator are worked out once and kept with them."""

    figures: Figures
    children: Mapping[int, int]
    _series: dict[str, tuple[Observation, ...]] = field(default_factory=dict)
    _shares: dict[str, Shares | None] = field(default_factory=dict)

    def series(self, definition: Definition) -> tuple[Observation, ...]:
        """The figures of one kind of period, oldest first."""
        if definition.id not in self._series:
            found = observations_of(definition, self.figures, populations=self.children)
            self._series[definition.id] = tuple(main_series(found))
        return self._series[definition.id]

    def shares(self, definition: Definition) -> Shares | None:
        """The shares of an indicator without a value of its own."""
        if definition.id not in self._shares:
            self._shares[definition.id] = shares_of(definition, self.figures)
        return self._shares[definition.id]


def own_figures(
    partnership: Partnership, stamp: Rows, whole: Iterable[str], broken_down: Iterable[str], children: Mapping[int, int]
) -> Own:
    """The partnership's figures for these indicators. One query when something has changed, else none."""
    people = tuple(sorted(children.items()))
    return _kept_own(partnership, stamp, frozenset(whole), frozenset(broken_down), people)


@kept(128)
def _kept_own(
    partnership: Partnership,
    _stamp: Rows,
    whole: frozenset[str],
    broken_down: frozenset[str],
    people: tuple[tuple[int, int], ...],
) -> Own:
    return Own(read_figures(partnership, set(whole), set(broken_down)), dict(people))
