"""The only writers of clocks. Rooms call `start_clock`, `stop_clock` and `move_start` inside their own transactions."""

from .calendar_changed import reckon_open_clocks
from .clocks import move_start, record_attempt, start_clock, start_triggered_clock, stop_clock
from .keeping import explain_breach, hand_over_clock, pause_clock, resume_clock, stop_and_start_next, withdraw_clock
from .limits import end_local_limit, enter_school_term, remove_school_term, set_local_limit, sign_off_rule

__all__ = [
    "end_local_limit",
    "enter_school_term",
    "explain_breach",
    "hand_over_clock",
    "move_start",
    "pause_clock",
    "reckon_open_clocks",
    "record_attempt",
    "remove_school_term",
    "resume_clock",
    "set_local_limit",
    "sign_off_rule",
    "start_clock",
    "start_triggered_clock",
    "stop_and_start_next",
    "stop_clock",
    "withdraw_clock",
]
