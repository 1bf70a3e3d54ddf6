"""What the worker says of agencies' parts: due soon to who was asked, late to who leads the review too. Once each."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from trefoil.clocks.reckoning.words import day_words
from trefoil.notifications.enums import MessageKind
from trefoil.notifications.operations import NewMessage, queue_messages
from trefoil.people.models import Person

from .models import AgencyRequest
from .needs import parts_awaited, still_read
from .telling import leads_or_partners, list_path

# A part is written in days, so two of them are a warning that can still be used.
SOON = timedelta(days=2)


@transaction.atomic
def tell_of_parts(*, now: datetime) -> int:
    """Tell of the parts that are due within two days, and of those that are late. How many messages were new.

    A message has the date in its key: a later run says nothing twice.
    """
    today = timezone.localdate(now)
    awaited = parts_awaited().filter(due_on__lte=today + SOON)
    requests = list(awaited)
    if not requests:
        return 0
    read = set(still_read(awaited, today).values_list("pk", flat=True))
    return queue_messages(messages=_messages(requests, read, today), by=None, now=now)


def round_of_parts() -> str:
    """For the worker: what was done, in words; nothing when nobody had to be told."""
    told = tell_of_parts(now=timezone.now())
    return f"{told:,} message{'s' * (told != 1)} about parts of reviews queued." if told else ""


def _messages(requests: list[AgencyRequest], read: set[int], today: date) -> Iterator[NewMessage]:
    """To who was asked, while they may read it; of what is late to who answers for the review, whoever may read it."""
    leads = leads_or_partners({one.review for one in requests if one.due_on < today}, today)
    for one in requests:
        is_late = one.due_on < today
        when = f"{'was' if is_late else 'is'} due on {day_words(one.due_on)}{' and is late' if is_late else ''}."
        if one.pk in read:
            yield _message(one, one.person, "late" if is_late else "soon", f"Your agency’s part of a review {when}")
        for lead in leads[one.review_id] if is_late else ():
            if lead != one.person:
                yield _message(one, lead, "late", f"An agency’s part of a review {when}")


def _message(request: AgencyRequest, person: Person, state: str, words: str) -> NewMessage:
    partnership = request.review.partnership
    key = f"review:part-{state}:{request.pk}:{request.due_on.isoformat()}"
    return NewMessage(person, partnership, MessageKind.REVIEW, words, list_path(partnership.slug), key)
