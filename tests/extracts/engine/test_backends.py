"""What DuckDB is given to work with."""

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from trefoil.extracts.engine import backends
from trefoil.extracts.engine.backends import AreaFile, DuckDB


def _file(folder: Path, number: int) -> AreaFile:
    path = folder / f"{number}.parquet"
    pq.write_table(pa.table({"area": ["E09000003"] * 3, "child": [1, 2, number]}), path)
    return AreaFile(number, "E09000003", path)


def _threads(backend: DuckDB) -> int:
    found: int = backend.fetch("SELECT current_setting('threads') AS threads")["threads"][0].as_py()
    return found


def test_open_parquet_of_a_small_extract_keeps_to_one_thread(tmp_path: Path) -> None:
    backend = DuckDB()
    backend.open_parquet("few", [_file(tmp_path, 0)], ["area", "child"])

    assert _threads(backend) == 1


def test_open_parquet_of_much_lets_every_core_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [_file(tmp_path, number) for number in range(4)]
    size = sum(one.path.stat().st_size for one in files)
    monkeypatch.setattr(backends, "_WORTH_SHARING", size)
    backend = DuckDB()
    backend.open_parquet("boroughs", files[:3], ["area", "child"])
    before = _threads(backend)
    backend.open_parquet("others", files[3:], ["area", "child"])
    with duckdb.connect() as untouched:
        (every,) = untouched.execute("SELECT current_setting('threads')").fetchone() or (0,)

    assert (before, _threads(backend)) == (1, every)
    areas = backend.fetch("SELECT area FROM boroughs ORDER BY area")["area"].to_pylist()
    assert areas == [0, 0, 0, 1, 1, 1, 2, 2, 2]


def test_a_name_may_stand_for_a_file_after_an_empty_table_and_the_other_way_round(tmp_path: Path) -> None:
    """So it is where extracts of two kinds are counted one after the other: each has tables that the other has not."""
    backend, none = DuckDB(), pa.table({"area": pa.array([], pa.int16()), "child": pa.array([], pa.int64())})
    seen = []
    for lay in (0, 1, 0, 0):
        if lay:
            backend.open_parquet("ssd_disability", [_file(tmp_path, 7)], ["area", "child"])
        else:
            backend.from_arrow("ssd_disability", none)
        seen.append(backend.fetch("SELECT child FROM ssd_disability").num_rows)

    assert seen == [0, 3, 0, 0]
