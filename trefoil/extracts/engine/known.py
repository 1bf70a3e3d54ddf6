"""What an extract can say: for which months it can tell what a measure asks. Pure.

A shape that cannot carry a field, or days that the extract does not cover, give no figure: not a zero.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from trefoil.extracts.standard import load_tables

from .periods import last_whole_month, month_number
from .tables import Extract

NEVER = (1, 0)

# Not of events for our purpose: where a child lives is asked of the extract, not of a period (`subjects/people.py`).
_OF_PERSONS = frozenset({"ssd_address"})


@dataclass(frozen=True)
class Knowledge:
    """What one extract carries and covers."""

    extract: Extract

    def carried(self, need: str) -> tuple[str, ...]:
        """The tables by which the extract meets a need (`a.x` or `a.x|b.y`); none when it does not."""
        return tuple(
            table
            for table, _, field in (choice.partition(".") for choice in need.split("|"))
            if field in _stored_names(table, self.extract.carries.get(table, ()))
        )

    def months(self, needs: Iterable[str], *, looks_back: int = 0, on_the_day: bool = False) -> tuple[int, int]:
        """The first and the last month for which all needs are met; first after last when there is none.

        `on_the_day`: only the last day of the month must be covered, and not the whole of it.
        """
        first, last = 0, last_whole_month(self.extract.as_at)
        for need in needs:
            tables = self.carried(need)
            spans = [span for table in tables if (span := self._covered(table, on_the_day)) is not None]
            if not spans:
                return NEVER
            widest = max(spans, key=lambda span: span[1] - span[0])
            first, last = max(first, widest[0]), min(last, widest[1])
        return first + looks_back, last

    def _covered(self, table: str, on_the_day: bool) -> tuple[int, int] | None:
        """The months of a table that are covered; all of time for a table that is not of events."""
        if table in _OF_PERSONS or not load_tables()[table].event:
            return 0, 99999
        days = self.extract.covers.get(table)
        if days is None:
            return None
        begins = month_number(days[0]) if on_the_day or days[0].day == 1 else month_number(days[0]) + 1
        return begins, last_whole_month(days[1])


def _stored_names(table: str, carried: Iterable[str]) -> frozenset[str]:
    """The names of the store's columns for the fields a shape carries, under their standard or their stored name."""
    stored = {field.name: field.stored_name for field in load_tables()[table].fields}
    return frozenset(stored.get(name, name) for name in carried)
