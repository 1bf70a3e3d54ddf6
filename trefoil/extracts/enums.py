"""Statuses of an extract, the shapes it may have, and what a finding can be."""

from django.db.models import TextChoices


class ExtractState(TextChoices):
    """Where an extract stands."""

    RECEIVED = "received", "Received"
    CHECKING = "checking", "Being checked"
    WAITING = "waiting", "Values to decide"
    REFUSED = "refused", "Refused"
    FAILED = "failed", "Stopped"
    STORED = "stored", "Stored"
    DELETED = "deleted", "Deleted"


# A worker has it, or will have it.
WORKING_STATES = (ExtractState.RECEIVED, ExtractState.CHECKING)
# The raw file is in the spool in these states and in no other; while it waits, for `rules.RAW_DAYS` at most.
RAW_STATES = (*WORKING_STATES, ExtractState.WAITING)


class ExtractShape(TextChoices):
    """The national shapes, and our own."""

    SSD = "ssd", "Standard Safeguarding Dataset"
    ANNEX_A = "annex-a", "Annex A"
    SSDA903 = "ssda903", "SSDA903, looked after children"
    CIN = "cin", "Children in need census"
    EPISODES = "episodes", "Early help, youth justice and exploitation"


class Level(TextChoices):
    """How grave a finding is."""

    FAULT = "fault", "Fault"
    UNMAPPED = "unmapped", "Value to decide"
    WARNING = "warning", "Warning"


class Decision(TextChoices):
    """What a person said of a value that is in no code list."""

    WAITING = "waiting", "Waits"
    CODE = "code", "Means a code"
    NOT_KNOWN = "not_known", "Means not known"
