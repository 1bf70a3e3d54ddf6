"""The pages of governance in a large installation, with twenty readers at once, on each database."""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..child import Outcome, environment, run
from ..place import Place, trefoil
from ..postgres import cluster
from ..report import Section, judged, mb, ms, quantile, seconds, table
from ..serving import Reader, Visit, peak_memory_of_children, processor_seconds_of_children, server, together

READERS = 20
ROUNDS = 4
TIMES = 7
PARTNERSHIPS, GROUPS, ACTIONS, CLOCKS = 33, 1000, 50_000, 200_000
PAUSE = (0.5, 1.5)
MOST_MS = 100
MOST_QUERIES = 12
# Those that everybody opens all day; the others are measured beside them and have no aim of their own.
OPENED_ALL_DAY = ("My work", "Home", "Calendar", "Plan")
PLAIN = {"calendar": "A month of the calendar", "owes": "What agencies owe", "words": "Actions with a word"}


@dataclass(frozen=True)
class Measured:
    """One database: how it was built, each page by itself, with many readers, and beside the plain ways."""

    name: str
    built: Outcome
    alone: list[dict[str, Any]]
    flat_out: list[Visit]
    unhurried: list[Visit]
    worked_ms: float
    peaks: list[float]
    beside: list[tuple[str, ...]]


def measure(place: Place) -> Section:
    """The section of governance."""
    found = [_measured(*database) for database in _databases(place)]
    held = found[0].built.given
    how_built = " and ".join(f"{seconds(one.built.seconds)} on {one.name}" for one in found)
    return Section(
        "My work, the calendar and the plan in a large installation",
        (
            table(["Target", "Aim", "Measured", "Here"], [row for one in found for row in _verdict(one)]),
            f"{PARTNERSHIPS} partnerships with {held['groups']:,} groups, {held['meetings']:,} meetings, "
            f"{held['actions']:,} actions with {held['moves']:,} moves and {held['clocks']:,} clocks in one database, "
            f"made by bulk inserts in {how_built}. The first partnership holds a fifth of all that, far more than a "
            f"real one. All {READERS} readers work in it: its business manager, and {READERS - 1} safeguarding leads "
            f"of its ten agencies. Served as `make demo` serves; {ROUNDS} rounds of each page in an order of their "
            "own. Server time in milliseconds; a busy machine makes it longer, so what the processor worked stands "
            "beside it.",
            *(part for one in found for part in _parts(one)),
        ),
    )


def _databases(place: Place) -> Iterator[tuple[str, Path, dict[str, str]]]:
    home = place.new_home("governance")
    yield "SQLite", home, environment("demo", home)
    with cluster() as address:
        if address:
            home = place.new_home("governance-postgresql")
            yield "PostgreSQL", home, environment("demo", home, address)


def _measured(name: str, home: Path, variables: dict[str, str]) -> Measured:
    sizes = {"partnerships": PARTNERSHIPS, "groups": GROUPS, "actions": ACTIONS, "clocks": CLOCKS}
    built = run("governance:build", variables, **sizes)
    trefoil(home, "collectstatic", "--noinput", "--verbosity", "0")
    alone = run("governance:one_by_one", variables, times=TIMES).given
    accounts = run("governance:readers", variables, number=READERS).given
    with server(variables) as (port, process):
        people = [Reader(port, account["pk"], account["pages"]) for account in accounts]
        for person in people:
            person.sign_in()
            person.walk(person.pages)
        before = processor_seconds_of_children(process)
        flat_out = together(people, _walks(people), (0, 0))
        worked = (processor_seconds_of_children(process) - before) * 1000 / len(flat_out)
        unhurried = together(people, _walks(people), PAUSE)
        peaks = peak_memory_of_children(process)
    beside = [row for task, words in PLAIN.items() for row in _beside(task, words, variables)]
    return Measured(name, built, alone, flat_out, unhurried, worked, peaks, beside)


