"""The job: what becomes of a file, and that none of it stays where it should not."""

from datetime import datetime
from pathlib import Path

from tests.extracts.room.loaded import loaded, settle_localities, tables
from tests.world import World
from trefoil.extracts import spool
from trefoil.extracts.enums import ExtractState
from trefoil.extracts.storing import stored_folder


def test_run_stores_an_extract_counts_it_and_leaves_no_raw_file(world: World, now: datetime, tmp_path: Path) -> None:
    settle_localities(world, now=now)
    extract = loaded(world, tables(), tmp_path, now=now)
    assert (extract.state, extract.progress) == (ExtractState.STORED, 100)
    assert extract.rows["ssd_contacts"] == 12
    assert {path.name for path in stored_folder(extract).iterdir()} >= {
        "manifest.json",
        "figures.parquet",
        "journeys.parquet",
        "ssd_contacts.parquet",
    }
    assert spool.folders() == []
    moves = list(extract.moves.values_list("to_state", flat=True))
    assert moves == ["received", "checking", "stored"]
