"""Child deaths under a new key: part of `trefoil seal_again`."""

from django.db import transaction

from trefoil.access.sealed_field import seal_app_again

from .fingerprints import keep_fingerprints
from .models import DeathIdentity


@transaction.atomic
def seal_child_deaths_again() -> int:
    """Put every sealed column of this room under the newest key, and make the fingerprints anew. How many rows.

    Raises LostKeyError and changes nothing when one of them cannot be opened.
    """
    rows = seal_app_again("child_deaths")
    for identity in DeathIdentity.objects.select_related("death"):
        keep_fingerprints(identity.death, identity)
    return rows
