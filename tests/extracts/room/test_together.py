"""Several extracts of one area: each measure from the newest that can say it, and the pages say which that is."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings
from django.test import Client

from tests.extracts.room.grouped import group_children, with_groups
from tests.extracts.room.loaded import stored_copy, tables, write
from tests.world import World
from trefoil.extracts.figures_file import FIGURES, SCHEMA
from trefoil.extracts.intake import Context, read_extract
from trefoil.extracts.models import Extract
from trefoil.extracts.storing import stored_folder, withdraw
from trefoil.extracts.together import compute_together, newest_together
from trefoil.people.models import Person

ClientFor = Callable[[Person], Client]
JULY = date(2026, 7, 31)


def without(extract: Extract, indicator: str) -> None:
    """Takes the figures of one measure out of a stored extract."""
    rows = pq.read_table(stored_folder(extract) / FIGURES).to_pylist()
    left = [row for row in rows if row["indicator"] != indicator]
    pq.write_table(pa.Table.from_pylist(left, SCHEMA), stored_folder(extract) / FIGURES)


def two(world: World, *, now: datetime) -> tuple[Extract, Extract]:
    """An older extract that gives all, and a newer one that does not give referrals."""
    older = stored_copy(world, now=now - timedelta(days=90), as_at=JULY)
    newer = stored_copy(world, now=now)
    without(newer, "FD12")
    return older, newer


def test_newest_together_takes_each_measure_from_the_first_that_gives_it(world: World, now: datetime) -> None:
    older, newer = two(world, now=now)
    found = newest_together([newer, older], "month")
    assert {id_: one.extract for id_, one in found.items()} == {"FD01": newer, "FD12": older}


def test_figures_say_which_extract_each_came_from(world: World, now: datetime, client_for: ClientFor) -> None:
    older, newer = two(world, now=now)
    client = client_for(world.manager)
    page = client.get("/fairmead/extracts/figures/").content.decode()
    assert "2 measures, each from the newest of 2 extracts that can say it." in page
    for id_, extract in (("FD01", newer), ("FD12", older)):
        assert re.search(rf"figures/{id_}/\?kind=month\".*?data-label=\"From\"><a[^>]*/extracts/{extract.pk}/\"", page)
    one = client.get("/fairmead/extracts/figures/FD12/").content.decode()
    assert "From the Standard Safeguarding Dataset, as at 31 July 2026" in one
    alone = client.get(f"/fairmead/extracts/figures/?extract={newer.pk}").content.decode()
    assert "1 measure, worked out from the extract taken on 31 October 2026." in alone


def test_disproportionality_takes_the_newest_extract_that_gives_groups(
    world: World, now: datetime, client_for: ClientFor
) -> None:
    older, _ = two(world, now=now)
    with_groups(older)
    group_children(world, now=now)
    page = client_for(world.manager).get("/fairmead/extracts/groups/FD12/").content.decode()
    assert "From Standard Safeguarding Dataset, as at 31 July 2026" in page


def test_journey_is_of_the_newest_extract_that_says_anything_of_it(
    world: World, now: datetime, client_for: ClientFor
) -> None:
    older, newer = two(world, now=now)
    (stored_folder(newer) / "journeys.parquet").unlink()
    page = client_for(world.manager).get("/fairmead/extracts/journey/").content.decode()
    assert "twelve months to 31 July 2026" in page
    assert older.as_at == JULY


def test_compute_together_counts_each_measure_once(world: World, now: datetime, tmp_path: Path) -> None:
    older = stored_copy(world, now=now - timedelta(days=9))
    newer = stored_copy(world, now=now)
    withdraw(newer)
    found = tables()
    contacts = {name: found[name] for name in ("ssd_person", "ssd_contacts")}
    context = Context(area="X99000001", as_at=newer.as_at, key=b"k" * 32)
    with read_extract(write(tmp_path / "contacts", contacts), shape="ssd", context=context) as intake:
        intake.store(Path(settings.EXTRACT_STORE), newer.folder)
    counted = compute_together(
        [newer, older],
        as_at=newer.as_at,
        backend="duckdb",
        breakdowns=(),
        kinds=("month",),
        months=12,
        populations={},
        plans=tmp_path / "plans",
        indicators={"FD01", "FD12"},
    )
    assert counted.sources == {newer: 1, older: 1}
    rows = [(row["indicator"], row["period"]) for row in counted.results.rows() if not row["breakdown"]]
    assert len(rows) == len(set(rows))
    assert {indicator for indicator, _ in rows} == {"FD01", "FD12"}
