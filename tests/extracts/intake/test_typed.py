"""Reading days, figures and identifiers in DuckDB, against the same in plain Python."""

import re
from datetime import date

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trefoil.extracts.intake.typed import as_count, as_day, as_identifier, as_number


def read(expression: str, *texts: str) -> list[object]:
    connection = duckdb.connect(":memory:")
    found = connection.execute(f"SELECT {expression} FROM (SELECT unnest(?) AS t)", [list(texts)]).fetchall()
    return [value for (value,) in found]


def python_day(text: str) -> date | None:
    """The rule of `typed`, written another way."""
    clock = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
    found = re.fullmatch(rf"(\d{{4}})-(\d\d)-(\d\d){clock}", text, re.ASCII)
    parts = [int(part) for part in found.groups()] if found else []
    if not found:
        found = re.fullmatch(rf"(\d{{1,2}})[/-](\d{{1,2}})[/-](\d{{4}}){clock}", text, re.ASCII)
        parts = [int(part) for part in reversed(found.groups())] if found else []
    try:
        return date(*parts) if parts else None
    except ValueError:
        return None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-02-29", date(2024, 2, 29)),
        ("2023-02-29", None),
        ("29/02/2024", date(2024, 2, 29)),
        ("1/2/2024", date(2024, 2, 1)),
        ("01-02-2024", date(2024, 2, 1)),
        ("2024-01-31 23:59:59.999", date(2024, 1, 31)),
        ("2024-01-31T09:30:00Z", date(2024, 1, 31)),
        ("31/01/2024 09:30", date(2024, 1, 31)),
        ("12/31/2024", None),
        ("2024/01/31", None),
        ("31/01/24", None),
        ("2024-1-5", None),
        ("20240131", None),
        ("45322", None),
        ("infinity", None),
        ("epoch", None),
        ("today", None),
        ("2024-01-31 and more", None),
        ("2024-01-31 (BC)", None),
        ("31 January 2024", None),
    ],
)
def test_as_day_takes_two_ways_of_writing_and_no_other(text: str, day: date | None) -> None:
    assert read(as_day("t"), text) == [day]
    assert python_day(text) == day


@settings(max_examples=30)
@given(
    texts=st.lists(
        st.one_of(
            st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9:]{4,8})?", fullmatch=True),
            st.from_regex(r"[0-9]{1,2}[/-][0-9]{1,2}[/-][12][09][0-9]{2}", fullmatch=True),
            st.text("0123456789-/T: ", max_size=12),
        ).filter(lambda text: not text.startswith("0000") and "/0000" not in text and "-0000" not in text),
        min_size=1,
        max_size=20,
    )
)
def test_as_day_agrees_with_plain_python(texts: list[str]) -> None:
    assert read(as_day("t"), *texts) == [python_day(text) for text in texts]


@settings(max_examples=30)
@given(day=st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_as_day_reads_every_day_in_every_way_of_writing(day: date) -> None:
    texts = [day.isoformat(), f"{day} 00:00:00", day.strftime("%d/%m/%Y"), f"{day.day}/{day.month}/{day.year}"]

    assert read(as_day("t"), *texts) == [day] * 4


def test_as_count_takes_whole_numbers_of_0_or_more() -> None:
    texts = ["0", "007", "3.0", "999999999", "-1", "1.5", "1,000", "9999999999", "three", "1e3"]

    assert read(as_count("t"), *texts) == [0, 7, 3, 999999999, None, None, None, None, None, None]


def test_as_number_takes_decimals_and_nothing_else() -> None:
    texts = ["0.5", "-1.25", "12", "1,5", "1e3", "nan", "inf", ".5"]

    assert read(as_number("t"), *texts) == [0.5, -1.25, 12.0, None, None, None, None, None]


def test_as_identifier_takes_off_the_decimals_of_a_whole_number_alone() -> None:
    assert read(as_identifier("t"), "12.0", "012", "A.0", "12.5", "12") == ["12", "012", "A.0", "12.5", "12"]
