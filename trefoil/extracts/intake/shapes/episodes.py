"""Our own table of early help, youth justice, exploitation and private fostering episodes: CSV or one sheet of a
workbook. Implements `Shape`. Pure.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path

from ..findings import RefusedError, refuse
from ..layouts import Context, Days, Layout, Part, View
from ..opening import only_file, read_csv
from .annex_a_workbook import LIKE_ENOUGH, is_workbook, plain, read_sheets, sheet_names
from .specification import layout, select, specification

NAME = "episodes"
_HEADING_BYTES = 8192
MOST_LOOKED_AT = 20 * 1024 * 1024
_LIST = re.compile(r"\s*list[ _-]*\d", re.IGNORECASE)


@cache
def episodes_layout() -> Layout:
    """The one table of this shape. Its headings are the friendly ones; the names of `trefoil_episodes` are read too."""
    return layout(NAME, specification(NAME), person="Child number", born="Date of birth")


def template() -> bytes:
    """An empty file to fill in: the headings, as CSV in UTF-8 with a mark, so that Excel reads it right."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(column.name for column in episodes_layout().columns)
    return text.getvalue().encode("utf-8-sig")


class EpisodesShape:
    """One table with a row for each episode of a child with a service."""

    name = "episodes"
    edition = "1"

    @cached_property
    def layouts(self) -> tuple[Layout, ...]:
        """The one table."""
        return (episodes_layout(),)

    def recognises(self, path: Path) -> bool:
        """A CSV file, or a workbook with a sheet, whose headings are mostly those of the table."""
        try:
            if path.is_file() and path.suffix.lower() == ".csv":
                return _is_like(_first_row(path))
            return path.suffix.lower() == ".xlsx" and is_workbook(path) and _has_sheet(path)
        except (OSError, ValueError):
            return False

    def parts(self, path: Path, context: Context) -> Iterator[Part]:
        """The table. Raises RefusedError when the workbook has no such sheet."""
        path = only_file(path, {".csv", ".xlsx"}, "Send the table as one CSV file or workbook.")
        if path.suffix.lower() == ".xlsx":
            sheets = list(read_sheets(path, self.layouts))
            if not sheets:
                raise refuse("heading-broken", path.name, "Start from the template: it has the headings that are read.")
            for sheet in sheets:
                yield Part(sheet.layout, path.name, sheet.name, sheet.table, sheet.findings)
            return
        opened = read_csv(path, path.name)
        yield Part(episodes_layout(), path.name, "", opened.table, opened.findings)

    def standardise(self, views: Mapping[str, View], context: Context) -> dict[str, str]:
        """The episodes, the teams that hold them, and what they say of the children."""
        view = views[NAME]
        tables = {"trefoil_episodes": select(view, _episode_fields(view)), "ssd_person": _people(view)}
        if "Team" in view.carries:
            tables["ssd_department"] = (
                f'SELECT DISTINCT "Team" AS dept_team_id, "Team" AS dept_team_name FROM {view} WHERE "Team" IS NOT NULL'
            )
        return tables

    def covers(self, table: str, seen: Mapping[str, Days], context: Context) -> Days | None:
        """From the day that the sender has named. Without it nobody can say: a list of open episodes looks the same."""
        if table != "trefoil_episodes" or context.since is None:
            return None
        return context.since, context.as_at


def _episode_fields(view: View) -> dict[str, str]:
    fields = {
        column.as_standard: f'"{column.name}"'
        for column in episodes_layout().columns
        if column.as_standard.startswith("epis_")
    }
    # Without a number of its own, an episode is known by child, kind, day, and which of that day it is.
    made = (
        'concat_ws(\'|\', "Child number", "Kind of episode", CAST("Start date" AS VARCHAR),'
        ' row_number() OVER (PARTITION BY "Child number", "Kind of episode", "Start date" ORDER BY row_))'
    )
    given = "Episode number" in view.carries
    return fields | {"epis_id": f'coalesce("Episode number", {made})' if given else made}


def _people(view: View) -> str:
    fields = {"pers_sex": "Sex", "pers_ethnicity": "Ethnicity", "pers_dob": "Date of birth"}
    kept = [
        f'first("{column}" ORDER BY row_) FILTER ("{column}" IS NOT NULL) AS {name}'
        for name, column in fields.items()
        if column in view.carries
    ]
    columns = ", ".join(['"Child number" AS pers_person_id', *kept])
    return f'SELECT {columns} FROM {view} GROUP BY "Child number"'


def _first_row(path: Path) -> list[str]:
    with path.open("rb") as file:
        line = file.read(_HEADING_BYTES).split(b"\n")[0].decode("utf-8-sig", errors="replace")
    separator = max(",;\t|", key=line.count)
    return next(csv.reader([line], delimiter=separator), [])


def _is_like(headings: list[str]) -> bool:
    given = {plain(heading) for heading in headings}
    columns = episodes_layout().columns
    named = sum(1 for column in columns if given & {plain(name) for name in (column.name, *column.also)})
    return named / len(columns) >= LIKE_ENOUGH


def _has_sheet(path: Path) -> bool:
    """Whether a small workbook has such a sheet. One with a List 1 is Annex A: it is not read for this."""
    try:
        if path.stat().st_size > MOST_LOOKED_AT or any(_LIST.match(name) for name in sheet_names(path)):
            return False
        return any(True for _ in read_sheets(path, (episodes_layout(),)))
    except RefusedError:
        return False


EPISODES = EpisodesShape()
