"""Recommendations worded alike: how long it takes to lay each beside all earlier ones."""

from ..child import Outcome, environment, run
from ..place import Place
from ..report import Section, judged, mb, seconds, table

COUNTS = (500, 5000)
AIM = 5


def measure(place: Place) -> Section:
    """The section of the plan's X-ray."""
    variables = environment("demo", place.new_home("xray"))
    rows = []
    for count in COUNTS:
        done = run("xray:recommendations", variables, count=count)
        rows.append(("**Trefoil**", f"{count:,}", *_numbers(done)))
    plain = run("xray:plain", variables, count=COUNTS[0])
    rows.append(("plain", f"{COUNTS[0]:,}", *_numbers(plain)))
    target = (f"{COUNTS[-1]:,} recommendations", f"under {AIM} s of processor", rows[1][3], judged(done.worked < AIM))
    return Section(
        "Recommendations worded alike",
        (
            table(["Target", "Aim", "Measured", "Here"], [target]),
            "Each recommendation of a partnership laid beside every earlier one, in one process. They are invented: "
            "five to fourteen telling words each; a tenth repeat an earlier one with a word changed. The plain way "
            "compares whole texts, each with every earlier one until one is alike: the words that every "
            "recommendation is made of make far too many alike, and its time grows with the square of their number.",
            table(["How", "Recommendations", "Time", "of it processor", "Pairs found", "Peak memory"], rows),
        ),
    )


def _numbers(done: Outcome) -> tuple[str, ...]:
    return seconds(done.seconds), seconds(done.worked), f"{done.given['found']:,}", mb(done.peak_mb)
