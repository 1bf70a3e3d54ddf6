"""The template goes out blank and comes back filled in, the same from CSV and from a workbook."""

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.intake.export import OutSheet, to_csv, to_xlsx
from trefoil.indicators.intake.opening import open_upload
from trefoil.indicators.intake.read import read_return
from trefoil.indicators.intake.template import known_breakdowns, template_csv, template_rows, template_xlsx
from trefoil.indicators.periods import parse_period
from trefoil.indicators.rows import Severity

PERIOD = parse_period("2019-02")


@pytest.fixture(scope="module")
def definitions():
    return [catalogue()[id_] for id_ in ("CP01", "CP08", "CL01", "WF03")]


def filled(rows):
    """The template's rows, each with a reason why there is no figure."""
    return [rows[0], *([*row[:4], "", "", "", "not collected", row[8]] for row in rows[1:])]


def test_template_csv_has_a_row_for_each_whole_and_each_known_part(definitions):
    rows = list(csv.reader(io.StringIO(template_csv(definitions, PERIOD).decode("utf-8-sig"))))
    assert rows[1][:4] == ["CP01", catalogue()["CP01"].title, "", "2019-02"]
    assert ["CP01", "category: neglect"] in [[row[0], row[2]] for row in rows]
    assert not any(row[2].startswith("team: ") for row in rows)


def test_template_xlsx_is_styled_frozen_and_offers_the_breakdowns(definitions):
    book = load_workbook(io.BytesIO(template_xlsx(definitions, PERIOD)))
    page = book["Return"]
    assert book.sheetnames == ["Return", "How to fill"]
    assert page["A1"].font.bold
    assert page.freeze_panes == "A2"
    assert page.column_dimensions["B"].width > 30
    assert page["D2"].number_format == "@"
    (offer,) = page.data_validations.dataValidation
    assert offer.formula1 == f"'How to fill'!$D$2:$D${len(known_breakdowns(definitions)) + 1}"
    assert book["How to fill"]["D2"].value == known_breakdowns(definitions)[0]


def test_template_filled_in_is_read_without_error_from_both_kinds(definitions, context):
    book = load_workbook(io.BytesIO(template_xlsx(definitions, PERIOD)))
    for row in book["Return"].iter_rows(min_row=2):
        row[7].value = "not collected"
    out = io.BytesIO()
    book.save(out)
    from_book = read_return("r.xlsx", out.getvalue(), context)
    from_text = read_return("r.csv", to_csv(filled(template_rows(definitions, PERIOD))), context)
    assert from_book.findings == from_text.findings == ()
    assert [row.key for row in from_book.rows] == [row.key for row in from_text.rows]
    assert len(from_book.rows) == len(template_rows(definitions, PERIOD)) - 1


def test_template_left_blank_asks_for_each_figure(definitions, context):
    result = read_return("r.xlsx", template_xlsx(definitions, PERIOD), context)
    assert {finding.rule for finding in result.findings} == {"figure-missing"}
    assert len(result.findings) == len(template_rows(definitions, PERIOD)) - 1


def test_template_without_breakdowns_has_the_wholes_alone(definitions):
    assert len(template_rows(definitions, PERIOD, breakdowns=False)) == 1 + len(definitions)


amounts = st.one_of(
    st.none(),
    st.integers(0, 10**9),
    st.decimals(0, 100, places=2, allow_nan=False, allow_infinity=False),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(["CP01", "CL01", "WF03"]),
            amounts,
            amounts,
            amounts,
            st.text("ab é=+", max_size=6),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_rows_written_as_csv_and_as_workbook_read_the_same(rows, context):
    from trefoil.indicators.intake.shapes.template import COLUMNS  # noqa: PLC0415

    table = [list(COLUMNS)] + [[id_, "t", "", "2019-02", *numbers, "", "note" + note] for id_, *numbers, note in rows]
    text = open_upload("r.csv", to_csv(table))
    book = open_upload("r.xlsx", to_xlsx([OutSheet("Return", table)]))
    trimmed = [
        [cell.rstrip("0").rstrip(".") if "." in cell else cell for cell in line.cells] for line in text.sheet.lines
    ]
    assert trimmed == [list(line.cells) for line in book.sheet.lines]
    left, right = (
        read_return("r.csv", to_csv(table), context),
        read_return("r.xlsx", to_xlsx([OutSheet("Return", table)]), context),
    )
    assert left.ok == right.ok
    assert [(r.key, r.numerator, r.value, r.note) for r in left.rows] == [
        (r.key, r.numerator, r.value, r.note) for r in right.rows
    ]
    assert [f.rule for f in left.of(Severity.ERROR)] == [f.rule for f in right.of(Severity.ERROR)]
