"""How a clock gets from one status to another. Statuses are derived from moments, so time alone makes some steps.

The picture in the README is made from this.
"""

from django.db.models import TextChoices

from trefoil.design.states_picture import StatesPicture


class ClockStatus(TextChoices):
    """The statuses of `reckoning.status` with their words, for the picture; a test holds both equal."""

    RUNNING = "running", "Running"
    DUE_SOON = "due_soon", "Due soon"
    LATE = "late", "Late"
    PAUSED = "paused", "Paused"
    UNDATED = "undated", "No date"
    FREE = "free", "May happen now"
    MET = "met", "Met"
    MET_LATE = "met_late", "Met late"
    TOO_EARLY = "too_early", "Too early"
    WITHDRAWN = "withdrawn", "Withdrawn"


S = ClockStatus
TIME = "time passes"

# (from, to, by what): the operation, or time.
STEPS: tuple[tuple[S, S, str], ...] = (
    (S.UNDATED, S.RUNNING, "set_local_limit, enter_school_term"),
    (S.RUNNING, S.DUE_SOON, TIME),
    (S.DUE_SOON, S.LATE, TIME),
    (S.RUNNING, S.FREE, f"{TIME} (a least time)"),
    (S.RUNNING, S.PAUSED, "pause_clock"),
    (S.DUE_SOON, S.PAUSED, "pause_clock"),
    (S.PAUSED, S.RUNNING, "resume_clock"),
    (S.RUNNING, S.MET, "stop_clock"),
    (S.DUE_SOON, S.MET, "stop_clock"),
    (S.UNDATED, S.MET, "stop_clock"),
    (S.FREE, S.MET, "stop_clock"),
    (S.RUNNING, S.TOO_EARLY, "stop_clock (a least time)"),
    (S.LATE, S.MET_LATE, "stop_clock"),
    (S.LATE, S.RUNNING, "move_start"),
    (S.RUNNING, S.WITHDRAWN, "withdraw_clock"),
    (S.LATE, S.WITHDRAWN, "withdraw_clock"),
)

PICTURES = (
    StatesPicture(
        states=ClockStatus,
        begins={"start_clock": S.RUNNING, "start_clock, no number known": S.UNDATED},
        arrows=STEPS,
    ),
)
