"""What the worker says of agencies' parts and chronologies: due soon to who was asked, late to who leads too. Once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from trefoil.clocks.reckoning.words import day_words
from trefoil.notifications.enums import MessageKind
from trefoil.notifications.operations import NewMessage, queue_messages
from trefoil.people.models import Person

from .models import AgencyRequest
from .needs import parts_awaited, still_read
from .queries_chronology_asked import chronologies_awaited
from .telling import leads_or_partners, list_path, places_of

# A part is written in days, so two of them are a warning that can still be used.
SOON = timedelta(days=2)


@dataclass(frozen=True)
class _Owed:
    """Something that an agency was asked for. `key` stands in its messages' keys, so that nothing is said twice."""

    request: AgencyRequest
    due_on: date
    what: str
    key: str


@transaction.atomic
def tell_of_parts(*, now: datetime) -> int:
    """Tell of parts and chronologies due within two days, and of those that are late. How many messages were new.

    A message has the date in its key: a later run says nothing twice.
    """
    today = timezone.localdate(now)
    soon = today + SOON
    parts, chronologies = parts_awaited().filter(due_on__lte=soon), chronologies_awaited().filter(due_on__lte=soon)
    owed = [_Owed(one, one.due_on, "part of", f"part-{{}}:{one.pk}") for one in parts]
    owed += [_Owed(one.request, one.due_on, "chronology for", f"chronology-{{}}:{one.pk}") for one in chronologies]
    if not owed:
        return 0
    requests = AgencyRequest.objects.filter(pk__in=[one.request.pk for one in owed])
    read = set(still_read(requests, today).values_list("pk", flat=True))
    return queue_messages(messages=_messages(owed, read, today), by=None, now=now)


def round_of_parts() -> str:
    """For the worker: what was done, in words; nothing when nobody had to be told."""
    told = tell_of_parts(now=timezone.now())
    return f"{told:,} message{'s' * (told != 1)} about parts of reviews queued." if told else ""


def _messages(owed: list[_Owed], read: set[int], today: date) -> Iterator[NewMessage]:
    """Each leads to where its reader finds the review."""
    told = list(_told(owed, read, today))
    places = places_of([(one.request.review, person) for one, person, _, _ in told], today)
    for one, person, state, words in told:
        partnership = places[one.request.review_id, person.pk]
        key = f"review:{one.key.format(state)}:{one.due_on.isoformat()}"
        yield NewMessage(person, partnership, MessageKind.REVIEW, words, list_path(partnership.slug), key)


def _told(owed: list[_Owed], read: set[int], today: date) -> Iterator[tuple[_Owed, Person, str, str]]:
    """To who was asked, while they may read it; of what is late to who answers for the review, whoever may read it."""
    leads = leads_or_partners({one.request.review for one in owed if one.due_on < today}, today)
    for one in owed:
        is_late, request = one.due_on < today, one.request
        when = f"{'was' if is_late else 'is'} due on {day_words(one.due_on)}{' and is late' if is_late else ''}."
        if request.pk in read:
            state = "late" if is_late else "soon"
            yield one, request.person, state, f"Your agency’s {one.what} a review {when}"
        for lead in leads[request.review_id] if is_late else ():
            if lead != request.person:
                yield one, lead, "late", f"An agency’s {one.what} a review {when}"
