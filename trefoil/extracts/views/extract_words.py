"""An extract as words for a reader: its status, and who has to act."""

from dataclasses import dataclass

from trefoil.access.enums import Permission
from trefoil.access.rules import Standing

from ..enums import ExtractState
from ..models import Extract

COLOURS: dict[ExtractState, str] = {
    ExtractState.RECEIVED: "blue",
    ExtractState.CHECKING: "blue",
    ExtractState.WAITING: "orange",
    ExtractState.REFUSED: "red",
    ExtractState.FAILED: "red",
    ExtractState.STORED: "green",
    ExtractState.DELETED: "grey",
}

_LOADER_DOES: dict[ExtractState, str] = {
    ExtractState.WAITING: "say what the values mean, then have it checked again",
    ExtractState.REFUSED: "put the faults right in the source system, then send the file again",
    ExtractState.FAILED: "read why it stopped, then send the file again",
}


@dataclass(frozen=True)
class ExtractLine:
    """One extract as a line of the list."""

    extract: Extract
    colour: str
    status: str
    next_step: str
    is_mine: bool


def line_of(extract: Extract, standing: Standing) -> ExtractLine:
    """The line of one extract for one reader."""
    state = ExtractState(extract.state)
    mine = state in _LOADER_DOES and standing.may(Permission.EXTRACT_LOAD)
    return ExtractLine(extract, COLOURS[state], state.label, next_step(extract, mine=mine), mine)


def next_step(extract: Extract, *, mine: bool) -> str:
    """Who has to act, and how."""
    state = ExtractState(extract.state)
    if does := _LOADER_DOES.get(state):
        return f"{'You' if mine else 'The analyst'}: {does}"
    if extract.is_in_work:
        return "Nobody: the check runs by itself"
    return "Nobody: it is deleted" if state == ExtractState.DELETED else "Nobody: its figures can be read"
