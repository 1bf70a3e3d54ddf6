"""My work, the calendar and the plan in a large installation, with twenty readers at once."""

import random
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from ..child import environment, run
from ..place import Place, trefoil
from ..report import Section, judged, ms, quantile, seconds, table
from ..serving import Reader, Visit, server, together

READERS = 20
ROUNDS = 5
TIMES = 7
PARTNERSHIPS, GROUPS, ACTIONS, CLOCKS = 33, 1000, 50_000, 200_000
PAUSE = (0.5, 1.5)
MOST_MS = 100
MOST_QUERIES = 12


def measure(place: Place) -> Section:
    """The section of governance."""
    home = place.new_home("governance")
    variables = environment("demo", home)
    sizes = {"partnerships": PARTNERSHIPS, "groups": GROUPS, "actions": ACTIONS, "clocks": CLOCKS}
    built = run("governance:build", variables, **sizes)
    trefoil(home, "collectstatic", "--noinput", "--verbosity", "0")
    alone = run("governance:one_by_one", variables, times=TIMES).given
    accounts = run("governance:readers", variables, number=READERS).given
    with server(variables) as (port, _process):
        people = [Reader(port, account["pk"], account["pages"]) for account in accounts]
        for person in people:
            person.sign_in()
            person.walk(person.pages)
        flat_out = together(people, _walks(people), (0, 0))
        unhurried = together(people, _walks(people), PAUSE)
    held = built.given
    return Section(
        "My work, the calendar and the plan in a large installation",
        (
            _verdict(flat_out, unhurried, alone),
            f"{PARTNERSHIPS} partnerships with {held['groups']:,} groups, {held['meetings']:,} meetings, "
            f"{held['actions']:,} actions and {held['clocks']:,} clocks in one SQLite database, made by bulk inserts "
            f"in {seconds(built.seconds)}. The first partnership holds a fifth of all that, far more than a real one. "
            f"All {READERS} readers work in it: its business manager, and {READERS - 1} safeguarding leads of its "
            f"ten agencies. Served as `make demo` serves; {ROUNDS} rounds of each page in an order of their own. "
            "Server time in milliseconds.",
            f"**Flat out**: {len(flat_out):,} answers, {_failed(flat_out)} failed.",
            _by_kind(flat_out),
            f"**As people read**: {PAUSE[0]} to {PAUSE[1]} seconds between pages. {len(unhurried):,} answers, "
            f"{_failed(unhurried)} failed.",
            _by_kind(unhurried),
            f"**One by one, in one process without a network** (median of {TIMES}).",
            table(
                ["Page", "Who", "Time", "Queries"],
                [(one["kind"], one["who"], ms(one["ms"]), one["queries"]) for one in alone],
            ),
        ),
    )


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


def _verdict(flat_out: Sequence[Visit], unhurried: Sequence[Visit], alone: Sequence[dict[str, Any]]) -> str:
    rows = []
    for words, visits in (("as people read", unhurried), ("flat out", flat_out)):
        slowest = max(quantile(times, 0.95) for times in _kinds(visits).values())
        aim = f"{words}, 95th percentile of the slowest page"
        rows.append((aim, f"under {MOST_MS} ms", f"{ms(slowest)} ms", judged(slowest < MOST_MS)))
    queries = max(one["queries"] for one in alone)
    rows.append(("most queries of any page", f"at most {MOST_QUERIES}", str(queries), judged(queries <= MOST_QUERIES)))
    return table(["Target", "Aim", "Measured", "Here"], rows)


def _by_kind(visits: Sequence[Visit]) -> str:
    rows = [
        (kind, str(len(times)), *(ms(quantile(times, part)) for part in (0.5, 0.95, 0.99)))
        for kind, times in sorted(_kinds(visits).items())
    ]
    return table(["Page", "Answers", "p50", "p95", "p99"], rows)
