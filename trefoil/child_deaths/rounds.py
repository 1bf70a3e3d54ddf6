"""What the worker says of agencies' answers: due soon to who was asked, late to who runs the review too. Once each.

The review meeting and the panel have clocks of their own, which tell by themselves (`telling.heard_by`). A notification
that nobody has taken up for a day is told once more to whoever may.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import chain

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from trefoil.clocks.reckoning.words import day_words
from trefoil.notifications.enums import MessageKind
from trefoil.notifications.operations import NewMessage, queue_messages
from trefoil.people.models import Partnership, Person

from .enums import DeathState
from .models import Death, InformationRequest
from .needs import answers_awaited, still_read
from .rules import leads_on
from .telling import designated, leads_or_designated, list_path

# An answer is written in days, so two of them are a warning that can still be used.
SOON = timedelta(days=2)
UNTAKEN = timedelta(days=1)
WAITS = "A notification has waited for more than a day, and nobody has taken it up."


@transaction.atomic
def tell_of_answers(*, now: datetime) -> int:
    """Tell of answers due within two days, of those that are late, and of what nobody took up. How many were new.

    A message has its day in its key: a later run says nothing twice.
    """
    today = timezone.localdate(now)
    owed = list(answers_awaited().filter(due_on__lte=today + SOON))
    waiting = Death.objects.filter(state=DeathState.NOTIFIED, notified_at__lt=now - UNTAKEN).select_related(
        "partnership"
    )
    untaken = list(waiting.filter(~Exists(leads_on(today).filter(death=OuterRef("pk")))))
    if not owed and not untaken:
        return 0
    messages = chain(_of_answers(owed, today), _of_untaken(untaken, today))
    return queue_messages(messages=messages, by=None, now=now)


def round_of_answers() -> str:
    """For the worker: what was done, in words; nothing when nobody had to be told."""
    told = tell_of_answers(now=timezone.now())
    return f"{told:,} message{'s' * (told != 1)} about reviews of deaths queued." if told else ""


def _of_answers(owed: list[InformationRequest], today: date) -> Iterator[NewMessage]:
    """To who was asked, while they may read it; of what is late to who answers for the review, whoever may read it."""
    asked = InformationRequest.objects.filter(pk__in=[one.pk for one in owed])
    read = set(still_read(asked, today).values_list("pk", flat=True))
    leads = leads_or_designated({one.death for one in owed if one.due_on < today}, today)
    for one in owed:
        is_late, partnership = one.due_on < today, one.death.partnership
        when = f"{'was' if is_late else 'is'} due on {day_words(one.due_on)}{' and is late' if is_late else ''}."
        key = f"{'late' if is_late else 'soon'}:{one.pk}:{one.due_on.isoformat()}"
        if one.pk in read:
            yield _message(partnership, one.person, key, f"Your agency’s answer {when}")
        for lead in leads[one.death_id] if is_late else ():
            if lead != one.person:
                yield _message(partnership, lead, key, f"An agency’s answer {when}")


def _of_untaken(deaths: list[Death], today: date) -> Iterator[NewMessage]:
    able = designated((one.partnership_id for one in deaths), today)
    for one in deaths:
        for person in able[one.partnership_id]:
            yield _message(one.partnership, person, f"untaken:{one.pk}", WAITS)


def _message(partnership: Partnership, person: Person, key: str, words: str) -> NewMessage:
    return NewMessage(person, partnership, MessageKind.OTHER, words, list_path(partnership.slug), f"death:{key}")
