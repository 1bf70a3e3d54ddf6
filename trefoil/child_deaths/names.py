"""Whether a text that is to be published names a child whose death is reviewed. Names never leave this room."""

from collections.abc import Mapping
from datetime import date

from trefoil.people.models import Partnership
from trefoil.reviews.names import Named, found_in

from .anonymity import gives_away
from .models import DeathIdentity


def reference(identity: int) -> str:
    """How the key of an identity of this room is named outside it."""
    return f"death:{identity}"


def named_in(partnership: Partnership, texts: Mapping[int, str]) -> dict[int, tuple[Named, ...]]:
    """For each text with a child's first name or surname in it, what was typed. One query; opens sealed names."""
    identities = DeathIdentity.objects.filter(death__partnership=partnership).order_by("pk")
    return found_in({reference(identity.pk): identity.child_name for identity in identities}, texts)


def faults_in(identity: DeathIdentity, text: str) -> str:
    """What in the text says who the child was, in words that do not say it again."""
    born_on = date.fromisoformat(identity.born_on) if identity.born_on else None
    found = gives_away(
        text, name=identity.child_name, born_on=born_on, numbers=identity.numbers, address=identity.address
    )
    return "; ".join(str(one) for one in found)
