"""Which operation leads a meeting, its minutes and a decision from which status to which, and who does it."""

from collections.abc import Mapping

from django.db.models import TextChoices

from trefoil.design.states_picture import StatesPicture

from .enums import DecisionState, MeetingState, MinutesState

RUNNER = "who runs the meeting"
PARTNER = "the last partner to speak"

_M, _N, _D = MeetingState, MinutesState, DecisionState

# operation -> (from, to, who). Every other change of status is refused.
MEETING_MOVES: dict[str, tuple[tuple[MeetingState, ...], MeetingState, str]] = {
    "send_agenda": ((_M.PLANNED,), _M.AGENDA_SENT, RUNNER),
    "move_meeting": ((_M.AGENDA_SENT,), _M.PLANNED, RUNNER),
    "hold_meeting": ((_M.PLANNED, _M.AGENDA_SENT), _M.HELD, RUNNER),
    "cancel_meeting": ((_M.PLANNED, _M.AGENDA_SENT), _M.CANCELLED, RUNNER),
}
MINUTES_MOVES: dict[str, tuple[tuple[MinutesState, ...], MinutesState, str]] = {
    "circulate_minutes": ((_N.DRAFT,), _N.CIRCULATED, RUNNER),
    "reopen_minutes": ((_N.CIRCULATED,), _N.DRAFT, RUNNER),
    "approve_minutes": ((_N.CIRCULATED,), _N.APPROVED, "who runs the next meeting"),
}
DECISION_MOVES: dict[str, tuple[tuple[DecisionState, ...], DecisionState, str]] = {
    "take_position, all agree": ((_D.OPEN,), _D.MADE, PARTNER),
    "take_position, one does not agree": ((_D.OPEN,), _D.NOT_MADE, PARTNER),
    "withdraw_decision": ((_D.OPEN,), _D.WITHDRAWN, RUNNER),
}


def _arrows(
    moves: Mapping[str, tuple[tuple[TextChoices, ...], TextChoices, str]],
) -> list[tuple[TextChoices, TextChoices, str]]:
    return [(one, to, f"{move}, by {who}") for move, (before, to, who) in moves.items() for one in before]


PICTURES = (
    StatesPicture(
        name="meeting", states=_M, begins={"call_meeting, plan_dates": _M.PLANNED}, arrows=_arrows(MEETING_MOVES)
    ),
    StatesPicture(name="minutes", states=_N, begins={"draft_minutes": _N.DRAFT}, arrows=_arrows(MINUTES_MOVES)),
    StatesPicture(
        name="decision",
        states=_D,
        begins={"put_decision, joint": _D.OPEN, "put_decision, of the group": _D.MADE},
        arrows=_arrows(DECISION_MOVES),
    ),
)
