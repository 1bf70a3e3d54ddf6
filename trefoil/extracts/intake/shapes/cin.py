"""The children in need census as one XML file. Implements `Shape`. Pure."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path

from ..findings import refuse
from ..layouts import Context, Days, Layout, Part, View
from ..opening import only_file
from .cin_records import records
from .cin_tables import tables
from .cin_xml import read_census

_EVENTS = {
    "ssd_cin_episodes",
    "ssd_cin_assessments",
    "ssd_cin_plans",
    "ssd_s47_enquiry",
    "ssd_initial_cp_conference",
    "ssd_cp_plans",
    "ssd_cp_reviews",
}
_LOOKED_AT = 4096


class CinShape:
    """The census of the years since 2021."""

    name = "cin"
    edition = "2026"

    @cached_property
    def layouts(self) -> tuple[Layout, ...]:
        """One layout for each kind of record."""
        return tuple(record.layout for record in records())

    def recognises(self, path: Path) -> bool:
        """An .xml file whose first element is a Message."""
        if not path.is_file() or path.suffix.lower() != ".xml":
            return False
        try:
            with path.open("rb") as file:
                start = file.read(_LOOKED_AT)
        except OSError:
            return False
        return b"Message" in start.replace(b"\x00", b"")

    def parts(self, path: Path, context: Context) -> Iterator[Part]:
        """One part for each kind of record, those without a row too: the census would have told of them. Raises
        RefusedError for another collection, and for a file that is not safe or not well formed."""
        path = only_file(path, {".xml"}, "Send the one XML file of the children in need census.")
        read = read_census(path)
        collection = read.header.get("Collection", "CIN")
        if collection.upper() != "CIN":
            raise refuse("shape-unknown", path.name, "Send the XML of the children in need census.", value=collection)
        findings = read.findings
        year = _year(read.header) or context.year
        for record in records():
            if year is None or record.since <= year:
                # Taken out, so that its text goes as soon as it is typed.
                yield Part(record.layout, path.name, "", read.tables.pop(record.name), findings)
                findings = ()

    def standardise(self, views: Mapping[str, View], context: Context) -> dict[str, str]:
        """The tables that the census carries."""
        return tables(views)

    def covers(self, table: str, seen: Mapping[str, Days], context: Context) -> Days | None:
        """The census year: every child in need in it is there, with all that was done in it. Its year is the one
        that was told, else the one of the last referral."""
        if table not in _EVENTS or table not in seen or "ssd_cin_episodes" not in seen:
            return None
        last = seen["ssd_cin_episodes"][1]
        year = context.year or last.year + (last.month >= 4)
        return context.since or date(year - 1, 4, 1), min(date(year, 3, 31), context.as_at)


def _year(header: Mapping[str, str]) -> int | None:
    text = header.get("Year", "")
    return int(text) if text.isdecimal() and len(text) == 4 else None


CIN = CinShape()
