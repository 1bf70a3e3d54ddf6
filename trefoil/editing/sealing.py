"""Drafts under a new key: part of `trefoil seal_again`."""

from django.db import transaction

from trefoil.access.field_encryption import sealed_again

from .models import Draft


@transaction.atomic
def seal_drafts_again() -> int:
    """Put every draft under the newest key of FIELD_KEYS. How many. Raises LostKeyError and changes nothing."""
    rows = Draft.objects.select_for_update()
    for row in rows:
        row.sealed_fields = sealed_again(row.sealed_fields)
        row.save(update_fields=["sealed_fields"])
    return len(rows)
