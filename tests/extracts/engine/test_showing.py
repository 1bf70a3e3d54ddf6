"""Which counts of groups may be shown beside each other."""

import pytest

from trefoil.extracts.engine.showing import hidden_groups


@pytest.mark.parametrize(
    ("events", "hidden"),
    [
        ({"a": 100, "b": 10}, set()),
        ({"a": 100, "b": 0}, set()),
        ({"a": 100, "b": 9, "c": 40}, {"b", "c"}),
        ({"a": 100, "b": 4, "c": 3, "d": 30}, {"b", "c", "d"}),
        ({"a": 100, "b": 8, "c": 3, "d": 30}, {"b", "c"}),
        ({"a": 100, "b": 3}, {"a", "b"}),
        ({"a": 3, "b": 0}, {"a"}),
        ({}, set()),
    ],
)
def test_hidden_groups_cannot_be_worked_out_from_the_rest(events: dict[str, int], hidden: set[str]) -> None:
    assert hidden_groups(events) == hidden
