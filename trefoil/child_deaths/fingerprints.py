"""Fingerprints: by what another notification of the same child is known, although names and dates are sealed.

Each is an HMAC under a key derived from TREFOIL_FIELD_KEYS, so a copy of the database cannot be asked for a name. They
are made anew when keys change. While both keys are on the list, both are tried.
"""

import hmac
from collections.abc import Iterable
from datetime import date
from hashlib import sha256

from django.conf import settings

from trefoil.access.field_encryption import derived_key

from .enums import Likeness
from .models import Death, DeathIdentity, Fingerprint
from .sameness import likenesses

PURPOSE = b"trefoil child deaths alike 1"
# The surest first.
ORDER = list(Likeness)


def _digest(partnership_id: int, likeness: str, words: str, key: str) -> str:
    """The partnership is part of it: what one holds cannot be held against another's."""
    text = f"{partnership_id}|{likeness}|{words}"
    return hmac.new(derived_key(key, PURPOSE), text.encode(), sha256).hexdigest()


def _of(death: Death, identity: DeathIdentity, key: str) -> dict[Likeness, str]:
    born_on = date.fromisoformat(identity.born_on) if identity.born_on else None
    found = likenesses(identity.child_name, born_on, death.died_on)
    return {likeness: _digest(death.partnership_id, likeness, words, key) for likeness, words in found}


def keep_fingerprints(death: Death, identity: DeathIdentity) -> None:
    """Write down by what this death is known, in place of what was written before."""
    Fingerprint.objects.filter(death=death).delete()
    made = _of(death, identity, settings.FIELD_KEYS[0]).items()
    Fingerprint.objects.bulk_create(
        [Fingerprint(death=death, likeness=likeness, digest=digest) for likeness, digest in made]
    )


def alike(death: Death, identity: DeathIdentity) -> dict[int, Likeness]:
    """The deaths of the same partnership that may be of the same child, each with the surest likeness. By key.

    `death` need not be saved, and `identity` neither. Withdrawn ones are left out.
    """
    digests = {digest for key in settings.FIELD_KEYS for digest in _of(death, identity, key).values()}
    known = Death.objects.filter(partnership=death.partnership_id)
    others = Fingerprint.objects.filter(digest__in=digests, death__in=known.exclude(state="withdrawn"))
    if death.pk is not None:
        others = others.exclude(death=death.pk)
    return _surest(others.values_list("death", "likeness"))


def _surest(pairs: Iterable[tuple[int, str]]) -> dict[int, Likeness]:
    found: dict[int, Likeness] = {}
    for key, likeness in pairs:
        known, new = found.get(key), Likeness(likeness)
        found[key] = new if known is None or ORDER.index(new) < ORDER.index(known) else known
    return found
