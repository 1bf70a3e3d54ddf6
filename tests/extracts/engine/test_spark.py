"""The same definitions on a real cluster: a standalone master and two workers, the same answers to the last count."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.extracts.engine.small_stores import AS_AT, write_store
from tests.extracts.spark_cluster import cluster, need_spark, spark_variables
from trefoil.extracts.engine import Results, compute
from trefoil.extracts.engine.backends import Backend, connect
from trefoil.extracts.engine.periods import KINDS

# py4j leaves its sockets to Java's end of the line to close, and says so when they are collected.
pytestmark = [
    pytest.mark.filterwarnings("ignore:unclosed <socket.socket:ResourceWarning"),
    pytest.mark.filterwarnings("ignore:.*socket.socket:pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def on_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    """The backend of a running cluster."""
    need_spark()
    folder = tmp_path_factory.mktemp("spark")
    with pytest.MonkeyPatch.context() as patch, cluster(folder) as address:
        for name, value in spark_variables(folder).items():
            patch.setenv(name, value)
        backend = connect(address)
        yield backend
        backend.close()


def _referrals(chance: random.Random, count: int) -> list[dict[str, Any]]:
    return [
        {
            "cine_referral_id": number + 1,
            "cine_person_id": chance.randrange(1, count // 2),
            "cine_referral_date": date(2023, 1, 1) + timedelta(days=chance.randrange(1400)),
            "cine_referral_source_code": chance.choice(["1A", "2A", "3A", "5B", "6", None]),
            "cine_referral_nfa": chance.choice([True, False, None]),
            "cine_referral_outcome_json": chance.choice([",NFA_FLAG,", ",SINGLE_ASSESSMENT_FLAG,", None]),
            "age_months": chance.randrange(0, 215),
        }
        for number in range(count)
    ]


def _rows(results: Results) -> list[tuple[Any, ...]]:
    rows = [tuple(row.values()) for row in results.rows()]
    return sorted(rows, key=str)


def test_cluster_gives_the_same_counts_as_the_embedded_engine(tmp_path: Path, on_cluster: Backend) -> None:
    chance = random.Random(20261122)  # noqa: S311 the same rows each time, no secret
    stores = [
        write_store(tmp_path, {"ssd_cin_episodes": _referrals(chance, 400)}, area=area)
        for area in ("E09000003", "X99000001")
    ]
    wanted: dict[str, Any] = {"as_at": AS_AT, "breakdowns": ("age_band",), "kinds": KINDS, "months": 24}
    embedded = _rows(compute(stores, backend="duckdb", **wanted))
    assert len(embedded) > 500
    assert _rows(compute(stores, backend=on_cluster, **wanted)) == embedded
