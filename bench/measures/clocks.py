"""200,000 clocks: how long a run takes that tells of what has come due."""

from ..child import Outcome, environment, run
from ..place import Place
from ..report import Section, judged, mb, seconds, table

CLOCKS, COME = 200_000, 4_000
AIM = 20


def measure(place: Place) -> Section:
    """The section of clocks."""
    home = place.new_home("clocks")
    made = run("clocks:make", environment("test", home), folder=str(home), clocks=CLOCKS, come=COME)
    ours = run("clocks:run", environment("test", home))
    again = run("clocks:run", environment("test", home))
    every = environment("test", home / "all")
    run("clocks:every_moment_has_come", every)
    worst = run("clocks:run", every)
    plain = run("clocks:plain", environment("test", home / "plain"))
    come = made.given["come"]
    if not come == ours.given["clocks"] == plain.given["clocks"] or ours.given != plain.given:
        raise RuntimeError(f"{come} had come, {ours.given} were told of, {plain.given} the plain way")
    aims = [
        (f"run_clocks over {CLOCKS:,} clocks, {come:,} of them due", f"under {AIM} s", *_judged(ours)),
        ("the same, with the moment of every one come at once", f"under {AIM} s", *_judged(worst)),
    ]
    return Section(
        "Clocks that come due",
        (
            table(["Target", "Aim", "Measured", "Here"], aims),
            "Each clock keeps the moment at which something is to be said of it next, so a run looks at no other. The "
            "plain way reads every clock, and writes each message and each clock by itself, in one transaction. SQLite "
            "alone. "
            f"Making the clocks, each worked out from its rule, took {seconds(made.seconds)}.",
            table(
                ["How", "Clocks told of", "Messages", "Time", "of it processor", "Peak memory"],
                [
                    _row("**run_clocks**", ours),
                    _row("run_clocks again, nothing new", again),
                    _row("run_clocks, every moment come", worst),
                    _row("plain", plain),
                ],
            ),
        ),
    )


def _judged(outcome: Outcome) -> tuple[str, str]:
    return seconds(outcome.seconds), judged(outcome.seconds < AIM)


def _row(how: str, outcome: Outcome) -> tuple[str, ...]:
    given = outcome.given
    numbers = f"{given['clocks']:,}", f"{given['messages']:,}"
    return (how, *numbers, seconds(outcome.seconds), seconds(outcome.worked), mb(outcome.peak_mb))
