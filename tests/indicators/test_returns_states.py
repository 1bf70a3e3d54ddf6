"""Every status of a return has somebody who must act."""

from trefoil.indicators.enums import ReturnState
from trefoil.indicators.states import OWNER


def test_every_status_has_an_owner() -> None:
    assert set(OWNER) == set(ReturnState)
