"""The picture of a clock's statuses in the README is made from the code, and reaches every status."""

from pathlib import Path

from trefoil.clocks import operations, states
from trefoil.clocks.enums import Status

README = Path(states.__file__).with_name("README.md")


def test_picture_in_the_readme_is_the_codes() -> None:
    assert states.picture() in README.read_text(encoding="utf-8"), "put states.picture() into the README"


def test_every_status_is_reached_from_the_beginning() -> None:
    reached: set[Status | None] = {None}
    for _ in Status:
        reached |= {after for before, after, _ in states.STEPS if before in reached}
    assert reached == {None, *Status}


def test_every_step_names_an_operation_or_time() -> None:
    words = {how.split(" (")[0].split(",")[0] for _, _, how in states.STEPS}
    assert words - {states.TIME} <= set(operations.__all__)
