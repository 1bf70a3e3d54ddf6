"""Files to send: good workbooks made by the application's own writer, and hostile ones made by hand."""

import csv
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

import trefoil.indicators
from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.intake.context import Context
from trefoil.indicators.intake.export import Cell
from trefoil.indicators.intake.shapes.template import COLUMNS
from trefoil.indicators.periods import parse_period

TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/xl/workbook.xml" ContentType="{main}"/></Types>'
)
MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
RELATION = '<Relationship Id="r{n}" Type="http://x/relationships/{kind}" Target="{target}"/>'
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>{rows}</sheetData>{after}</worksheet>"
)
STYLES = (
    '<styleSheet><numFmts><numFmt numFmtId="200" formatCode="0.0%"/><numFmt numFmtId="201" '
    'formatCode="[$-809]d mmm yy"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf '
    'numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="17"/><xf numFmtId="200"/><xf numFmtId="201"/>'
    "</cellXfs></styleSheet>"
)


@pytest.fixture(scope="session")
def workbook() -> Callable[..., bytes]:
    """Make a workbook from raw rows of XML: `workbook({"Return": "<row>...</row>"})`."""

    def make(
        sheets: Mapping[str, str],
        *,
        after: str = "",
        states: Mapping[str, str] | None = None,
        main: str = MAIN,
        extra: Mapping[str, bytes] | None = None,
        raw_sheet: str = "",
        kind: str = "worksheet",
        targets: Sequence[str] = (),
    ) -> bytes:
        listed = "".join(
            f'<sheet name="{name}" sheetId="{n}" state="{(states or {}).get(name, "visible")}" r:id="r{n}"/>'
            for n, name in enumerate(sheets, start=1)
        )
        own = targets or [f"worksheets/sheet{n}.xml" for n in range(1, len(sheets) + 1)]
        relations = [RELATION.format(n=n, kind=kind, target=target) for n, target in enumerate(own, start=1)]
        relations.append(RELATION.format(n=99, kind="styles", target="styles.xml"))
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", TYPES.format(main=main))
            archive.writestr("xl/workbook.xml", f'<workbook xmlns:r="http://r"><sheets>{listed}</sheets></workbook>')
            archive.writestr("xl/_rels/workbook.xml.rels", RELATIONS.format("".join(relations)))
            archive.writestr("xl/styles.xml", STYLES)
            for n, rows in enumerate(sheets.values(), start=1):
                archive.writestr(f"xl/worksheets/sheet{n}.xml", raw_sheet or SHEET.format(rows=rows, after=after))
            for name, content in (extra or {}).items():
                archive.writestr(name, content)
        return out.getvalue()

    return make


@pytest.fixture(scope="session")
def line() -> Callable[..., str]:
    """One row of XML of inline text: `line(1, "indicator", "period")`."""

    def make(number: int, *cells: str) -> str:
        inside = "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells)
        return f'<row r="{number}">{inside}</row>'

    return make


@pytest.fixture(scope="session")
def context() -> Context:
    """A return of Barnet for February 2019, with the real dictionary."""
    return Context(
        catalogue(),
        area="Barnet",
        period=parse_period("2019-02"),
        other_areas=frozenset({"Enfield", "Brighton and Hove"}),
    )


@pytest.fixture(scope="session")
def returned() -> Callable[[Sequence[Mapping[str, Cell]]], bytes]:
    """A return as CSV from the cells that matter; the rest are blank."""

    def make(rows: Sequence[Mapping[str, Cell]]) -> bytes:
        columns = [*COLUMNS, *dict.fromkeys(key for row in rows for key in row if key not in COLUMNS)]
        out = io.StringIO(newline="")
        writer = csv.writer(out)
        writer.writerows([columns, *([row.get(column) for column in columns] for row in rows)])
        return out.getvalue().encode()

    return make


@pytest.fixture(scope="session")
def packs() -> Path:
    """The folder of shipped packs."""
    return Path(trefoil.indicators.__file__).parent / "packs"
