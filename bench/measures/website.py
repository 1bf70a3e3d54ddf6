"""The public site of the demo: how long it takes to build, and two hundred readers at once."""

from ..child import run
from ..place import Place
from ..report import Section, judged, ms, quantile, seconds, table
from ..serving import processor_seconds_of_children, server

READERS = 200
SECONDS = 8
PAGES_A_SECOND = 300


def measure(place: Place) -> Section:
    """The section of the site."""
    place.load_demo()
    built = run("website:build", place.demo_variables).given
    with server(place.demo_variables) as (port, process):
        run("website:read", place.demo_variables, port=port, pages=built["pages"], readers=4, seconds=1)
        before = processor_seconds_of_children(process)
        done = run(
            "website:read", place.demo_variables, port=port, pages=built["pages"], readers=READERS, seconds=SECONDS
        ).given
        worked = processor_seconds_of_children(process) - before
    waited = done["waited"]
    speed = len(waited) / done["seconds"]
    rows = [
        (f"{speed:.0f}", ms(quantile(waited, 0.5)), ms(quantile(waited, 0.95)), ms(max(waited)), done["wrong"]),
    ]
    about = (
        f"{READERS} readers at once, each page after page over a connection of its own, for {SECONDS} s, at the site's "
        f"own host name. They come from the same machine, so its processors serve and ask. {len(built['pages'])} "
        f"pages of {built['kilobytes']:.1f} kB each as they are sent, packed."
    )
    work = f"The server worked {worked / len(waited) * 1000:.2f} ms for each page."
    aim = f"Over {PAGES_A_SECOND} pages a second: {judged(speed > PAGES_A_SECOND)}."
    building = [
        ("with Word and PDF of every edition", seconds(built["first"])),
        ("after a change of words", seconds(built["changed"])),
        ("when nothing public changed", seconds(built["nothing"])),
    ]
    return Section(
        "The public site",
        (
            about,
            table(("pages a second", "half waited ms", "19 in 20 waited ms", "longest ms", "wrong answers"), rows),
            f"{aim} {work}",
            table(("building the site", "took"), building),
        ),
    )