def _beside(task: str, words: str, variables: dict[str, str]) -> Iterator[tuple[str, ...]]:
    """Trefoil's way and the plain way, which must find the same."""
    ours = run(f"governance_plain:{task}", variables, times=TIMES)
    plain = run(f"governance_plain:{task}_plain", variables, times=TIMES)
    if ours.given["found"] != plain.given["found"]:
        raise RuntimeError(f"{task}: {ours.given['found']} found, {plain.given['found']} the plain way")
    for how, one in (("**Trefoil**", ours), ("plain", plain)):
        yield words, how, ms(one.given["ms"]), ms(one.given["worked"]), mb(one.peak_mb)


def _walks(people: Sequence[Reader]) -> list[list[tuple[str, str]]]:
    chance = random.Random(21)  # noqa: S311  an order of pages, no secret
    return [chance.sample(person.pages * ROUNDS, len(person.pages) * ROUNDS) for person in people]


def _failed(visits: Sequence[Visit]) -> int:
    return sum(visit.status != 200 for visit in visits)


def _kinds(visits: Sequence[Visit]) -> dict[str, list[float]]:
    kinds: dict[str, list[float]] = defaultdict(list)
    for visit in visits:
        kinds[visit.kind].append(visit.server_ms)
    return kinds


def _verdict(one: Measured) -> Iterator[tuple[str, ...]]:
    for words, visits in (("as people read", one.unhurried), ("flat out", one.flat_out)):
        times = {kind: quantile(times, 0.95) for kind, times in _kinds(visits).items()}
        slowest, kind = max((at, kind) for kind, at in times.items() if kind.startswith(OPENED_ALL_DAY))
        aim = (
            f"{one.name}, {words}: my work, the calendar and the plan, 95th percentile of the slowest of them ({kind})"
        )
        yield aim, f"under {MOST_MS} ms", f"{ms(slowest)} ms", judged(slowest < MOST_MS)
        at, kind = max((at, kind) for kind, at in times.items())
        yield f"{one.name}, {words}: the slowest page of all ({kind})", "–", f"{ms(at)} ms", "–"
    queries = max(page["queries"] for page in one.alone if page["kind"] != "X-ray")
    aim = f"{one.name}, most queries of any page"
    yield aim, f"at most {MOST_QUERIES}", str(queries), judged(queries <= MOST_QUERIES)


def _parts(one: Measured) -> Iterator[str]:
    peaks = ", ".join(map(mb, one.peaks))
    yield (
        f"**{one.name}, flat out**: {len(one.flat_out):,} answers, {_failed(one.flat_out)} failed. The server’s "
        f"processes worked {ms(one.worked_ms)} ms for each; their peak memory: {peaks}."
    )
    yield _by_kind(one.flat_out)
    yield (
        f"**{one.name}, as people read**: {PAUSE[0]} to {PAUSE[1]} seconds between pages. {len(one.unhurried):,} "
        f"answers, {_failed(one.unhurried)} failed."
    )
    yield _by_kind(one.unhurried)
    yield f"**{one.name}, one by one**, in one process without a network (median of {TIMES}; the X-ray once)."
    yield table(
        ["Page", "Who", "Time", "of it this processor", "Queries", "Size"],
        [
            (page["kind"], page["who"], ms(page["ms"]), ms(page["worked"]), page["queries"], f"{page['kb']:.0f} kB")
            for page in one.alone
        ],
    )
    yield (
        f"**{one.name}, beside the plain way**: read every row of the partnership that the page is about as an "
        f"object, and count and sort here. Both find the same. Without the page around it (median of {TIMES})."
    )
    yield table(["What", "How", "Time", "of it this processor", "Peak memory"], one.beside)


def _by_kind(visits: Sequence[Visit]) -> str:
    rows = [
        (kind, str(len(times)), *(ms(quantile(times, part)) for part in (0.5, 0.95, 0.99)))
        for kind, times in sorted(_kinds(visits).items())
    ]
    return table(["Page", "Answers", "p50", "p95", "p99"], rows)
