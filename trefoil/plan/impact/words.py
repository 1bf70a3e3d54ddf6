"""What a shift says, in plain sentences and as a tag. Pure: no database."""

from trefoil.indicators.calculation.change import Direction
from trefoil.indicators.calculation.numerals import in_words
from trefoil.indicators.calculation.runs import SIDE_RUN, Rule, Run, Side
from trefoil.indicators.calculation.xmr import ENOUGH
from trefoil.indicators.evidence.readings import Reading

from .shift import Noise, Shift

TAGS = {
    Noise.LASTING: ("signal", "More than noise"),
    Noise.SIGNS: ("watch", "Signs of a change"),
    Noise.NOISE: ("steady", "No more than noise"),
    Noise.TOO_FEW_BEFORE: ("too_few", "Too few to say"),
    Noise.TOO_FEW_AFTER: ("too_few", "Too few to say"),
    Noise.NO_RANGE: ("too_few", "Cannot be told"),
    Noise.NO_FIGURES: ("too_few", "No figures"),
}
_GOOD = {Direction.BETTER: ", and better", Direction.WORSE: ", and worse"}


def shift_words(shift: Shift, reading: Reading) -> str:
    """Whether the change is more than noise, in one or two sentences."""
    if shift.noise is Noise.NO_FIGURES:
        return "No figure of this indicator has come, so nothing can be said."
    if shift.noise is Noise.NO_RANGE:
        return "This indicator counts up since April, so it has no usual range and a change cannot be told from noise."
    if shift.noise is Noise.TOO_FEW_BEFORE:
        return (
            f"Too few to say: there are {_figures(len(shift.before))} from before the change, and {ENOUGH} are needed."
        )
    if shift.noise is Noise.TOO_FEW_AFTER:
        return (
            f"Too few to say: {_have(len(shift.since))} come since the change, none of them outside what was usual "
            f"before. With {in_words(SIDE_RUN)} it can be told."
        )
    return f"{_told(shift)} {_levels(shift, reading)}"


def _told(shift: Shift) -> str:
    if shift.noise is Noise.NOISE:
        return f"No more than noise: the {_figures(len(shift.since))} since the change vary as those before did."
    good = _GOOD.get(shift.meaning or Direction.SAME, "")
    if shift.noise is Noise.LASTING:
        run = next(run for run in shift.runs if run.rule is Rule.RUN and run.last == len(shift.since) - 1)
        side = "above" if run.side is Side.HIGH else "below"
        return f"More than noise{good}: the last {_figures(run.last - run.first + 1)} all lie {side} the level before."
    return f"Signs of a change{good}, not lasting yet: {_sign(max(shift.runs, key=_last), shift)}."


def _last(run: Run) -> int:
    return run.last


def _sign(run: Run, shift: Shift) -> str:
    when = shift.since[run.last].period.label
    if run.rule is Rule.OUTSIDE:
        return f"{when} lies {'above' if run.side is Side.HIGH else 'below'} what was usual before"
    return f"{run.rule.describe(run.side, run.last - run.first + 1)} up to {when}"


def _levels(shift: Shift, reading: Reading) -> str:
    before = shift.limits_before.centre if shift.limits_before else None
    return f"Level before {reading.say(before, middle=True)}, since then {reading.say(shift.level_since, middle=True)}."


def _figures(number: int) -> str:
    return f"{in_words(number)} figure{'' if number == 1 else 's'}"


def _have(number: int) -> str:
    return f"{_figures(number)} {'has' if number == 1 else 'have'}"
