"""What a definition says, in words: the same on its page and in a download. Pure: no database."""

from .calculation.numerals import listed
from .calculation.polarity import Polarity
from .catalogue.schema import Definition
from .catalogue.vocabulary import Comparator, Frequency, Timing, Unit

_WAYS = {
    Polarity.HIGHER: "Higher is better",
    Polarity.LOWER: "Lower is better",
    Polarity.MONITOR: "Neither: it is watched, and a rise or fall has to be understood",
    Polarity.CONTEXT: "Neither: it describes the area",
}
_TIMINGS = {
    Timing.FLOW: "what happened in the period",
    Timing.SNAPSHOT: "the position on the last day",
    Timing.CUMULATIVE: "the total since April",
    Timing.ROLLING: "the last 12 months",
}
_UNITS = {
    Unit.COUNT: "A number",
    Unit.PERCENT: "A percentage",
    Unit.PER_10000: "A rate for every 10,000",
    Unit.PER_100000: "A rate for every 100,000",
    Unit.PER_1000: "A rate for every 1,000",
    Unit.DAYS: "Days",
    Unit.WEEKS: "Weeks",
    Unit.NUMBER: "An average",
    Unit.RATIO: "A ratio: the first number for each one of the second",
    Unit.SCORE: "A score",
    Unit.GBP: "Pounds",
}
_COMPARATORS = {
    Comparator.OWN_TREND: "the area's own earlier figures",
    Comparator.STATISTICAL_NEIGHBOURS: "statistical neighbours",
    Comparator.REGION: "the region",
    Comparator.ENGLAND: "England",
    Comparator.TARGET: "a target",
    Comparator.LOCAL: "the area's own agencies and services",
}


def way_in_words(definition: Definition) -> str:
    """Which way is good: `Higher is better`."""
    return _WAYS[definition.polarity]


def often_in_words(definition: Definition) -> str:
    """How often, and which time a figure covers: `Monthly, the position on the last day`."""
    per_event = definition.frequency is Frequency.PER_EVENT
    often = "When it happens" if per_event else definition.frequency.value.capitalize()
    return f"{often}, {_TIMINGS[definition.timing]}"


def unit_in_words(definition: Definition) -> str:
    """What a value is measured in: `A percentage`."""
    return _UNITS[definition.unit]


def beside_in_words(definition: Definition) -> str:
    """What its figures are laid beside: `The area's own earlier figures and a target`."""
    words = listed([_COMPARATORS[one] for one in definition.comparators])
    return words[:1].upper() + words[1:]
