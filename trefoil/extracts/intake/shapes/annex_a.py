"""The Annex A workbook: eleven lists of children that every authority can give. Implements `Shape`. Pure."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import cached_property
from itertools import islice
from pathlib import Path

from ..findings import Finding, refuse, warn
from ..layouts import Context, Days, Layout, Part, View
from ..opening import only_file
from ..report import KEPT_IN_FULL
from .annex_a_care import episodes_in_need, immigration, in_care, last_seen
from .annex_a_layouts import AGE, layouts, number
from .annex_a_tables import (
    adoption,
    assessments,
    contacts,
    department,
    disability,
    early_help,
    leavers,
    person,
    protection,
    section47,
)
from .annex_a_workbook import Sheet, is_workbook, read_sheets

_NAMED = re.compile(r"^\W*(?:list|annex a list|l)[ _-]*(\d{1,2})\b", re.IGNORECASE)
MONTHS = 6
_LOOKED_AT = {
    AGE: (re.compile(r"\d+"), "age-not-whole", "Nothing needs doing: the date of birth is used."),
    "Placement postcode": (
        re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}", re.IGNORECASE),
        "postcode-unreadable",
        "Correct it in your system. It is not kept here.",
    ),
}
_EVENTS = {
    "ssd_contacts",
    "ssd_early_help_episodes",
    "ssd_cin_episodes",
    "ssd_cin_assessments",
    "ssd_s47_enquiry",
    "ssd_initial_cp_conference",
    "ssd_cp_plans",
    "ssd_cla_episodes",
}
_ONE_LIST: Mapping[str, Callable[[View], dict[str, str]]] = {
    "contacts": contacts,
    "early_help": early_help,
    "assessments": assessments,
    "section47": section47,
    "children_in_need": last_seen,
    "child_protection": protection,
    "children_in_care": in_care,
    "care_leavers": leavers,
    "adoption": adoption,
}


class AnnexAShape:
    """Annex A, in the layout of 2022 or of 2024."""

    name = "annex-a"
    edition = "2024"

    @cached_property
    def layouts(self) -> tuple[Layout, ...]:
        """The eleven lists."""
        return layouts()

    def recognises(self, path: Path) -> bool:
        """A workbook (.xlsx)."""
        return path.is_file() and path.suffix.lower() == ".xlsx" and is_workbook(path)

    def parts(self, path: Path, context: Context) -> Iterator[Part]:
        """One part per list that the workbook has, in the order of its sheets. A sheet is known by its name ("List
        3") or, failing that, by its headings. Raises RefusedError when no sheet is a list."""
        path = only_file(path, {".xlsx"}, "Send Annex A as one Excel workbook (.xlsx).")
        found = False
        for sheet in read_sheets(path, self.layouts, self._named):
            found = True
            findings = (*sheet.findings, *_odd_cells(path.name, sheet))
            yield Part(sheet.layout, path.name, sheet.name, sheet.table, findings)
        if not found:
            raise refuse(
                "shape-unknown", path.name, "Name each sheet after its list (List 1), or keep Annex A's headings."
            )

    def standardise(self, views: Mapping[str, View], context: Context) -> dict[str, str]:
        """The tables that the lists carry."""
        tables: dict[str, str] = {}
        for name, made in (("ssd_person", person), ("ssd_disability", disability), ("ssd_department", department)):
            if sql := made(views):
                tables[name] = sql
        for name, several in _ONE_LIST.items():
            if name in views:
                tables |= several(views[name])
        return tables | episodes_in_need(views) | immigration(views)

    def covers(self, table: str, seen: Mapping[str, Days], context: Context) -> Days | None:
        """Annex A holds the six months to its day: every contact, referral, assessment, enquiry, and every plan or
        period of care that began in them. Of visits, reviews and placements it holds the latest only."""
        if table not in _EVENTS or table not in seen:
            return None
        return context.since or months_before(context.as_at, MONTHS), context.as_at

    def _named(self, sheet: str) -> Layout | None:
        match = _NAMED.match(sheet)
        if match is None:
            return None
        return next((layout for layout in self.layouts if number(layout.name) == int(match.group(1))), None)


def _odd_cells(file: str, sheet: Sheet) -> Iterator[Finding]:
    """Warnings for cells that the store does not keep, and so nobody else looks at: ages and postcodes."""
    for column, (fine, rule, cure) in _LOOKED_AT.items():
        if column not in sheet.table.column_names:
            continue
        cells = zip(sheet.table.column("row_").to_pylist(), sheet.table.column(column).to_pylist(), strict=True)
        odd = (row for row, cell in cells if cell and cell.strip() and not fine.fullmatch(cell.strip()))
        for row in islice(odd, KEPT_IN_FULL):
            yield warn(rule, file, cure, sheet=sheet.name, row=row, column=column)


def months_before(day: date, months: int) -> date:
    """The day after the same day so many months before: 17 September for 16 March and 6."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last)) + timedelta(days=1)


ANNEX_A = AnnexAShape()
