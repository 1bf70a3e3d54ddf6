"""Spans of months for each kind of period."""

from datetime import date

import pytest

from trefoil.extracts.engine.periods import last_whole_month, month_number, period_of, span_of, spans
from trefoil.indicators.periods import parse_period


def _codes(*kinds: str, as_at: str = "2026-05-31", months: int = 26) -> list[str]:
    return [period_of(span).code for span in spans(kinds, as_at=date.fromisoformat(as_at), months=months)]


@pytest.mark.parametrize(
    ("as_at", "last"), [("2026-05-31", "2026-05"), ("2026-05-30", "2026-04"), ("2024-02-29", "2024-02")]
)
def test_last_whole_month(as_at: str, last: str) -> None:
    assert period_of((last_whole_month(date.fromisoformat(as_at)),) * 2).code == last


def test_spans_of_months() -> None:
    assert _codes("month", months=3) == ["2026-03", "2026-04", "2026-05"]


def test_spans_of_quarters_lie_whole_inside_the_months() -> None:
    assert _codes("quarter", months=12) == ["2025-Q3", "2025-Q4", "2026-Q1"]


def test_spans_of_years_run_from_april_to_march() -> None:
    assert _codes("year") == ["2024/25", "2025/26"]


def test_spans_to_date_begin_in_april() -> None:
    assert _codes("year_to_date", months=4) == ["2026-04", "2026-04..2026-05"]


def test_spans_rolling_end_with_every_month() -> None:
    assert _codes("rolling_12", months=13) == ["2025-05..2026-04", "2025-06..2026-05"]


def test_spans_that_two_kinds_share_are_counted_once() -> None:
    codes = _codes("month", "year_to_date", "rolling_12", "year", "quarter")
    assert len(codes) == len(set(codes))
    assert "2025/26" in codes


@pytest.mark.parametrize(("kinds", "months", "words"), [(("week",), 3, "not a kind"), (("month",), 0, "1 or more")])
def test_spans_refused(kinds: tuple[str, ...], months: int, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        spans(kinds, as_at=date(2026, 5, 31), months=months)


@pytest.mark.parametrize("code", ["2026-05", "2025-Q4", "2025/26", "2025-06..2026-05"])
def test_span_of_a_period_gives_it_back(code: str) -> None:
    assert period_of(span_of(parse_period(code))).code == code


def test_month_number_counts_on_over_the_year() -> None:
    assert month_number(date(2026, 1, 1)) - month_number(date(2025, 12, 31)) == 1
