"""Markings: who may read a document."""

from django.db.models import TextChoices

from .content.kinds import WORDS


class Marking(TextChoices):
    """Who may read it. Source of the last: the Government Security Classifications policy."""

    OPEN = "open", "Open to the partnership"
    GROUP_ONLY = "group_only", "Group only"
    OFFICIAL_SENSITIVE = "official_sensitive", "Official-sensitive"


MARKING_HINTS = {
    Marking.OPEN: "Everybody with a duty in the partnership can read it.",
    Marking.GROUP_ONLY: "Those who sit in the group you choose, and those who read every group’s papers.",
    Marking.OFFICIAL_SENSITIVE: "Those who read every group’s papers, and those who sit in the group you choose, if "
    "you choose one. Each reading is on the trail.",
}


def file_kinds() -> list[tuple[str, str]]:
    """The list as a table's choices. A function, so that a new kind needs no migration."""
    return [(kind.value, words) for kind, words in WORDS.items()]
