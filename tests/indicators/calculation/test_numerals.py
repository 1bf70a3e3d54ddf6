import pytest

from trefoil.indicators.calculation.numerals import counted, in_words, listed


@pytest.mark.parametrize(
    ("number", "words"), [(0, "zero"), (7, "seven"), (12, "twelve"), (13, "13"), (1500, "1,500"), (-2, "-2")]
)
def test_in_words(number: int, words: str) -> None:
    assert in_words(number) == words


@pytest.mark.parametrize(
    ("number", "words"), [(0, "no months"), (1, "one month"), (2, "two months"), (14, "14 months")]
)
def test_counted(number: int, words: str) -> None:
    assert counted(number, "month", "months") == words


@pytest.mark.parametrize(("items", "words"), [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")])
def test_listed(items: list[str], words: str) -> None:
    assert listed(items) == words
