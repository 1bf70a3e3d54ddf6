"""The statuses that are drawn are those that clocks have, and each step names an operation or time."""

from trefoil.clocks import operations
from trefoil.clocks.enums import STATUS_WORDS, Status
from trefoil.clocks.states import STEPS, TIME, ClockStatus


def test_statuses_drawn_are_those_of_clocks() -> None:
    assert {one.value: one.label for one in ClockStatus} == {one.value: STATUS_WORDS[one][1] for one in Status}


def test_every_step_names_an_operation_or_time() -> None:
    words = {how.split(" (")[0].split(",")[0] for _, _, how in STEPS}
    assert words - {TIME} <= set(operations.__all__)
