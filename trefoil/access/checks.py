"""Whether somebody may manage the people, groups and agencies of a partnership. Raises with the reason why not."""

from datetime import datetime

from trefoil.people.models import Partnership, Person

from .enums import Permission
from .errors import NotAllowedError
from .queries import standing_of


def check_manages(by: Person, partnership: Partnership, now: datetime) -> None:
    """Raises NotAllowedError unless a duty of theirs includes it today."""
    if not standing_of(by, partnership, now=now).may(Permission.MANAGE_PEOPLE):
        raise NotAllowedError("Your duties do not include giving and ending duties.")


def check_manages_structure(by: Person, partnership: Partnership, now: datetime) -> None:
    """The same for groups, seats and agencies, in words that fit them."""
    if not standing_of(by, partnership, now=now).may(Permission.MANAGE_PEOPLE):
        raise NotAllowedError("Your duties do not include changing groups and agencies.")
