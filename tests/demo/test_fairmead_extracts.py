"""The demo's earlier extract: the later one as it was on its day."""

from datetime import date

import pyarrow as pa

from trefoil.demo.fairmead_extracts import LATE_ONE_IN, taken_on

DAY = date(2026, 7, 31)


def referrals(*rows: tuple[str, str | None]) -> dict[str, pa.Table]:
    """A referral a row: the day it came, and the day it closed."""
    named = [
        {"cine_referral_id": f"R{number}", "cine_referral_date": came, "cine_close_date": closed}
        for number, (came, closed) in enumerate(rows)
    ]
    return {"ssd_cin_episodes": pa.Table.from_pylist(named, pa.schema([(name, pa.string()) for name in named[0]]))}


def test_taken_on_leaves_out_what_had_not_happened_yet() -> None:
    rows = [("2026-01-05", None), ("2026-01-06", "2026-07-31"), ("2026-01-07", "2026-08-01"), ("2026-08-01", None)]
    found = taken_on(referrals(*rows), DAY)["ssd_cin_episodes"]
    assert found["cine_referral_id"].to_pylist() == ["R0", "R1", "R2"]
    assert found["cine_close_date"].to_pylist() == [None, "2026-07-31", None]


def test_taken_on_leaves_out_what_was_written_down_late() -> None:
    rows = [("2026-07-20", None)] * (LATE_ONE_IN * 2)
    found = taken_on(referrals(*rows), DAY)["ssd_cin_episodes"]
    assert found.num_rows == len(rows) - 2
    old = taken_on(referrals(*[("2026-01-20", None)] * LATE_ONE_IN), DAY)["ssd_cin_episodes"]
    assert old.num_rows == LATE_ONE_IN
