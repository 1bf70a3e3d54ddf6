"""`trefoil draw_states` on a house of one room, whose README is stale."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from trefoil.config import state_pictures


@pytest.fixture
def readme(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder that looks like trefoil/ with the extracts alone; their statuses are the real ones."""
    room = tmp_path / "extracts"
    room.mkdir()
    (room / "states.py").touch()
    (tmp_path / "room_without_states").mkdir()
    monkeypatch.setattr(state_pictures, "TREFOIL", tmp_path)
    stale = room / "README.md"
    stale.write_text("Before\n<!-- states: begin -->\nold\n<!-- states: end -->\nAfter\n")
    return stale


def draw(*arguments: str) -> str:
    said = io.StringIO()
    call_command("draw_states", *arguments, stdout=said)
    return said.getvalue()


def test_draw_states_with_check_names_the_stale_room_and_changes_nothing(readme: Path) -> None:
    before = readme.read_text()
    said = io.StringIO()
    with pytest.raises(SystemExit, match="1"):
        call_command("draw_states", "--check", stdout=said)
    assert "stale in extracts" in said.getvalue()
    assert readme.read_text() == before


def test_draw_states_draws_the_stale_picture_and_keeps_the_rest(readme: Path) -> None:
    assert "extracts are drawn anew" in draw()
    assert readme.read_text().startswith("Before\n<!-- states: begin -->\n```mermaid\nstateDiagram-v2\n")
    assert readme.read_text().endswith("<!-- states: end -->\nAfter\n")
    assert "as the code says" in draw("--check")


def test_draw_states_without_marks_in_the_readme_says_where(readme: Path) -> None:
    readme.write_text("no marks")
    with pytest.raises(CommandError, match="extracts: the README holds no"):
        draw()
