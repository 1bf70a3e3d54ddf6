"""Which operation leads a death from which status to which, and who does it. Every other change is refused."""

from trefoil.design.states_picture import StatesPicture

from .enums import DeathState

LEAD = "who runs its review"
_D = DeathState

MOVES: dict[str, tuple[tuple[DeathState, ...], DeathState]] = {
    "decide_response": ((_D.NOTIFIED,), _D.GATHERING),
    "hold_meeting": ((_D.GATHERING,), _D.DISCUSSED),
    "put_to_panel": ((_D.DISCUSSED,), _D.WITH_PANEL),
    "close_death": ((_D.WITH_PANEL,), _D.CLOSED),
    "pass_on": ((_D.GATHERING,), _D.PASSED_ON),
    "withdraw_death": ((_D.NOTIFIED, _D.GATHERING), _D.WITHDRAWN),
}
# undo_last_step: what each status goes back to.
UNDONE: dict[DeathState, DeathState] = {
    _D.GATHERING: _D.NOTIFIED,
    _D.DISCUSSED: _D.GATHERING,
    _D.WITH_PANEL: _D.DISCUSSED,
    _D.CLOSED: _D.WITH_PANEL,
    _D.PASSED_ON: _D.GATHERING,
}

PICTURES = (
    StatesPicture(
        name="death",
        states=_D,
        begins={"notify_death": _D.NOTIFIED},
        arrows=[
            *((one, to, f"{move}, by {LEAD}") for move, (before, to) in MOVES.items() for one in before),
            *((one, to, "undo_last_step") for one, to in UNDONE.items()),
        ],
    ),
)
