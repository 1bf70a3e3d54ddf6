"""DuckDB expressions that read text as days, figures and identifiers. Pure text.

A day is 2024-01-31 or 31/01/2024 (31-01-2024), with or without a time of day, which is dropped. Nothing else is a day:
a month that comes first is never tried.
"""

from .layouts import Kind

_TIME = r"[ T]\d{1,2}:\d{2}(:\d{2}([.,]\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?"
_DAY_FIRST = r"\d{1,2}[/-]\d{1,2}[/-]\d{4}"

HOW_TO_WRITE: dict[Kind, str] = {
    "date": "Write the day as 2024-01-31 or 31/01/2024.",
    "count": "Write a whole number, 0 or more, in figures.",
    "number": "Write a figure with a point for decimals and nothing else.",
}


def as_day(text: str) -> str:
    """A clean cell as DATE, null when it is none."""
    return (
        f"CASE WHEN {text} LIKE '____-__-__%' THEN"
        f" CASE WHEN length({text}) = 10 OR regexp_full_match(substr({text}, 11), '{_TIME}')"
        f" THEN try_cast(left({text}, 10) AS DATE) END"
        f" WHEN regexp_full_match({text}, '{_DAY_FIRST}({_TIME})?')"
        f" THEN CAST(try_strptime(replace(regexp_extract({text}, '^{_DAY_FIRST}'), '-', '/'), '%d/%m/%Y') AS DATE) END"
    )


def as_count(text: str) -> str:
    """A clean cell as INTEGER of 0 or more, null when it is none. `3.0` is 3."""
    return (
        f"CASE WHEN regexp_full_match({text}, '\\d{{1,9}}(\\.0+)?')"
        f" THEN CAST(regexp_extract({text}, '^\\d+') AS INTEGER) END"
    )


def as_number(text: str) -> str:
    """A clean cell as DOUBLE, null when it is none."""
    return f"CASE WHEN regexp_full_match({text}, '-?\\d{{1,12}}(\\.\\d{{1,9}})?') THEN CAST({text} AS DOUBLE) END"


def as_identifier(text: str) -> str:
    """A clean cell as an identifier. `123.0`, which some programs write for 123 beside blanks, is 123."""
    return (
        f"CASE WHEN ends_with({text}, '.0') AND regexp_full_match({text}, '\\d+\\.0')"
        f" THEN left({text}, -2) ELSE {text} END"
    )
