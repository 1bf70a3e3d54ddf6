"""Every total is recomputed: what adds up is left alone, what does not is named with its place and by how much."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trefoil.budget.accounts import Account, Fund, Line, Review, Share, Side, Stated, Total, pounds
from trefoil.budget.checks import check_account, check_accounts

AMOUNTS = st.decimals(min_value=0, max_value=999_999, places=2)
MORE = st.decimals(min_value=Decimal("0.01"), max_value=999_999, places=2)


@st.composite
def sound(draw: st.DrawFn) -> Account:
    """A year that adds up in every way."""
    shares = tuple(
        Share(f"Partner {place}", amount) for place, amount in enumerate(draw(st.lists(AMOUNTS, min_size=1)))
    )
    lines = tuple(Line(Side.SPENDING, f"Item {place}", amount) for place, amount in enumerate(draw(st.lists(AMOUNTS))))
    account = Account(2025, shares, lines)
    coming, going = account.total(Total.CONTRIBUTIONS) or Decimal(0), account.total(Total.SPENDING_BUDGET) or Decimal(0)
    drawn = max(going - coming, Decimal(0))
    opening = drawn + draw(AMOUNTS)
    stated = tuple(Stated(one, amount, 7) for one in Total if (amount := account.total(one)) is not None)
    return replace(account, funds=(Fund("General", opening, drawn=drawn, closing=opening - drawn),), stated=stated)


def rules(account: Account) -> set[str]:
    return {finding.rule for finding in check_account(account) if finding.is_fault}


@settings(max_examples=30)
@given(sound())
def test_check_account_finds_no_fault_in_a_sound_year(account: Account) -> None:
    assert rules(account) == set()


@settings(max_examples=30)
@given(sound(), MORE)
def test_check_account_finds_a_stated_total_that_is_off(account: Account, by: Decimal) -> None:
    first, *rest = account.stated
    wrong = replace(account, stated=(replace(first, amount=first.amount + by), *rest))
    (found,) = [one for one in check_account(wrong) if one.is_fault]
    assert found.rule == "stated-total"
    assert found.place.startswith("row 7, ")
    assert f"the total is {pounds(by)} more" in found.message


@settings(max_examples=30)
@given(sound(), MORE)
def test_check_account_finds_a_reserve_that_is_off(account: Account, by: Decimal) -> None:
    (fund,) = account.funds
    assert fund.closing is not None
    wrong = replace(account, funds=(replace(fund, closing=fund.closing + by),))
    assert rules(wrong) == {"reserve-moves"}


@settings(max_examples=30)
@given(sound(), MORE)
def test_check_account_finds_spending_that_nothing_covers(account: Account, by: Decimal) -> None:
    coming = (account.total(Total.CONTRIBUTIONS) or Decimal(0)) + (account.drawn or Decimal(0))
    spending = (Line(Side.SPENDING, "Everything", coming + by),)
    wrong = replace(account, lines=spending, stated=())
    (found,) = [one for one in check_account(wrong) if one.is_fault]
    assert found.rule == "budget-covered"
    assert f"{pounds(by)} comes from nowhere" in found.message


@pytest.mark.parametrize(
    ("account", "rule", "words"),
    [
        (Account(2025, (Share("A", Decimal(5), Decimal(6)),)), "invoiced-over", "A: £6 invoiced, £5 agreed."),
        (Account(2025, (Share("A", Decimal(5), Decimal(4), Decimal(5)),)), "paid-over", "£5 paid, £4 asked for."),
        (Account(2025, (Share("A", Decimal(5), None, Decimal(6)),)), "paid-over", "£6 paid, £5 asked for."),
        (
            Account(2025, (Share("A", Decimal(12), second=Decimal(5), second_source="A footnote.", row=3),)),
            "second-figure",
            "A is down for £12. The same source also says £5. A footnote.",
        ),
        (
            Account(2025, funds=(Fund("General", Decimal(10), drawn=Decimal(15), closing=Decimal(-5)),)),
            "reserve-overdrawn",
            "overdrawn by £5",
        ),
        (
            Account(2025, (Share("A", Decimal(5)),), (Line(Side.SPENDING, "x", outturn=Decimal(7)),), is_final=True),
            "outturn-covered",
            "£2 comes from nowhere",
        ),
        (
            Account(
                2025, (Share("A", Decimal(5)),), reviews=(Review("R", Decimal(8), Decimal(9)),), contingency=Decimal(4)
            ),
            "contingency-overspent",
            "£5 over",
        ),
        (Account(2025, (Share("A", Decimal(5)),)), "no-spending", "nothing of what was spent"),
        (
            Account(2025, (Share("A", Decimal(5)),), (Line(Side.SPENDING, "x", Decimal(3)),)),
            "budget-left",
            "not said where £2 goes",
        ),
    ],
)
def test_check_account_names_each_contradiction(account: Account, rule: str, words: str) -> None:
    (found,) = [one for one in check_account(account) if one.rule == rule]
    assert words in found.message


def test_check_account_leaves_an_outturn_that_is_not_the_last_alone() -> None:
    account = Account(2025, (Share("A", Decimal(5)),), (Line(Side.SPENDING, "x", Decimal(5), Decimal(7)),))
    assert check_account(account) == []
    assert rules(replace(account, is_final=True)) == {"outturn-covered"}


def test_check_account_counts_what_was_paid_once_it_is_known() -> None:
    share = Share("A", Decimal(9), Decimal(9), Decimal(7))
    account = Account(2025, (share,), (Line(Side.SPENDING, "x", None, Decimal(9)),), is_final=True)
    assert rules(account) == {"outturn-covered"}


def test_check_accounts_holds_a_reserve_against_the_year_before() -> None:
    before = Account(2024, funds=(Fund("General", closing=Decimal(10)),))
    after = Account(2025, funds=(Fund("general", opening=Decimal(12)),))
    (found,) = check_accounts([after, before])
    assert (found.rule, found.year) == ("reserve-carried", 2025)
    assert "opens at £12. It closed 2024/25 at £10." in found.message
    assert check_accounts([before, replace(after, first_year=2026)]) == []


def test_check_accounts_names_partners_that_are_gone() -> None:
    before = Account(2024, (Share("Old name", Decimal(1)), Share("Both", Decimal(1))))
    after = Account(2025, (Share("New name", Decimal(1)), Share("Both", Decimal(1))))
    found = [one for one in check_accounts([before, after]) if one.rule == "partners-gone"]
    assert [one.message for one in found] == ["Gave in 2024/25 and is not listed: Old name. New: New name."]


@pytest.mark.parametrize(
    ("amount", "words"), [("12500", "£12,500"), ("0.5", "£0.50"), ("-40", "−£40"), ("12500.00", "£12,500")]
)
def test_pounds(amount: str, words: str) -> None:
    assert pounds(Decimal(amount)) == words


def test_check_account_holds_the_budget_against_what_it_plans_to_draw() -> None:
    fund = Fund("General", Decimal(10), planned=Decimal(2), added=Decimal(5), closing=Decimal(15))
    account = Account(2025, (Share("A", Decimal(5)),), (Line(Side.SPENDING, "x", Decimal(7), Decimal(0)),), (fund,))
    assert check_account(account) == []
    assert rules(replace(account, funds=(replace(fund, planned=None),))) == {"budget-covered"}
