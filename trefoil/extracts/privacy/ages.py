"""Ages in completed months. Pure.

A month is completed on the day of the same number, or, in a month too short to have it, on its last day (the
corresponding date rule, by which English law counts months; House of Lords [1981] 1 WLR 1027). So a child born on
31 January is one month old on 28 February, and one born on 29 February has completed a year on 28 February of a common
year. It follows that on the last day of any month every child's age is the plain difference of months, which the store
relies on. Before birth the number is below 0.
"""

from calendar import monthrange
from datetime import date


def completed_months(born: date, on: date) -> int:
    """Completed months from birth to a day, below 0 before birth."""
    months = (on.year - born.year) * 12 + on.month - born.month
    is_last_day = on.day == monthrange(on.year, on.month)[1]
    return months - (on.day < born.day and not is_last_day)


def end_of_month(day: date) -> date:
    """The last day of a day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def months_sql(born: str, on: str) -> str:
    """`completed_months` as a DuckDB expression over two expressions of DATE; null when either is."""
    return (
        f"CAST((year({on}) - year({born})) * 12 + month({on}) - month({born})"
        f" - CASE WHEN day({on}) < day({born}) AND {on} <> last_day({on}) THEN 1 ELSE 0 END AS INTEGER)"
    )
