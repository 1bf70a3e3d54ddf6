"""A finance file's rows and a partnership's years, both ways. Pure: no Django, no database.

Each row is a year, a kind, an item, an amount in pounds and a note. The kinds are those of the published accounts that
Trefoil reads (`trefoil/indicators/packs`), and more for what a partnership keeps itself.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, NamedTuple

from .accounts import Account, Fund, Line, Review, Share, Side, Stated, Total

HEADINGS = ("year", "kind", "item", "amount_gbp", "note")
TOTAL_OF = "published total of "
UNNAMED_FUND = "Reserves"
LONGEST_ITEM, LONGEST_NOTE = 120, 300


class Row(NamedTuple):
    """One row of the file; `row` counts from 1 with the headings as row 1."""

    row: int
    year: str
    kind: str
    item: str
    amount: Decimal
    note: str = ""


@dataclass(frozen=True, slots=True)
class LayoutError:
    """A row that cannot be taken, and why."""

    row: int
    message: str

    def __str__(self) -> str:
        return f"error: row {self.row}: {self.message}"


# Kind of row -> what it fills: the part of the year, and the field of it.
_SHARES = {
    "contribution": "agreed",
    "contribution invoiced": "invoiced",
    "contribution paid": "paid",
    "contribution in kind": "in_kind",
    "footnote on contribution": "second",
}
_LINES = {
    "budgeted income": (Side.INCOME, "budget"),
    "income outturn": (Side.INCOME, "outturn"),
    "budgeted expenditure": (Side.SPENDING, "budget"),
    "outturn": (Side.SPENDING, "outturn"),
}
_FUNDS = {
    "reserve opening": "opening",
    "planned draw-down from reserves": "planned",
    "added to reserves": "added",
    "draw-down from reserves": "drawn",
    "carry forward": "closing",
    "reserve closing": "closing",
}
_REVIEWS = {"review expected": "expected", "review cost": "spent"}
CONTINGENCY = "review contingency"
# What the note of a row of these kinds says is kept in a field of its own.
_NOTES = {"in_kind": "in_kind_what", "second": "second_source"}

KINDS = (*_SHARES, *_LINES, *_FUNDS, *_REVIEWS, CONTINGENCY)
_TOTALS = {f"{TOTAL_OF}{total}": total for total in Total}


def accounts_of(rows: Sequence[Row], *, is_final: bool = False) -> tuple[list[Account], list[LayoutError]]:
    """The years that the rows give, and the rows that cannot be taken. With one error nothing should be stored."""
    errors = [LayoutError(row.row, _why_not(row)) for row in rows if _why_not(row)]
    by_year: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        if not _why_not(row):
            by_year[int(row.year[:4])].append(row)
    return [_account(year, by_year[year], is_final=is_final) for year in sorted(by_year)], errors


def _why_not(row: Row) -> str:
    kind = row.kind.casefold()
    if kind not in {*KINDS, *_TOTALS}:
        return f"“{row.kind[:60]}” is not a kind of sum. Use one of: {', '.join(KINDS)}, {TOTAL_OF}..."
    if (int(row.year[:4]) + 1) % 100 != int(row.year[-2:]):
        return f"“{row.year}” is not a financial year; the second year follows the first."
    if kind in _TOTALS:
        return ""
    return next((why for wrong, why in _wrongs(kind, row) if wrong), "")


def _wrongs(kind: str, row: Row) -> Iterator[tuple[bool, str]]:
    """Each thing that can be wrong with a row of a known kind and year: whether it is, and what to do."""
    item, note = row.item.strip(), row.note.strip()
    needs_item = kind in _SHARES or kind in _LINES or kind in _REVIEWS
    yield needs_item and not item, "The row does not say whose sum it is, or what for. Fill in the item."
    what = "A contribution in kind says in its note what it was, such as a room or hours of work."
    yield kind == "contribution in kind" and not note, what
    long = len(item) > LONGEST_ITEM or len(note) > LONGEST_NOTE
    yield long, f"The item has more than {LONGEST_ITEM} letters, or the note more than {LONGEST_NOTE}. Shorten it."
    minus = f"The amount is {row.amount}. Write what goes out as a row of its own kind, not as a minus."
    yield row.amount < 0, minus


def _account(year: int, rows: Iterable[Row], *, is_final: bool) -> Account:
    made: dict[tuple[str, str], Any] = {}
    stated, contingency = [], None
    for row in rows:
        kind, item = row.kind.casefold(), row.item.strip()
        if kind in _TOTALS:
            stated.append(Stated(_TOTALS[kind], row.amount, row.row))
        elif kind == CONTINGENCY:
            contingency = row.amount
        else:
            key, entry, name = _entry(kind, item, row)
            made[key] = _filled(made.get(key, entry), name, row)
    held = list(made.values())
    return Account(
        first_year=year,
        shares=tuple(one for one in held if isinstance(one, Share)),
        lines=tuple(one for one in held if isinstance(one, Line)),
        funds=tuple(one for one in held if isinstance(one, Fund)),
        reviews=tuple(one for one in held if isinstance(one, Review)),
        stated=tuple(stated),
        contingency=contingency,
        is_final=is_final,
    )


def _entry(kind: str, item: str, row: Row) -> tuple[tuple[str, str], Share | Line | Fund | Review, str]:
    """The key of what a row belongs to, an empty one of it, and the field that the row fills."""
    if kind in _SHARES:
        return ("share", item), Share(item, row=row.row), _SHARES[kind]
    if kind in _LINES:
        side, name = _LINES[kind]
        return (side.value, item), Line(side, item, row=row.row), name
    if kind in _REVIEWS:
        return ("review", item), Review(item, row=row.row), _REVIEWS[kind]
    fund = item or UNNAMED_FUND
    return ("fund", fund), Fund(fund, row=row.row), _FUNDS[kind]


def _filled(entry: Any, name: str, row: Row) -> Any:
    """The entry with the row's amount, and its note where notes of that kind are kept."""
    note_field = _NOTES.get(name, "note")
    notes = {note_field: row.note.strip()} if row.note.strip() else {}
    return replace(entry, **{name: row.amount}, **notes)


