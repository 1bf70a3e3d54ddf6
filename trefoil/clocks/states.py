"""How a clock gets from one status to another. Statuses are derived from moments, so some steps are made by time alone.

The picture in the README is made from this; a test says when it is stale.
"""

from .enums import STATUS_WORDS, Status

TIME = "time passes"
BEGINNING = "[*]"

# (from, to, by what): the operation, or time.
STEPS: tuple[tuple[Status | None, Status, str], ...] = (
    (None, Status.RUNNING, "start_clock"),
    (None, Status.UNDATED, "start_clock, no number known"),
    (Status.UNDATED, Status.RUNNING, "set_local_limit, enter_school_term"),
    (Status.RUNNING, Status.DUE_SOON, TIME),
    (Status.DUE_SOON, Status.LATE, TIME),
    (Status.RUNNING, Status.FREE, f"{TIME} (a least time)"),
    (Status.RUNNING, Status.PAUSED, "pause_clock"),
    (Status.DUE_SOON, Status.PAUSED, "pause_clock"),
    (Status.PAUSED, Status.RUNNING, "resume_clock"),
    (Status.RUNNING, Status.MET, "stop_clock"),
    (Status.DUE_SOON, Status.MET, "stop_clock"),
    (Status.UNDATED, Status.MET, "stop_clock"),
    (Status.FREE, Status.MET, "stop_clock"),
    (Status.RUNNING, Status.TOO_EARLY, "stop_clock (a least time)"),
    (Status.LATE, Status.MET_LATE, "stop_clock"),
    (Status.LATE, Status.RUNNING, "move_start"),
    (Status.RUNNING, Status.WITHDRAWN, "withdraw_clock"),
    (Status.LATE, Status.WITHDRAWN, "withdraw_clock"),
)


def picture() -> str:
    """A Mermaid state diagram."""
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f"    {before.value if before else BEGINNING} --> {after.value}: {how}" for before, after, how in STEPS]
    lines += [f"    {status.value}: {STATUS_WORDS[status][1]}" for status in Status]
    return "\n".join([*lines, "```"])
