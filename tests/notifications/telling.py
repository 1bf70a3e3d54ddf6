"""Messages as a room would queue them."""

from datetime import datetime
from typing import Any

from tests.world import World
from trefoil.notifications.enums import MailChoice, MessageKind
from trefoil.notifications.operations import queue_message, set_mail_choice
from trefoil.people.models import Person


def tell(world: World, person: Person, now: datetime, key: str = "action:1:proposed", **changed: Any) -> bool:
    """Tell somebody of an action."""
    told = {
        "partnership": world.fairmead,
        "kind": MessageKind.ACTION,
        "words": "Tarn Park asks your agency to do something.",
        "path": "/fairmead/actions/1/",
        "by": world.manager,
    }
    return queue_message(person=person, key=key, now=now, **{**told, **changed})


def at_once(world: World, person: Person, now: datetime) -> None:
    set_mail_choice(choice=MailChoice.AT_ONCE, partnership=world.fairmead, by=person, now=now)