def rows_of(accounts: Iterable[Account]) -> list[tuple[str, str, str, Decimal, str]]:
    """The years as rows of a file, under HEADINGS. Reading them again gives the same years, but for row numbers."""
    return [
        (account.label, kind, item, amount, note) for account in accounts for kind, item, amount, note in _rows(account)
    ]


_Part = tuple[str, str, Decimal, str]


def _rows(account: Account) -> Iterator[_Part]:
    for share in account.shares:
        yield from _of_entry(share, share.name, _SHARES)
    for line in account.lines:
        yield from _of_entry(
            line, line.item, {kind: name for kind, (side, name) in _LINES.items() if side is line.side}
        )
    for fund in account.funds:
        kinds = {kind: name for kind, name in _FUNDS.items() if kind != "carry forward"}
        yield from _of_entry(fund, fund.name, kinds)
    for review in account.reviews:
        yield from _of_entry(review, review.name, _REVIEWS)
    if account.contingency is not None:
        yield CONTINGENCY, "", account.contingency, ""
    for stated in account.stated:
        yield f"{TOTAL_OF}{stated.of}", "", stated.amount, ""


def _of_entry(entry: Any, item: str, kinds: dict[str, str]) -> Iterator[_Part]:
    """A row for each figure; the entry's own note stands on the first row of a kind without a note of its own."""
    note = entry.note
    for kind, name in kinds.items():
        amount = getattr(entry, name)
        if amount is None:
            continue
        if name in _NOTES:
            yield kind, item, amount, getattr(entry, _NOTES[name])
        else:
            yield kind, item, amount, note
            note = ""
