"""Whether a text that is to be published names a child whose death is reviewed. Names never leave this room."""

from collections.abc import Mapping

from trefoil.people.models import Partnership
from trefoil.reviews.names import Named, found_in

from .models import DeathIdentity


def reference(identity: int) -> str:
    """How the key of an identity of this room is named outside it."""
    return f"death:{identity}"


def named_in(partnership: Partnership, texts: Mapping[int, str]) -> dict[int, tuple[Named, ...]]:
    """For each text with a child's first name or surname in it, what was typed. One query; opens sealed names."""
    identities = DeathIdentity.objects.filter(death__partnership=partnership).order_by("pk")
    return found_in({reference(identity.pk): identity.child_name for identity in identities}, texts)
