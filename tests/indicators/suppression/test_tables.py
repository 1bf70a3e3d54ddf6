import pytest

from trefoil.indicators.suppression.tables import Cell, Share, Sum, Table, TableError, one_way, two_way


def test_one_way_adds_its_total() -> None:
    table = one_way("age", {"under 1": 4, "1 to 4": 9})
    assert table.counts == {"age: under 1": 4, "age: 1 to 4": 9, "age: all": 13}
    assert table.sums == (Sum("age: all", ("age: under 1", "age: 1 to 4")),)


def test_two_way_adds_every_total() -> None:
    table = two_way("plan", ["girls", "boys"], ["neglect", "other"], [[1, 2], [3, 4]])
    counts = table.counts
    assert [counts[f"plan: {row} / all"] for row in ("girls", "boys", "all")] == [3, 7, 10]
    assert [counts[f"plan: all / {column}"] for column in ("neglect", "other")] == [4, 6]
    # Two rows and the row of totals, two columns and the column of totals.
    assert (len(table.cells), len(table.sums)) == (9, 6)


@pytest.mark.parametrize(
    ("cells", "sums", "shares", "message"),
    [
        ((Cell("a", 1), Cell("a", 2)), (), (), "same key"),
        ((Cell("a", -1),), (), (), "“a” is -1"),
        ((Cell("a", 1),), (Sum("a", ("b",)),), (), "names “b”"),
        ((Cell("a", 1),), (Sum("b", ("a",)),), (), "names “b”"),
        ((Cell("a", 1),), (Sum("a", ("a",)),), (), "names a cell twice"),
        ((Cell("a", 2), Cell("b", 1)), (Sum("a", ("b", "b")),), (), "names a cell twice"),
        ((Cell("a", 3), Cell("b", 1)), (Sum("a", ("b",)),), (), "add up to 1, not 3"),
        ((Cell("a", 3),), (), (Share("s", "b", 100),), "share “s” names “b”"),
        ((Cell("a", 3),), (), (Share("s", "a", "b"),), "share “s” names “b”"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused(
    cells: tuple[Cell, ...], sums: tuple[Sum, ...], shares: tuple[Share, ...], message: str
) -> None:
    with pytest.raises(TableError, match=message):
        Table(cells, sums, shares)
