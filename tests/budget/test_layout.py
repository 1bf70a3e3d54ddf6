"""A finance file's rows and the years they give, both ways."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trefoil.budget.accounts import Account, Fund, Line, Review, Share, Side, Stated, Total
from trefoil.budget.layout import Row, accounts_of, rows_of

AMOUNTS = st.none() | st.decimals(min_value=0, max_value=999_999, places=2)
NAMES = st.text("abc XY'é", min_size=1, max_size=12).map(str.strip).filter(bool)


def told(one: Share | Line | Fund | Review) -> bool:
    """Whether it has a figure; without one it gives no row."""
    return any(isinstance(getattr(one, name), Decimal) for name in one.__slots__)


def uniquely(entries: list[Share | Line | Fund | Review]) -> tuple[Share | Line | Fund | Review, ...]:
    keyed = {getattr(one, "name", None) or (one.side, one.item): one for one in entries if told(one)}
    return tuple(keyed.values())


SHARES = st.lists(st.builds(Share, NAMES, AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS, st.just("A room")), max_size=4)
LINES = st.lists(st.builds(Line, st.sampled_from(Side), NAMES, AMOUNTS, AMOUNTS), max_size=4)
FUNDS = st.lists(st.builds(Fund, NAMES, AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS), max_size=3)
REVIEWS = st.lists(st.builds(Review, NAMES, AMOUNTS, AMOUNTS), max_size=3)


@settings(max_examples=30)
@given(SHARES, LINES, FUNDS, REVIEWS, AMOUNTS)
def test_rows_of_read_again_give_the_same_years(
    shares: list[Share], lines: list[Line], funds: list[Fund], reviews: list[Review], contingency: Decimal | None
) -> None:
    shares = [one if one.in_kind is not None else replace(one, in_kind_what="") for one in shares]
    parts = [uniquely(part) for part in (shares, lines, funds, reviews)]
    account = Account(2025, *parts, (Stated(Total.CONTRIBUTIONS, Decimal(3)),), contingency)
    rows = [Row(0, *row) for row in rows_of([account])]
    assert accounts_of(rows) == ([account], [])


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (Row(2, "2025/26", "gift", "A", Decimal(1)), "“gift” is not a kind of sum"),
        (Row(2, "2025/27", "contribution", "A", Decimal(1)), "not a financial year"),
        (Row(2, "2025/26", "contribution", " ", Decimal(1)), "does not say whose sum"),
        (Row(2, "2025/26", "contribution in kind", "A", Decimal(1)), "what it was"),
        (Row(2, "2025/26", "outturn", "A", Decimal(-1)), "not as a minus"),
        (Row(2, "2025/26", "outturn", "A" * 121, Decimal(1)), "Shorten it"),
    ],
)
def test_accounts_of_refuses_a_row_with_its_place(row: Row, words: str) -> None:
    accounts, (error,) = accounts_of([row])
    assert accounts == []
    assert words in error.message
    assert str(error).startswith("error: row 2: ")


def test_accounts_of_takes_the_end_of_a_century() -> None:
    (account,), errors = accounts_of([Row(2, "1999/00", "contribution", "A", Decimal(1))])
    assert (account.label, errors) == ("1999/00", [])
