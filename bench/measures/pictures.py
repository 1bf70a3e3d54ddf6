"""Charts and the pack as PDF: how long they take to draw, and to give again."""

from ..child import run
from ..place import Place
from ..report import Section, mb, ms, quantile, table

CHARTS = 60


def measure(place: Place) -> Section:
    """The section of pictures and documents."""
    place.load_demo()
    charts = run("pictures:charts", place.demo_variables, most=CHARTS)
    names = {
        "first": "first SVG of a process",
        "following": "each following SVG",
        "kept": "an SVG that was drawn before",
        "png": "PNG for a document",
    }
    rows = [
        (names[kind], len(times), ms(quantile(times, 0.5)), ms(quantile(times, 0.95)))
        for kind, times in charts.given.items()
    ]
    return Section(
        "Charts and documents",
        (
            f"Milliseconds, in one process of the demo; peak memory {mb(charts.peak_mb)}.",
            table(["Picture", "Number", "median", "95th percentile"], rows),
            *_pack(place),
        ),
    )


def _pack(place: Place) -> list[str]:
    made = run("pictures:pack", place.demo_variables)
    if made.given is None:
        return []
    rows = [
        (name, f"{one['bytes'] / 1024:,.0f} KB", f"{one['first'] / 1000:.2f} s", f"{one['again'] / 1000:.2f} s")
        for name, one in made.given.items()
    ]
    words = f"The whole pack as PDF, asked for as a page; peak memory {mb(made.peak_mb)}."
    return [words, table(["Partnership", "Size", "the first time", "again"], rows)]
