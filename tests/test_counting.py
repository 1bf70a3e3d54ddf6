"""What counts for coverage: every test but those that walk over everything."""

import pytest
from coverage import Coverage


def test_test_counts_when_coverage_is_asked_for(request: pytest.FixtureRequest) -> None:
    assert (Coverage.current() is not None) == bool(request.config.getoption("cov_source"))


@pytest.mark.uncounted
def test_uncounted_test_does_not_count() -> None:
    assert Coverage.current() is None


def test_test_after_an_uncounted_one_counts_again(request: pytest.FixtureRequest) -> None:
    assert (Coverage.current() is not None) == bool(request.config.getoption("cov_source"))
