"""A return of 5,000 rows: how long an agency waits until every row is checked."""

from ..child import Outcome, environment, run
from ..place import Place
from ..report import Section, judged, mb, seconds, table

ROWS = 5000
AIM = 1


def measure(place: Place) -> Section:
    """The section of the return."""
    home = place.new_home("return")
    variables = environment("test", home)
    files = run("returns:make", variables, folder=str(home), rows=ROWS).given
    ours = {kind: run("returns:check", variables, path=path) for kind, path in files.items()}
    plain = {kind: run("returns:plain", variables, path=path) for kind, path in files.items()}
    slowest = max(one.seconds for one in ours.values())
    aims = [(f"{ROWS:,} rows checked", f"under {AIM} s", seconds(slowest), judged(slowest < AIM))]
    return Section(
        "A return of 5,000 rows checked",
        (
            table(["Target", "Aim", "Measured", "Here"], aims),
            "Trefoil opens the file safely, recognises its shape, checks every row and compares figures. "
            "The plain way reads it with the csv module or with openpyxl as it comes, and puts each row through a "
            "pydantic model with the same fields; it compares nothing, and does not say what was expected.",
            table(
                ["File", "How", "Rows", "Time", "of it processor", "Peak memory"],
                [
                    _row(kind, how, one[kind])
                    for kind in files
                    for how, one in (("**Trefoil**", ours), ("plain", plain))
                ],
            ),
        ),
    )


def _row(kind: str, how: str, outcome: Outcome) -> tuple[str, ...]:
    rows = outcome.given["rows"]
    if rows != ROWS:
        raise RuntimeError(f"{how} read {rows} rows of the {kind} file")
    return (kind.upper(), how, f"{rows:,}", seconds(outcome.seconds), seconds(outcome.worked), mb(outcome.peak_mb))
