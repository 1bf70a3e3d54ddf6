"""What the trail says about signing in, and the links that let somebody in for the first time."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.cache import cache
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import salted_hmac

from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Person

from .field_encryption import sealed_again

# Where each kind of second factor keeps its seed. A passkey keeps a public key, which is no secret.
SEALED_FIELDS = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}

# A flood of wrong passwords must not fill a trail that nothing can be deleted from.
FAILURES_RECORDED_PER_ADDRESS = 5
FAILURES_RECORDED_IN_ALL = 200
HOUR = 60 * 60


def person_with_one_of(addresses: Iterable[str]) -> Person | None:
    """The one open account under these e-mail addresses (lower case); None when there is none or more than one."""
    found = list(Person.objects.filter(email__in=list(addresses), is_active=True)[:2])
    return found[0] if len(found) == 1 else None


def keyed_address(email: str) -> str:
    """An e-mail address as 16 hex digits that say "the same address again" to nobody without the secret key."""
    return salted_hmac("trefoil.access.sign_in", email.strip().lower(), algorithm="sha256").hexdigest()[:16]


def record_signed_in(*, person: Person, means: list[str], now: datetime) -> None:
    """`means` are the steps taken, such as password and totp."""
    record(event=EventType.SIGNED_IN, by=person, now=now, subject=f"person:{person.pk}", detail={"by": means})


def record_signed_out(*, person: Person, now: datetime, why: str = "asked") -> None:
    """`why` is asked, idle, too_long or everywhere."""
    record(event=EventType.SIGNED_OUT, by=person, now=now, subject=f"person:{person.pk}", detail={"why": why})


def record_failed_sign_in(*, email: str, now: datetime, step: str = "password") -> None:
    """A refused try. Only the first few of an hour are written: for one address, and for all addresses together."""
    address = keyed_address(email)
    by_address = _counted(f"failed-sign-in:{address}")
    if by_address > FAILURES_RECORDED_PER_ADDRESS or _counted("failed-sign-in") > FAILURES_RECORDED_IN_ALL:
        return
    detail: dict[str, Any] = {"address": address, "step": step}
    if by_address == FAILURES_RECORDED_PER_ADDRESS:
        detail["further_tries_this_hour"] = "not recorded"
    record(event=EventType.SIGN_IN_FAILED, by=None, now=now, detail=detail)


def _counted(key: str) -> int:
    """How often this was called for `key` since the first call, which is forgotten after an hour."""
    cache.add(key, 0, timeout=HOUR)
    try:
        return cache.incr(key)
    except ValueError:  # the hour ended between the two lines
        return 1


def record_second_factor_changed(*, person: Person, by: Person | None, change: str, kind: str, now: datetime) -> None:
    """`change` is added, removed or renewed; `kind` is totp, webauthn or recovery_codes."""
    record(
        event=EventType.SECOND_FACTOR_CHANGED,
        by=by,
        now=now,
        subject=f"person:{person.pk}",
        detail={"change": change, "kind": kind},
    )


def record_password_changed(*, person: Person, how: str, now: datetime) -> None:
    """`how` is changed (knew the old one), set (had none) or reset (by a link)."""
    record(event=EventType.PASSWORD_CHANGED, by=person, now=now, subject=f"person:{person.pk}", detail={"how": how})


def set_password_link(person: Person) -> str:
    """The address at which this person sets a password: good once, and until PASSWORD_RESET_TIMEOUT has passed."""
    key = default_token_generator.make_token(person)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(person), "key": key})
    return urljoin(settings.PUBLIC_ADDRESS, path)


def mail_set_password_link(person: Person) -> None:
    """Send a new person the link. Raises OSError or SMTPException when the mail server does not take it."""
    text = render_to_string("account/email/first_sign_in.txt", {"person": person, "link": set_password_link(person)})
    send_mail("Your Trefoil account", text, None, [person.email])


def mail_second_factor_removed(person: Person, by: Person) -> None:
    """Tell somebody that their second step is gone. Raises as `mail_set_password_link` does."""
    text = render_to_string("account/email/second_factor_removed.txt", {"person": person, "by": by})
    send_mail("Your second step in Trefoil was removed", text, None, [person.email])


@transaction.atomic
def remove_second_factor(*, person: Person, by: Person | None, now: datetime) -> int:
    """Take every second factor from an account whose owner has lost them, for a new start. How many there were."""
    owned = Authenticator.objects.filter(user=person)
    kinds = sorted(owned.values_list("type", flat=True))
    owned.delete()
    for kind in kinds:
        record_second_factor_changed(person=person, by=by, change="removed", kind=kind, now=now)
    return len(kinds)


@transaction.atomic
def seal_second_factors_again() -> int:
    """Put every stored seed under the newest key of FIELD_KEYS. How many. Raises LostKeyError and changes nothing."""
    rows = Authenticator.objects.filter(type__in=SEALED_FIELDS).select_for_update()
    for row in rows:
        name = SEALED_FIELDS[row.type]
        row.data[name] = sealed_again(row.data[name])
        row.save(update_fields=["data"])
    return len(rows)
