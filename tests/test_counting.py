"""What counts for coverage: every test but those that walk over everything."""

import sys

import pytest
from coverage import Coverage


def test_test_is_followed_line_by_line_when_coverage_is_asked_for() -> None:
    assert (sys.gettrace() is not None) == (Coverage.current() is not None)


@pytest.mark.uncounted
def test_uncounted_test_is_not_followed() -> None:
    assert sys.gettrace() is None


def test_test_after_an_uncounted_one_is_followed_again() -> None:
    assert (sys.gettrace() is not None) == (Coverage.current() is not None)
