"""The yearly report as web page, Word and PDF: how long somebody waits for each."""

from ..child import run
from ..place import Place
from ..report import Section, judged, mb, seconds, table

MOST_SECONDS = 10
NAMES = {"html": "web page", "docx": "Word", "pdf": "tagged PDF"}


def measure(place: Place) -> Section:
    """The section of reports."""
    place.load_demo()
    made = run("reports:write", place.demo_variables)
    took, size = made.given["took"], made.given["size"]
    rows = [(name, f"{size[kind] / 1024:,.0f} KB", seconds(took[kind])) for kind, name in NAMES.items()]
    about = (
        f"The demo’s yearly report, lengthened with its own sections until it has ten pages or more: "
        f"{made.given['pages']}. The slowest of a process’s first writings; peak memory {mb(made.peak_mb)}."
    )
    whole = sum(took.values())
    aim = f"All three together took {seconds(whole)}; under {MOST_SECONDS} s: {judged(whole < MOST_SECONDS)}."
    return Section("The yearly report as files", (about, table(("File", "Size", "took"), rows), aim))
