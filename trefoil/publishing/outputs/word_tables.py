"""Tables in Word: a heading that repeats, a name, quiet lines between rows, and columns as wide as they need."""

from collections.abc import Sequence

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.table import Table

WHOLE = Cm(16.2)
"""The width of the text."""
OF_FIGURES = Cm(2.4)
MOST_FIGURES = Cm(2.3)
"""Where a table has more columns of figures than this leaves room for."""
FIRST_WIDER = 1.3
LINE = "B8BFC4"


def table_heading(table: Table, caption: str) -> None:
    """The first row repeats on every page as heading, no row breaks over two, and the table has a name."""
    for place, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if place == 0:
            properties.append(OxmlElement("w:tblHeader"))
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    if look is None:
        look = OxmlElement("w:tblLook")
        table._tbl.tblPr.append(look)
    for name, value in (("firstRow", "1"), ("firstColumn", "1"), ("noHBand", "1"), ("noVBand", "1")):
        look.set(qn(f"w:{name}"), value)
    words = OxmlElement("w:tblCaption")
    words.set(qn("w:val"), caption)
    table._tbl.tblPr.append(words)


def rule_lines(table: Table) -> None:
    """A quiet line above and below each row, none between columns, and room around the words."""
    properties = table._tbl.tblPr
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", LINE)):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    room = OxmlElement("w:tblCellMar")
    for side, width in (("top", "50"), ("left", "60"), ("bottom", "50"), ("right", "60")):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), width)
        margin.set(qn("w:type"), "dxa")
        room.append(margin)
    look = properties.find(qn("w:tblLook"))
    for element in (borders, room):
        if look is None:
            properties.append(element)
        else:
            look.addprevious(element)


def widths_of(figures: Sequence[bool]) -> tuple[int, ...]:
    """A width for each column: narrow for figures, the rest shared, the first a little wider than other words."""
    number = sum(figures)
    narrow = OF_FIGURES if number < len(figures) / 2 + 1 and number <= 3 else MOST_FIGURES
    shares = [0.0 if is_figure else FIRST_WIDER if place == 0 else 1.0 for place, is_figure in enumerate(figures)]
    left, whole = WHOLE - number * narrow, sum(shares)
    return tuple(int(left * share / whole) if share else int(narrow) for share in shares)


def column_widths(table: Table, widths: Sequence[int]) -> None:
    """Fixed widths. Word reads those of the cells, other programs those of the grid."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width
