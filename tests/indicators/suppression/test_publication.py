"""Worked examples, and an attacker who tries every table that hypothesis thinks of."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.indicators.suppression.attacker import possible_values, what_is_shown
from trefoil.indicators.suppression.publication import prepare_for_publication
from trefoil.indicators.suppression.published import PublishedTable
from trefoil.indicators.suppression.tables import Cell, Share, Sum, Table, one_way, two_way

counts = st.one_of(st.just(0), st.integers(1, 5), st.integers(6, 12), st.integers(6, 40))


def texts(table: Table) -> list[str]:
    return [cell.text for cell in prepare_for_publication(table).cells.values()]


def hidden(published: PublishedTable) -> list[str]:
    return [key for key, cell in published.cells.items() if cell.value is None]


def assert_nothing_can_be_worked_out(table: Table, published: PublishedTable) -> None:
    for exact in (None, table.counts):
        bounds = what_is_shown(published.cells, exact)
        for key in hidden(published):
            assert len(possible_values(bounds, table.sums, key)) >= 3, (key, exact, published)


@pytest.mark.parametrize(
    ("given_counts", "expected"),
    [
        # Nothing small: only rounding.
        ([12, 13], ["10", "15", "25"]),
        # One small part takes the smallest other with it.
        ([3, 20, 30], ["fewer than 6", "withheld", "30", "55"]),
        # Two small parts hide each other while their sum leaves room: 2 + 3 = 5 could be 1 + 4.
        ([2, 3, 30], ["fewer than 6", "fewer than 6", "30", "35"]),
        # 1 + 1 = 2 leaves none, so a third part goes.
        ([1, 1, 50], ["fewer than 6", "fewer than 6", "withheld", "50"]),
        # 5 + 5 = 10 leaves none either.
        ([5, 5, 50], ["fewer than 6", "fewer than 6", "withheld", "60"]),
        # A total under 11 is not broken down, zeros included.
        ([3, 0, 0], ["withheld", "withheld", "withheld", "fewer than 6"]),
        ([6, 1], ["withheld", "withheld", "5"]),
        ([10, 0], ["withheld", "withheld", "10"]),
        # 1 + 10 = 11 can be, with all of 1 to 5 possible: 5 + 6 = 11.
        ([1, 10], ["fewer than 6", "withheld", "10"]),
        # Zeros beside large numbers stay.
        ([0, 0], ["0", "0", "0"]),
        ([0, 40], ["0", "40", "40"]),
        # Twelve ones under twelve could only be ones.
        ([1] * 12, ["withheld"] * 12 + ["10"]),
        ([4], ["withheld", "fewer than 6"]),
    ],
)
def test_a_list_with_its_total(given_counts: list[int], expected: list[str]) -> None:
    assert texts(one_way("x", {str(at): count for at, count in enumerate(given_counts)})) == expected


def test_a_small_cell_in_two_ways_takes_a_rectangle() -> None:
    table = two_way("x", ["r", "s", "t"], ["c", "d", "e"], [[3, 20, 30], [25, 40, 12], [18, 22, 36]])
    published = prepare_for_publication(table)
    assert hidden(published) == ["x: r / c", "x: r / d", "x: t / c", "x: t / d"]
    assert published.cells["x: all / all"].text == "205"


def test_one_child_in_rows_by_columns_leaves_only_the_total() -> None:
    published = prepare_for_publication(two_way("x", ["r", "s"], ["c", "d"], [[0, 0], [0, 1]]))
    assert {key: cell.text for key, cell in published.cells.items() if cell.text != "withheld"} == {
        "x: all / all": "fewer than 6"
    }


def test_a_column_of_zeros_stays_in_a_row_that_is_not_broken_down() -> None:
    published = prepare_for_publication(two_way("x", ["r", "s"], ["c", "d", "e"], [[0, 2, 1], [0, 30, 40]]))
    assert published.cells["x: r / c"].text == "0"
    assert published.cells["x: r / d"].text == "withheld"


def test_a_single_small_count_without_sums() -> None:
    assert texts(Table((Cell("a", 5), Cell("b", 6)))) == ["fewer than 6", "5"]


def test_notes_and_shares_come_with_the_table() -> None:
    listed = one_way("x", {"a": 3, "b": 20, "c": 30})
    shares = (Share("a of all", "x: a", "x: all"), Share("c of all", "x: c", "x: all"))
    published = prepare_for_publication(Table(listed.cells, listed.sums, shares))
    # 30 of 55 (53 rounded) is 54.5%, shown as 55.
    assert {key: share.text for key, share in published.shares.items()} == {
        "a of all": "withheld",
        "c of all": "55",
    }
    assert len(published.notes) == 3


def test_a_small_part_of_a_nested_total_is_protected_at_both_levels() -> None:
    cells = (Cell("all", 60), Cell("north", 25), Cell("south", 35), Cell("n1", 2), Cell("n2", 23))
    table = Table(cells, (Sum("all", ("north", "south")), Sum("north", ("n1", "n2"))))
    published = prepare_for_publication(table)
    assert hidden(published) == ["n1", "n2"]
    assert_nothing_can_be_worked_out(table, published)


@given(st.lists(counts, min_size=1, max_size=7))
@settings(max_examples=150, deadline=None)
def test_no_hidden_cell_of_a_list_can_be_worked_out(given_counts: list[int]) -> None:
    table = one_way("x", {str(at): count for at, count in enumerate(given_counts)})
    assert_nothing_can_be_worked_out(table, prepare_for_publication(table))


@given(st.integers(2, 3), st.integers(2, 4), st.data())
@settings(max_examples=40, deadline=None)
def test_no_hidden_cell_of_rows_by_columns_can_be_worked_out(rows: int, columns: int, data: st.DataObject) -> None:
    lines = [[data.draw(counts) for _ in range(columns)] for _ in range(rows)]
    table = two_way("x", [f"r{at}" for at in range(rows)], [f"c{at}" for at in range(columns)], lines)
    assert_nothing_can_be_worked_out(table, prepare_for_publication(table))


@given(st.lists(st.lists(counts, min_size=1, max_size=4), min_size=1, max_size=4))
@settings(max_examples=40, deadline=None)
def test_no_hidden_cell_of_a_tree_can_be_worked_out(branches: list[list[int]]) -> None:
    cells = [Cell("all", sum(map(sum, branches)))]
    sums = [Sum("all", tuple(f"b{at}" for at in range(len(branches))))]
    for at, leaves in enumerate(branches):
        cells.append(Cell(f"b{at}", sum(leaves)))
        cells += [Cell(f"b{at}.{leaf}", count) for leaf, count in enumerate(leaves)]
        sums.append(Sum(f"b{at}", tuple(f"b{at}.{leaf}" for leaf in range(len(leaves)))))
    table = Table(tuple(cells), tuple(sums))
    assert_nothing_can_be_worked_out(table, prepare_for_publication(table))


@given(st.integers(2, 3), st.integers(2, 4), st.data())
@settings(max_examples=40, deadline=None)
def test_small_counts_are_never_shown_and_others_never_called_small(
    rows: int, columns: int, data: st.DataObject
) -> None:
    lines = [[data.draw(counts) for _ in range(columns)] for _ in range(rows)]
    table = two_way("x", [f"r{at}" for at in range(rows)], [f"c{at}" for at in range(columns)], lines)
    for key, cell in prepare_for_publication(table).cells.items():
        count = table.counts[key]
        if 1 <= count <= 5:
            assert cell.value is None
        else:
            assert cell.text != "fewer than 6"
            assert cell.value is None or abs(cell.value - count) <= 2


@pytest.mark.parametrize(("parts", "top"), [(2, 16), (3, 12)])
def test_not_even_knowing_this_code_gives_a_small_count_away(parts: int, top: int) -> None:
    """Publish every table there is; the tables that look the same must differ in every hidden small cell."""
    alike: dict[tuple[str, ...], list[tuple[int, ...]]] = defaultdict(list)
    for line in product(range(top), repeat=parts):
        table = one_way("x", {str(at): count for at, count in enumerate(line)})
        alike[tuple(texts(table))].append(tuple(table.counts.values()))
    for shown, tables in alike.items():
        if any(max(each[:-1]) == top - 1 for each in tables):
            continue  # at the edge of what was tried, look-alikes lie outside
        for at, text in enumerate(shown):
            values = {each[at] for each in tables}
            if text in ("fewer than 6", "withheld"):
                assert len(values) >= 2 or min(values) > 5, (shown, tables)
