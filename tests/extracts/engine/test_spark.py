"""The same definitions on a real cluster: a standalone master and two workers, the same answers to the last count."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.extracts.room.loaded import quickly_stored
from tests.extracts.spark_cluster import cluster, need_spark, spark_variables
from tests.world import World
from trefoil.extracts.engine import Results, compute
from trefoil.extracts.engine.backends import Backend, connect
from trefoil.extracts.intake import read_extract
from trefoil.extracts.intake.layouts import Context
from trefoil.extracts.store import StoredExtract
from trefoil.extracts.synthesis import profile_for, synthesise
from trefoil.extracts.synthesis.folder import write_folder

AS_AT = date(2026, 10, 31)
# Every way of counting once: events, children, states, sums, shares, rates, working days, looking back. All measures
# were compared once on Spark inside one machine when the backend was written; `make bench` counts them all on Spark.
INDICATORS = "FD01 FD13 FD14 FD15 AS02 AS08 SA15 CN01 CP01 CP05 CP18 CL01 CL05 MX03 CV02 EH04"

# py4j leaves its sockets to Java's end of the line to close, and says so when they are collected.
pytestmark = [
    pytest.mark.filterwarnings("ignore:unclosed <socket.socket:ResourceWarning"),
    pytest.mark.filterwarnings("ignore:.*socket.socket:pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running cluster."""
    need_spark()
    folder = tmp_path_factory.mktemp("spark")
    with pytest.MonkeyPatch.context() as patch, cluster(folder) as started:
        for name, value in spark_variables(folder).items():
            patch.setenv(name, value)
        yield started


@pytest.fixture
def on_cluster(address: str) -> Iterator[Backend]:
    """The backend of the cluster."""
    backend = connect(address)
    yield backend
    backend.close()


def _small_area(folder: Path) -> StoredExtract:
    """Three invented years of the smallest authority, through the intake."""
    write_folder(synthesise(profile_for("Rutland"), years=3, seed=1, as_at=AS_AT), folder / "raw")
    context = Context(area="E06000017", as_at=AS_AT, key=b"a key for tests, which keeps no secret")
    with read_extract(folder / "raw", shape="ssd", context=context) as intake:
        return intake.store(folder / "store", "1")


def _rows(results: Results) -> list[tuple[Any, ...]]:
    rows = [tuple(row.values()) for row in results.rows()]
    return sorted(rows, key=str)


def test_cluster_gives_the_same_counts_as_the_embedded_engine(tmp_path: Path, on_cluster: Backend) -> None:
    wanted: dict[str, Any] = {
        "as_at": AS_AT,
        "indicators": INDICATORS.split(),
        "kinds": ("month", "year_to_date", "rolling_12"),
        "months": 6,
        "populations": {"E06000017": {2025: 8_000}},
    }
    stores = [_small_area(tmp_path)]
    embedded = compute(stores, backend="duckdb", **wanted)
    assert set(embedded.table["indicator"].to_pylist()) == set(INDICATORS.split())
    assert _rows(compute(stores, backend=on_cluster, **wanted)) == _rows(embedded)


@pytest.mark.one_database("what is compared is stored in files; the same command runs there in room/test_commands.py")
def test_compute_indicators_on_the_cluster_writes_the_same_file(
    world: World, now: datetime, tmp_path: Path, address: str
) -> None:
    quickly_stored(world, now=now)
    asked = ["--area", "Fairmead", "--as-at", "2026-10-31", "--months", "12", "--indicators", "FD01", "FD12", "FD14"]
    for engine, name in (("duckdb", "embedded.csv"), (address, "cluster.csv")):
        call_command("compute_indicators", *asked, "--engine", engine, "--out", str(tmp_path / name), stdout=StringIO())
    embedded = (tmp_path / "embedded.csv").read_text().splitlines()
    assert len(embedded) > 20
    assert sorted((tmp_path / "cluster.csv").read_text().splitlines()) == sorted(embedded)


def test_connect_where_java_does_not_start_says_so_in_words(tmp_path: Path) -> None:
    """In a process of its own, as PySpark starts Java once."""
    need_spark()
    ask = "from trefoil.extracts.engine.backends import connect; connect('spark-local')"
    command, variables = [sys.executable, "-c", ask], os.environ | {"JAVA_HOME": str(tmp_path)}
    done = subprocess.run(command, env=variables, capture_output=True, text=True, check=False)
    assert "ValueError: Spark cannot be used at local[2]: see that the cluster runs" in done.stderr
