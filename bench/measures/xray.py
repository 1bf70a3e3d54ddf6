"""Recommendations worded alike: how long it takes to lay each beside all earlier ones."""

from ..child import environment, run
from ..place import Place
from ..report import Section, mb, seconds, table

COUNTS = (500, 5000)


def measure(place: Place) -> Section:
    """The section of the plan's X-ray."""
    variables = environment("demo", place.new_home("xray"))
    rows = []
    for count in COUNTS:
        done = run("xray:recommendations", variables, count=count)
        rows.append((f"{count:,}", seconds(done.given["seconds"]), done.given["found"], mb(done.peak_mb)))
    return Section(
        "Recommendations worded alike",
        (
            "Each recommendation of a partnership laid beside every earlier one, in one process. They are invented: "
            "five to fourteen telling words each; a tenth repeat an earlier one with a word changed.",
            table(["Recommendations", "Time", "Pairs found", "Peak memory"], rows),
        ),
    )
