"""Children by ethnic group: of the area, and in the figures of the sample extract."""

from collections.abc import Mapping
from datetime import date, datetime

import pyarrow as pa
import pyarrow.parquet as pq

from tests.world import World
from trefoil.extracts.figures_file import FIGURES, SCHEMA
from trefoil.extracts.models import Extract
from trefoil.extracts.operations.groups import set_group_children
from trefoil.extracts.storing import stored_folder


def group_children(world: World, *, now: datetime) -> None:
    """Twelve thousand children by ethnic group."""
    set_group_children(
        partnership=world.fairmead,
        breakdown="ethnicity",
        children={"White": 8000, "Mixed": 1000, "Asian": 1500, "Black": 1000, "Other": 500},
        source="School census, January 2026",
        by=world.analyst,
        now=now,
    )


GROUPS = {"White": 100, "Mixed": 20, "Asian": 16, "Black": 40, "Other": 2, "not recorded": 12}


def with_groups(extract: Extract, events: Mapping[str, int] = GROUPS) -> None:
    """Gives a stored extract so many referrals of each ethnic group in the twelve months to its day; not twice."""
    rows = pq.read_table(stored_folder(extract) / FIGURES).to_pylist()
    year = {"start": date(2025, 11, 1), "end": date(2026, 10, 31)}
    like = {**next(row for row in rows if row["indicator"] == "FD12"), **year, "breakdown": "ethnicity"}
    kept = [row for row in rows if (row["indicator"], row["start"], row["end"]) != ("FD12", *year.values())]
    made = [{**like, "group": group, "numerator": many} for group, many in events.items()]
    whole = {**like, "breakdown": "", "group": "", "numerator": sum(events.values())}
    pq.write_table(pa.Table.from_pylist([*kept, whole, *made], SCHEMA), stored_folder(extract) / FIGURES)
