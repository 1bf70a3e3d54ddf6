"""Who hears that a document waits for them. Called inside the operation that it tells of."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from trefoil.access.enums import Permission
from trefoil.access.rules import DUTY_GIVES
from trefoil.notifications.enums import MessageKind
from trefoil.notifications.operations import NewMessage, queue_messages
from trefoil.people.enums import DutyKind
from trefoil.people.models import Agency, Duty, Person

from .models import Contribution, Edition, Offer, PublicDocument

PARTNERS = [kind for kind, given in DUTY_GIVES.items() if Permission.TAKE_POSITION in given]
SCRUTINEERS = [kind for kind, given in DUTY_GIVES.items() if Permission.GIVE_SCRUTINY in given]
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


def told_asked_for_a_part(asked: Contribution, *, by: Person, now: datetime) -> None:
    """The agency's leads and its partner hear what is wanted by when."""
    document = asked.section.document
    words = f"Your agency is asked for its part of “{document}”, by {asked.due_on:%-d %B %Y}."
    own = Q(agency=asked.agency, kind=DutyKind.AGENCY_LEAD) | Q(person__agency=asked.agency, kind__in=PARTNERS)
    path = reverse("publishing_contribution", args=[document.partnership.slug, asked.pk])
    _send(document, f"part:{asked.pk}", words, path, own, by=by, now=now)


def told_part_given(given: Contribution, *, by: Person, now: datetime) -> None:
    """Whoever runs publishing hears that an agency's part is there."""
    document = given.section.document
    words = f"{given.agency} has handed in its part of “{document}”."
    path = reverse("publishing_contribution", args=[document.partnership.slug, given.pk])
    _send(document, f"given:{given.pk}", words, path, Q(kind__in=RUNNERS), by=by, now=now)


def told_frozen(edition: Edition, *, by: Person, now: datetime) -> None:
    """The scrutineer and every statutory partner hear that it waits for scrutiny and for their own boards."""
    words = f"“{edition.document}” is frozen. It now goes to scrutiny and to each partner’s own board."
    _of_edition(edition, "frozen", words, [*PARTNERS, *SCRUTINEERS], by=by, now=now)


def told_published(edition: Edition, *, by: Person, now: datetime) -> None:
    """The scrutineer and every statutory partner hear that it is out."""
    words = f"“{edition.document}” is published."
    _of_edition(edition, "published", words, [*PARTNERS, *SCRUTINEERS], by=by, now=now)


def told_taken_down(edition: Edition, *, by: Person, now: datetime) -> None:
    """The scrutineer and every statutory partner hear that the public cannot read it any more."""
    words = f"“{edition.document}” has been taken down. The public cannot read it."
    what = f"taken_down:{edition.moves.count()}"
    _of_edition(edition, what, words, [*PARTNERS, *SCRUTINEERS], by=by, now=now)


def _of_edition(
    edition: Edition, what: str, words: str, kinds: Iterable[DutyKind], *, by: Person, now: datetime
) -> None:
    document = edition.document
    path = reverse("publishing_after", args=[document.partnership.slug, edition.pk])
    _send(document, f"edition:{edition.number}:{what}", words, path, Q(kind__in=kinds), by=by, now=now)


def _tell(
    document: PublicDocument, what: str, words: str, kinds: Iterable[DutyKind], *, by: Person, now: datetime
) -> None:
    path = reverse("publishing_document", args=[document.partnership.slug, document.pk])
    _send(document, what, words, path, Q(kind__in=kinds), by=by, now=now)


def _send(document: PublicDocument, what: str, words: str, path: str, whom: Q, *, by: Person, now: datetime) -> None:
    """One message for each person with such a duty. `what` names the occasion, so that nobody is told twice."""
    duties = Duty.objects.in_force_on(timezone.localdate(now)).filter(whom, partnership=document.partnership)
    people = {duty.person_id: duty.person for duty in duties.select_related("person").order_by("person_id", "pk")}
    key = f"{document.reference}:{what}"
    messages = [
        NewMessage(one, document.partnership, MessageKind.DOCUMENT, words, path, key) for one in people.values()
    ]
    queue_messages(messages=messages, by=by, now=now)
