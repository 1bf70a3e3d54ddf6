"""How a figure is read: its unit, which way is good, its decimals. A published figure is read in its own way.

The nationally published measure that stands nearest to an indicator may be a percentage where the indicator is a
count, or count those out of touch where the indicator counts those in touch. Its own facts then hold.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from ..calculation.polarity import Polarity
from ..calculation.ratios import round_half_up
from ..catalogue.schema import Definition
from ..catalogue.vocabulary import PublishedDataset, Timing, Unit
from ..national import figures as national
from ..national.reader import read_measures

_AFTER = {
    Unit.PER_10000: "per 10,000",
    Unit.PER_100000: "per 100,000",
    Unit.PER_1000: "per 1,000",
    Unit.DAYS: "days",
    Unit.WEEKS: "weeks",
}
_NAMES = {Unit.COUNT: "number", Unit.PERCENT: "%", Unit.NUMBER: "average", Unit.GBP: "pounds"}
_WAYS = {national.Polarity.HIGH: Polarity.HIGHER, national.Polarity.LOW: Polarity.LOWER}


@dataclass(frozen=True, slots=True)
class Reading:
    """Unit, polarity and decimal places of a row of figures."""

    unit: Unit
    polarity: Polarity
    places: int
    adds_up_since_april: bool = False

    @property
    def after(self) -> str:
        """The words that follow a figure: `per 10,000`, `days`; empty for counts and percentages."""
        return _AFTER.get(self.unit, "")

    @property
    def unit_name(self) -> str:
        """The unit for a chart: `%`, `number`, `per 10,000`."""
        return _NAMES.get(self.unit) or self.after or self.unit.value

    def rounded(self, value: Decimal, *, middle: bool = False) -> Decimal:
        """To the decimals of the measure. A mean or median (`middle`) of whole percentages keeps one decimal."""
        places = self.places
        if middle and self.unit is not Unit.COUNT:
            places = max(places, 1)
        return round_half_up(value, places)

    def say(self, value: Decimal | None, *, middle: bool = False) -> str:
        """A figure in words: `82.8%`, `1,234`, `293.1 per 10,000`; empty for none."""
        if value is None:
            return ""
        return f"{self.bare(value, middle=middle)} {self.after}".rstrip()

    def bare(self, value: Decimal | None, *, middle: bool = False) -> str:
        """The same without the words after it: `82.8%`, `293.1`."""
        if value is None:
            return ""
        number = f"{self.rounded(value, middle=middle):,f}"
        if self.unit is Unit.GBP:
            return f"£{number}"
        return f"{number}%" if self.unit is Unit.PERCENT else number


def reading_of(definition: Definition) -> Reading:
    """How figures that agencies return for it are read."""
    adds_up = definition.timing is Timing.CUMULATIVE
    return Reading(definition.unit, definition.polarity, definition.decimal_places, adds_up)


def published_reading(definition: Definition) -> Reading:
    """How its nationally published figures are read: the same measure judged as the definition judges it."""
    own = replace(reading_of(definition), adds_up_since_april=False)
    if definition.published is None or definition.published.dataset is not PublishedDataset.LAIT:
        return own
    measure = _measures().get(definition.published.measure)
    if measure is None:
        return own
    polarity = own.polarity
    if not definition.published.same and polarity.judges:
        polarity = _WAYS.get(measure.polarity, polarity)
    return Reading(_unit(measure.unit, own.unit), polarity, measure.places)


def published_title(definition: Definition) -> str:
    """What the publisher calls the measure; empty where the pack does not say."""
    measure = _measures().get(definition.published.measure) if definition.published else None
    return measure.title if measure else ""


@cache
def _measures() -> dict[str, national.Measure]:
    """The dictionary that comes with the pack, read once."""
    return {measure.code: measure for measure in read_measures()}


def _unit(words: str, otherwise: Unit) -> Unit:
    """The publisher's words for a unit, in ours."""
    if words.startswith("%"):
        return Unit.PERCENT
    if words.startswith("Number"):
        return Unit.COUNT
    if "100,000" in words:
        return Unit.PER_100000
    return Unit.PER_10000 if "10,000" in words else otherwise
