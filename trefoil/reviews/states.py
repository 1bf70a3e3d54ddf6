"""Which operation leads a review from which status to which, and who does it. Every other change is refused."""

from trefoil.design.states_picture import StatesPicture

from .enums import ReviewState

LEAD = "who leads the review"
_R = ReviewState

MOVES: dict[str, tuple[tuple[ReviewState, ...], ReviewState]] = {
    "decide to notify": ((_R.RECORDED,), _R.TO_NOTIFY),
    "decide not to notify": ((_R.RECORDED,), _R.NOT_NOTIFIED),
    "note_notification": ((_R.TO_NOTIFY,), _R.RAPID),
    "decide_next_step": ((_R.RAPID,), _R.DECIDED),
    "send_rapid_review": ((_R.DECIDED,), _R.SENT),
    "end_learning": ((_R.SENT,), _R.LEARNT),
    "publish_review": ((_R.SENT,), _R.PUBLISHED),
    "withdraw_incident": ((_R.RECORDED,), _R.WITHDRAWN),
}
# undo_last_step: what each status goes back to.
UNDONE: dict[ReviewState, ReviewState] = {
    _R.TO_NOTIFY: _R.RECORDED,
    _R.NOT_NOTIFIED: _R.RECORDED,
    _R.RAPID: _R.TO_NOTIFY,
    _R.DECIDED: _R.RAPID,
    _R.SENT: _R.DECIDED,
    _R.LEARNT: _R.SENT,
    _R.PUBLISHED: _R.SENT,
}

PICTURES = (
    StatesPicture(
        name="review",
        states=_R,
        begins={"record_incident": _R.RECORDED},
        arrows=[
            *((one, to, f"{move}, by {LEAD}") for move, (before, to) in MOVES.items() for one in before),
            *((one, to, "undo_last_step") for one, to in UNDONE.items()),
        ],
    ),
)
