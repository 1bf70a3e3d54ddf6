"""The picture of the statuses in the README is the one that the code says."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command

from trefoil.indicators import states_picture
from trefoil.indicators.enums import ReturnState
from trefoil.indicators.states import MOVES, OWNER


def test_readme_holds_the_picture_of_today() -> None:
    text = states_picture.README.read_text(encoding="utf-8")
    assert states_picture.with_picture(text) == text, "run `trefoil draw_states`"


def test_every_status_has_an_owner_and_every_move_is_drawn() -> None:
    assert set(OWNER) == set(ReturnState)
    assert all(f": {move}, by " in states_picture.picture() for move in MOVES)


def test_draw_states_finds_a_stale_picture_and_draws_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stale = tmp_path / "README.md"
    stale.write_text(f"Before\n{states_picture.BEGIN}\nold\n{states_picture.END}\nAfter\n")
    monkeypatch.setattr("trefoil.indicators.management.commands.draw_states.README", stale)
    with pytest.raises(SystemExit, match="1"):
        call_command("draw_states", "--check", stdout=io.StringIO())
    assert "old" in stale.read_text()
    call_command("draw_states", stdout=io.StringIO())
    assert "stateDiagram-v2" in stale.read_text()
    assert stale.read_text().startswith("Before\n")
    assert stale.read_text().endswith("After\n")
    call_command("draw_states", "--check", stdout=io.StringIO())


def test_with_picture_without_marks_says_so() -> None:
    with pytest.raises(ValueError, match="holds no"):
        states_picture.with_picture("nothing here")
