"""Returns for tests, built through the operations: one of Alice's agency for October 2026, and files to send."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from tests.world import World
from trefoil.indicators.enums import FigureSource
from trefoil.indicators.intake.export import Cell
from trefoil.indicators.intake.shapes.template import COLUMNS
from trefoil.indicators.models import AgencyReturn
from trefoil.indicators.operations.entries import take_figures
from trefoil.indicators.operations.figures import Loaded
from trefoil.indicators.operations.returns import open_return
from trefoil.indicators.periods import month
from trefoil.indicators.rows import FigureRow, Place
from trefoil.people.models import Agency, Person

OCTOBER = month(2026, 10)
ASKED = ["FD01", "FD12"]
OUTCOMES = (
    "referral to social care",
    "early help assessment (CAF)",
    "no further action or provision of information",
    "outcome of no further action",
    "signposting",
    "not assessed in month",
)


def opened(
    world: World,
    now: datetime,
    *,
    agency: Agency | None = None,
    title: str = "Monthly figures",
    opens_on: date = date(2026, 11, 1),
    due_on: date = date(2026, 12, 10),
    closes_on: date | None = None,
    number: int = 10,
) -> AgencyReturn:
    """A return for a month of 2026, October unless another is named, open and not yet due."""
    return open_return(
        partnership=world.fairmead,
        agency=agency or world.social_care,
        title=title,
        period=month(2026, number),
        indicators=ASKED,
        opens_on=opens_on,
        due_on=due_on,
        closes_on=closes_on,
        by=world.analyst,
        now=now,
    )


def row(indicator: str, count: int | None, breakdown: str = "", *, reason: str = "", number: int = 0) -> FigureRow:
    """A count of October."""
    amount = None if count is None else Decimal(count)
    return FigureRow(Place(row=number), indicator, OCTOBER, breakdown, numerator=amount, missing_reason=reason)


def entered(held: AgencyReturn, by: Person, now: datetime, *rows: FigureRow, file_name: str = "october.csv") -> Loaded:
    """The rows, in the return."""
    return take_figures(
        agency_return=held, rows=rows, findings=[], source=FigureSource.FILE, by=by, now=now, file_name=file_name
    )


def whole(contacts: int = 100, referrals: int = 30) -> list[FigureRow]:
    """Everything that is asked for."""
    return [row("FD01", contacts), row("FD12", referrals)]


def faulty(contacts: int = 100) -> list[FigureRow]:
    """Contacts whose outcomes add up to 90, and referrals."""
    counts = (30, 20, 10, 10, 10, 10)
    parts = [row("FD01", count, f"outcome: {name}") for name, count in zip(OUTCOMES, counts, strict=True)]
    return [*whole(contacts, 30), *parts]


def as_file(rows: Sequence[Mapping[str, Cell]]) -> bytes:
    """A CSV in the layout of the template; the cells that are not given are blank."""
    columns = [*COLUMNS, *dict.fromkeys(key for one in rows for key in one if key not in COLUMNS)]
    out = io.StringIO(newline="")
    csv.writer(out).writerows([columns, *([one.get(column) for column in columns] for one in rows)])
    return out.getvalue().encode()


def line(indicator: str = "FD01", numerator: Cell = 100, **cells: Cell) -> dict[str, Cell]:
    """One row of a file for October."""
    return {"indicator": indicator, "period": "2026-10", "numerator": numerator, **cells}
