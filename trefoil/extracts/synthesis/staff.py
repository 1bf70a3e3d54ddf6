"""Workers, with invented names. Pure."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .people import names
from .text import chosen, flags, numerals, table_of
from .world import World


def worker_table(world: World) -> pa.Table:
    """`ssd_professionals`: so many in each team."""
    n = world.team_count * world.workers_each
    numbers, draw = np.arange(n), world.draw
    given, family = names()["forenames"], names()["surnames"]
    first = chosen(given, draw.whole(n, 0, len(given) - 1))
    second = chosen(family, draw.whole(n, 0, len(family) - 1))
    columns = {
        "prof_professional_id": world.ids("W", numbers),
        "prof_staff_id": world.ids("STAFF", numbers),
        "prof_professional_name": pc.binary_join_element_wise(first, second, " "),
        "prof_professional_job_title": chosen(("Social worker",), np.zeros(n, dtype=np.int64)),
        "prof_professional_caseload": numerals(draw.whole(n, 9, 22)),
        "prof_full_time_equivalency": chosen(("1.0", "0.8", "0.6"), draw.pick(n, (80, 13, 7))),
        "prof_agency_worker_flag": flags(draw.chance(n, world.profile.share("workers_agency_pct"))),
    }
    return table_of("ssd_professionals", n, columns)
