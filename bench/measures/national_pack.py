"""The national pack: how long its load takes, and what the plain ways would have taken."""

from collections.abc import Iterator

from ..child import Outcome, environment, run
from ..place import Place
from ..postgres import cluster
from ..report import Section, judged, mb, seconds, table

AIM = 30
SAMPLE = 5000
HEADINGS = ["Database", "How", "Rows", "Time", "of it processor", "Peak memory"]


def measure(place: Place) -> Section:
    """The section of the national pack."""
    sqlite = environment("test", place.new_home("pack-sqlite"))
    rows, times = _on("SQLite", sqlite)
    rows.append(_row("SQLite", "a bare file, no keys, no checks", _bare(place, sqlite)))
    with cluster() as address:
        if address:
            other = environment("test", place.new_home("pack-postgresql"), address)
            on_postgres, more = _on("PostgreSQL", other)
            copied = run("national_pack:copy_to_postgresql", other)
            rows += [*on_postgres, _row("PostgreSQL", "COPY to a bare table, no keys, no checks", copied)]
            times += more
    without = "" if len(times) > 1 else " PostgreSQL is not installed on this machine, so it was not measured."
    aims = [("the whole pack loaded", f"under {AIM} s", " and ".join(map(seconds, times)), judged(max(times) < AIM))]
    return Section(
        "The national pack into the database",
        (
            table(["Target", "Aim", "Measured", "Here"], aims),
            "Trefoil loads areas, values, populations, neighbours and ethnicity in one transaction, and its trail says "
            "so; the ways beside it load the values alone. The time of rows saved one by one is worked out from "
            f"{SAMPLE:,} rows, in one transaction too.{without}",
            table(HEADINGS, rows),
        ),
    )


def _on(name: str, variables: dict[str, str]) -> tuple[list[tuple[str, ...]], list[float]]:
    run("national_pack:prepare", variables)
    loaded = run("national_pack:load", variables)
    rows = [
        _row(name, "**Trefoil, everything**", loaded),
        _row(name, "Trefoil, the same pack again", run("national_pack:load", variables)),
        *_plain(name, variables, loaded.given),
    ]
    return rows, [loaded.seconds]


def _plain(name: str, variables: dict[str, str], whole: int) -> Iterator[tuple[str, ...]]:
    yield _row(name, "files read and parsed, nothing stored", run("national_pack:read_only", variables))
    yield _row(name, "model objects, bulk_create", run("national_pack:bulk_create", variables))
    single = run("national_pack:one_by_one", variables, rows=SAMPLE)
    scaled = single.given["seconds"] / single.given["rows"] * whole
    yield (name, "model objects saved one by one (scaled)", f"{whole:,}", seconds(scaled), "–", mb(single.peak_mb))


def _bare(place: Place, variables: dict[str, str]) -> Outcome:
    return run("national_pack:bare_sqlite", variables, path=str(place.new_home("pack-bare") / "bare.sqlite3"))


def _row(name: str, how: str, outcome: Outcome) -> tuple[str, ...]:
    return (name, how, f"{outcome.given:,}", seconds(outcome.seconds), seconds(outcome.worked), mb(outcome.peak_mb))
