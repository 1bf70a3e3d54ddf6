"""Who hears that a document waits for them. Called inside the operation that it tells of."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from trefoil.access.enums import Permission
from trefoil.access.rules import DUTY_GIVES
from trefoil.notifications.enums import MessageKind
from trefoil.notifications.operations import NewMessage, queue_messages
from trefoil.people.enums import DutyKind
from trefoil.people.models import Agency, Duty, Person

from .models import Offer, PublicDocument

PARTNERS = [kind for kind, given in DUTY_GIVES.items() if Permission.TAKE_POSITION in given]
RUNNERS = [kind for kind, given in DUTY_GIVES.items() if Permission.RUN_PUBLISHING in given]


def told_offered(offer: Offer, *, by: Person, now: datetime) -> None:
    """Every statutory partner is asked for an answer."""
    words = f"“{offer.document}” is put to the partners. It waits for your answer."
    _tell(offer.document, f"offered:{offer.number}", words, PARTNERS, by=by, now=now)


def told_asked(offer: Offer, agency: Agency, key: int, *, by: Person, now: datetime) -> None:
    """Whoever runs publishing hears that a partner asks for changes."""
    words = f"{agency} asks for changes to “{offer.document}”."
    _tell(offer.document, f"asked:{key}", words, RUNNERS, by=by, now=now)


def told_approved(offer: Offer, *, by: Person, now: datetime) -> None:
    """Whoever runs publishing hears that it can be frozen."""
    words = f"Every partner has approved “{offer.document}”. It can be frozen now."
    _tell(offer.document, f"approved:{offer.number}", words, RUNNERS, by=by, now=now)


def _tell(
    document: PublicDocument, what: str, words: str, kinds: Iterable[DutyKind], *, by: Person, now: datetime
) -> None:
    duties = Duty.objects.in_force_on(timezone.localdate(now)).filter(partnership=document.partnership, kind__in=kinds)
    people = {duty.person_id: duty.person for duty in duties.select_related("person").order_by("person_id", "pk")}
    path = reverse("publishing_document", args=[document.partnership.slug, document.pk])
    key = f"{document.reference}:{what}"
    messages = [
        NewMessage(one, document.partnership, MessageKind.DOCUMENT, words, path, key) for one in people.values()
    ]
    queue_messages(messages=messages, by=by, now=now)
