"""The pages that are lists, as tables: compare areas, the exceptions, returns."""

from collections.abc import Iterable
from datetime import date

from ..evidence.area_plot import invented_label
from ..evidence.areas import AreaFigure, Comparison
from ..evidence.exceptions import ExceptionItem
from ..intake.export import Cell
from ..models import AgencyReturn
from .document import TableSheet
from .figures import dictionary_sheet, figure

COMPARE_HEADINGS = ("Area", "Area code", "Figure", "Unit", "Year", "Rank", "Quarter of the ranking", "Note")
EXCEPTION_HEADINGS = ("Order", "What", "Measure or return", "Code", "What happened", "Since", "Who should answer")
RETURN_HEADINGS = ("Agency", "Return", "First day", "Last day", "Opens", "Due", "Closes", "Status", "Late", "Measures")


def compare_sheets(comparison: Comparison) -> tuple[TableSheet, ...]:
    """The areas by rank with what is beside them, the median and mean, and the definition."""
    ranked = sorted(comparison.authorities, key=lambda one: (one.rank.position if one.rank else 999, one.name))
    rows = [_area_row(one, comparison) for one in (*ranked, *comparison.aside)]
    year = comparison.year.period_label if comparison.year else None
    for name, value in (("Median", comparison.middle.median), ("Mean", comparison.middle.mean)):
        shown = figure(value, comparison.reading, middle=True)
        rows.append(
            (name, None, shown, comparison.reading.unit_name, year, None, None, f"over {comparison.middle.used}")
        )
    if found := comparison.invented_figure:
        shown = figure(found.value, comparison.reading)
        label = invented_label(comparison.setting)
        rows.append((label, None, shown, comparison.reading.unit_name, found.period_label, None, None, "Invented"))
    sheet = TableSheet("Areas", COMPARE_HEADINGS, tuple(rows))
    return sheet, dictionary_sheet([comparison.definition], "Definition")


def _area_row(one: AreaFigure, comparison: Comparison) -> tuple[Cell, ...]:
    return (
        one.name,
        one.code,
        figure(one.value, comparison.reading),
        comparison.reading.unit_name,
        comparison.year.period_label if comparison.year else None,
        one.rank.position if one.rank else None,
        one.quartile,
        one.why_missing if one.value is None else None,
    )


def exceptions_sheet(items: Iterable[ExceptionItem]) -> TableSheet:
    """One row for each exception, worst first."""
    rows = tuple(
        (
            place,
            item.kind.words,
            item.title,
            item.definition.id if item.definition else None,
            item.what,
            item.since,
            item.who_words,
        )
        for place, item in enumerate(items, start=1)
    )
    return TableSheet("Exceptions", EXCEPTION_HEADINGS, rows)


def returns_sheet(returns: Iterable[AgencyReturn], today: date) -> TableSheet:
    """One row for each return that the reader may see."""
    rows = tuple(
        (
            one.agency.name,
            one.title,
            one.period_start,
            one.period_end,
            one.opens_on,
            one.due_on,
            one.closes_on,
            one.get_state_display(),
            "Late" if one.is_late_on(today) else None,
            len(one.indicators),
        )
        for one in returns
    )
    return TableSheet("Returns", RETURN_HEADINGS, rows)
