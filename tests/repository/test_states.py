"""Every room with statuses draws them: its README holds the picture of today, and no status is out of reach."""

import pytest

from trefoil.config.state_pictures import readme_of, rooms
from trefoil.design.states_picture import StatesPicture, with_pictures


def test_rooms_are_found_by_their_states() -> None:
    assert {"indicators", "extracts"} <= set(rooms())


@pytest.mark.parametrize("room", rooms())
def test_readme_holds_the_pictures_of_today(room: str) -> None:
    held = readme_of(room).read_text(encoding="utf-8")
    assert with_pictures(held, rooms()[room]) == held, "run `trefoil draw_states`"


@pytest.mark.parametrize("picture", [one for pictures in rooms().values() for one in pictures])
def test_every_status_can_be_reached(picture: StatesPicture) -> None:
    assert picture.unreached() == set()
