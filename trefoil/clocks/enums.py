"""What is written down about a clock, and the words of its statuses on a screen."""

from django.db.models import TextChoices

from .reckoning.kinds import KIND_WORDS, Kind, Unit
from .reckoning.status import Status


class ClockMoveKind(TextChoices):
    """One thing that was done to a clock."""

    STARTED = "started", "Started"
    PAUSED = "paused", "Paused"
    RESUMED = "resumed", "Went on"
    ATTEMPTED = "attempted", "Attempt that failed"
    MOVED = "moved", "Start moved"
    RECKONED = "reckoned", "Worked out again"
    HANDED_OVER = "handed_over", "Handed over"
    STOPPED = "stopped", "Done"
    EXPLAINED = "explained", "Explained"
    WITHDRAWN = "withdrawn", "Withdrawn"


# Each status: the key of its tag in `design.statuses` or a colour, and its word.
STATUS_WORDS: dict[Status, tuple[str, str]] = {
    Status.LATE: ("red", "Late"),
    Status.DUE_SOON: ("orange", "Due soon"),
    Status.RUNNING: ("blue", "Running"),
    Status.PAUSED: ("purple", "Paused"),
    Status.UNDATED: ("yellow", "No date"),
    Status.FREE: ("teal", "May happen now"),
    Status.MET: ("green", "Met"),
    Status.MET_LATE: ("magenta", "Met late"),
    Status.TOO_EARLY: ("magenta", "Too early"),
    Status.WITHDRAWN: ("grey", "Withdrawn"),
}

OPEN_STATUSES = frozenset({Status.LATE, Status.DUE_SOON, Status.RUNNING, Status.PAUSED, Status.UNDATED, Status.FREE})

# What somebody still owes: open, but for least times that have passed.
OWED_STATUSES = OPEN_STATUSES - {Status.FREE}


def kind_choices() -> list[tuple[str, str]]:
    """The kinds as a table's choices. A function, so that a new kind needs no migration."""
    return [(kind.value, words) for kind, words in KIND_WORDS.items()]


def unit_choices() -> list[tuple[str, str]]:
    """The units as a table's choices."""
    return [(unit.value, unit.value.replace("_", " ")) for unit in Unit]


__all__ = [
    "OPEN_STATUSES",
    "OWED_STATUSES",
    "STATUS_WORDS",
    "ClockMoveKind",
    "Kind",
    "Status",
    "Unit",
    "kind_choices",
    "unit_choices",
]
