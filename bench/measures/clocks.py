"""200,000 clocks: how long a run takes that tells of what has come due."""

from contextlib import ExitStack
from pathlib import Path

from ..child import Outcome, environment, run
from ..place import Place
from ..postgres import cluster
from ..report import Section, judged, mb, seconds, table

CLOCKS, COME = 200_000, 4_000
AIM = 20
COPIES = ("some", "all", "plain")
Row = tuple[str, ...]


def measure(place: Place) -> Section:
    """The section of clocks."""
    home = place.new_home("clocks")
    rows, aims = _on("SQLite", home, {name: environment("test", home / name) for name in COPIES})
    with ExitStack() as stack:
        addresses = {name: stack.enter_context(cluster()) for name in COPIES}
        if all(addresses.values()):
            home = place.new_home("clocks-postgresql")
            others = {name: environment("test", home / name, address or "") for name, address in addresses.items()}
            more_rows, more_aims = _on("PostgreSQL", home, others)
            rows, aims = rows + more_rows, aims + more_aims
    return Section(
        "Clocks that come due",
        (
            table(["Target", "Aim", "Measured", "Here"], aims),
            "Each clock keeps the moment at which something is to be said of it next, so a run looks at no other. The "
            "plain way reads every clock, and writes each message and each clock by itself, in one transaction. What "
            "PostgreSQL’s own processes worked is in the time alone.",
            table(["Database", "How", "Clocks told of", "Messages", "Time", "of it processor", "Peak memory"], rows),
        ),
    )


def _on(name: str, home: Path, copies: dict[str, dict[str, str]]) -> tuple[list[Row], list[Row]]:
    """The rows of both tables. Each copy is made the same way in a database of its own."""
    for copy, variables in copies.items():
        (home / copy).mkdir()
        made = run("clocks:make", variables, clocks=CLOCKS, come=COME)
    ours, again = run("clocks:run", copies["some"]), run("clocks:run", copies["some"])
    run("clocks:every_moment_has_come", copies["all"])
    worst, plain = run("clocks:run", copies["all"]), run("clocks:plain", copies["plain"])
    come = made.given["come"]
    if not come == ours.given["clocks"] == plain.given["clocks"] or ours.given != plain.given:
        raise RuntimeError(f"{come} had come, {ours.given} were told of, {plain.given} the plain way")
    aims: list[tuple[str, ...]] = [
        (f"{name}: run_clocks over {CLOCKS:,} clocks, {come:,} of them due", f"under {AIM} s", *_judged(ours)),
        (f"{name}: the same, with the moment of every one come at once", f"under {AIM} s", *_judged(worst)),
    ]
    rows = [
        _row(name, "**run_clocks**", ours),
        _row(name, "run_clocks again, nothing new", again),
        _row(name, "run_clocks, every moment come", worst),
        _row(name, "plain", plain),
    ]
    return rows, aims


def _judged(outcome: Outcome) -> tuple[str, str]:
    return seconds(outcome.seconds), judged(outcome.seconds < AIM)


def _row(name: str, how: str, outcome: Outcome) -> tuple[str, ...]:
    given = outcome.given
    numbers = f"{given['clocks']:,}", f"{given['messages']:,}"
    return (name, how, *numbers, seconds(outcome.seconds), seconds(outcome.worked), mb(outcome.peak_mb))
