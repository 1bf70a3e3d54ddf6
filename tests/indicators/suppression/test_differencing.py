import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.indicators.suppression.attacker import possible_values, what_is_shown
from trefoil.indicators.suppression.differencing import DifferencingRefused, EarlierPublication
from trefoil.indicators.suppression.publication import prepare_for_publication
from trefoil.indicators.suppression.tables import Cell, Sum, Table, one_way

counts = st.one_of(st.just(0), st.integers(1, 5), st.integers(6, 12), st.integers(6, 40))


def publish(table: Table, *before: EarlierPublication) -> EarlierPublication:
    return EarlierPublication(table, prepare_for_publication(table, earlier=before))


def year_to(month: int, count: int) -> Table:
    months = frozenset(f"month {number}" for number in range(1, month + 1))
    return Table((Cell(f"year to month {month}", count, "contacts", months),))


def only(month: int, count: int) -> Cell:
    return Cell(f"month {month}", count, "contacts", frozenset({f"month {month}"}))


def test_two_totals_that_differ_by_three_are_refused() -> None:
    before = publish(year_to(10, 100))
    with pytest.raises(DifferencingRefused, match="“year to month 11”, “year to month 10”") as refusal:
        prepare_for_publication(year_to(11, 103), earlier=[before])
    assert refusal.value.cells == ("year to month 11", "year to month 10")


@pytest.mark.parametrize("later", [100, 106])
def test_two_totals_that_differ_by_none_or_by_six_pass(later: int) -> None:
    published = prepare_for_publication(year_to(11, later), earlier=[publish(year_to(10, 100))])
    assert published.cells["year to month 11"].value == (100 if later == 100 else 105)


def test_nested_cells_of_one_table_need_no_sum_to_be_refused() -> None:
    nested = Table((*year_to(10, 100).cells, *year_to(11, 103).cells))
    with pytest.raises(DifferencingRefused, match="year to month 11"):
        prepare_for_publication(nested)


def test_a_difference_that_is_already_public_does_not_stop_another_table() -> None:
    out = [publish(year_to(10, 100)), publish(year_to(11, 103))]
    published = prepare_for_publication(year_to(12, 140), earlier=out)
    assert published.cells["year to month 12"].value == 140


def test_the_earlier_total_may_be_the_wider() -> None:
    with pytest.raises(DifferencingRefused, match="year to month 11"):
        prepare_for_publication(year_to(10, 100), earlier=[publish(year_to(11, 101))])


def test_several_narrower_cells_together_are_refused() -> None:
    before = publish(Table((only(1, 40), only(2, 30))))
    # Months 1 to 3 are 72, and 72 - 40 - 30 = 2 happened in month 3.
    with pytest.raises(DifferencingRefused) as refusal:
        prepare_for_publication(year_to(3, 72), earlier=[before])
    assert set(refusal.value.cells) == {"year to month 3", "month 1", "month 2"}


def test_a_hidden_cell_leaves_no_difference() -> None:
    before = publish(Table((only(1, 3),)))
    published = prepare_for_publication(year_to(2, 7), earlier=[before])
    assert published.cells["year to month 2"].text == "5"


def test_other_measures_and_overlaps_without_nesting_pass() -> None:
    wide = Cell("referrals", 103, "referrals", frozenset({"month 1", "month 2"}))
    crossing = Cell("contacts 2 to 3", 103, "contacts", frozenset({"month 2", "month 3"}))
    before = publish(year_to(2, 100))
    shown = prepare_for_publication(Table((wide, crossing)), earlier=[before])
    assert [cell.text for cell in shown.cells.values()] == ["105", "105"]


def test_a_sum_of_overlapping_cells_is_no_difference() -> None:
    # 60 + 40 = 100 of 103, but both count month 2, so nothing is left over that can be told.
    first = Cell("months 1 to 2", 60, "contacts", frozenset({"month 1", "month 2"}))
    second = Cell("months 2 to 3", 40, "contacts", frozenset({"month 2", "month 3"}))
    shown = prepare_for_publication(year_to(4, 103), earlier=[publish(Table((first, second)))])
    assert shown.cells["year to month 4"].value == 105


def test_a_total_that_its_parts_cover_whole_leaves_nobody_over() -> None:
    # 60 + 40 = 100 of 103: three contacts were added since, to months that nobody can tell.
    before = publish(Table((only(1, 60), only(2, 40))))
    shown = prepare_for_publication(year_to(2, 103), earlier=[before])
    assert shown.cells["year to month 2"].value == 105


def test_what_was_shown_before_is_not_chosen_to_protect() -> None:
    before = publish(Table((Cell("x: b", 20),)))
    shown = prepare_for_publication(one_way("x", {"a": 3, "b": 20, "c": 30}), earlier=[before])
    assert [cell.text for cell in shown.cells.values()] == ["fewer than 6", "20", "withheld", "55"]


def test_when_all_else_was_shown_before_the_table_is_refused() -> None:
    before = publish(Table((Cell("x: b", 20), Cell("x: all", 23))))
    with pytest.raises(DifferencingRefused, match="what was published before gives away: “x: a”"):
        prepare_for_publication(one_way("x", {"a": 3, "b": 20}), earlier=[before])


def test_a_cell_hidden_before_stays_hidden_as_it_was() -> None:
    before = publish(one_way("x", {"a": 3, "b": 20, "c": 30}))
    shown = prepare_for_publication(Table((Cell("x: a", 3), Cell("x: b", 20))), earlier=[before])
    assert [cell.text for cell in shown.cells.values()] == ["fewer than 6", "withheld"]


def test_a_part_withheld_under_a_small_total_stays_withheld() -> None:
    before = publish(one_way("x", {"a": 3, "b": 0}))
    shown = prepare_for_publication(Table((Cell("x: a", 3), Cell("x: b", 0))), earlier=[before])
    assert [cell.text for cell in shown.cells.values()] == ["withheld", "withheld"]


def test_a_restated_cell_is_a_new_cell() -> None:
    before = publish(one_way("x", {"a": 20, "b": 30}))
    shown = prepare_for_publication(one_way("x", {"a": 4, "b": 30}), earlier=[before])
    # b and the first total were shown before; the new total, 34, was not and can still be withheld.
    assert [cell.text for cell in shown.cells.values()] == ["withheld", "30", "withheld"]


@given(st.lists(counts, min_size=3, max_size=6), st.data())
@settings(max_examples=100, deadline=None)
def test_two_groupings_together_give_nothing_away(given_counts: list[int], data: st.DataObject) -> None:
    """The same categories, published one by one, then merged: refused, or safe together."""
    first = one_way("x", {str(at): count for at, count in enumerate(given_counts)})
    cut = data.draw(st.integers(1, len(given_counts) - 1))
    low, high = first.sums[0].parts[:cut], first.sums[0].parts[cut:]
    halves = (Cell("low", sum(given_counts[:cut])), Cell("high", sum(given_counts[cut:])))
    second = Table((*halves, *first.cells), (Sum("low", low), Sum("high", high), Sum("x: all", ("low", "high"))))
    before = publish(first)
    try:
        after = publish(second, before)
    except DifferencingRefused:
        return
    everything = second.counts | first.counts
    for exact in (None, everything):
        bounds = what_is_shown(before.published.cells, exact)
        for key, more in what_is_shown(after.published.cells, exact).items():
            low_end, high_end = bounds.get(key, more)
            bounds[key] = (max(low_end, more[0]), min(high_end, more[1]))
        for key, cell in (before.published.cells | after.published.cells).items():
            if cell.value is None:
                assert len(possible_values(bounds, [*first.sums, *second.sums], key)) >= 3, key
