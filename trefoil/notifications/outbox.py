"""The sender's own steps with a letter: take it, and note how it went. Each is one conditional update.

Two senders that want the same letter: one takes it. A sender that was killed leaves its letter "being sent"; after a
quarter of an hour another takes it up, under the same Message-ID, so that a mail server can tell the second from the
first.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet

from trefoil.audit.enums import EventType
from trefoil.audit.operations import record

from .enums import LetterState
from .models import Letter, Message
from .timing import next_try


def due_letters(*, now: datetime, most: int) -> list[int]:
    """The keys of the letters whose time has come, oldest first."""
    return list(Letter.objects.due(now).values_list("pk", flat=True)[:most])


@transaction.atomic
def claim(pk: int, *, now: datetime) -> Letter | None:
    """Take a letter, with every message that no letter has told yet; None when somebody else was quicker."""
    taken = Letter.objects.due(now).filter(pk=pk)
    if not taken.update(state=LetterState.SENDING, claimed_at=now, attempts=F("attempts") + 1):
        return None
    letter = Letter.objects.select_related("person").get(pk=pk)
    Message.objects.filter(person=letter.person, letter__isnull=True).update(letter=letter)
    return letter


def settle(letter: Letter, state: LetterState, *, now: datetime) -> None:
    """Note that it was sent, or that nothing was left to tell."""
    sent_at = now if state == LetterState.SENT else None
    _mine(letter).update(state=state, sent_at=sent_at, why_not="")


@transaction.atomic
def settle_failed(letter: Letter, why_not: str, *, now: datetime) -> None:
    """Note why it failed, and when it is tried again; after the last try it is given up, which is on the trail."""
    again = next_try(letter.attempts, now)
    state = LetterState.RETRY if again else LetterState.GIVEN_UP
    changed = _mine(letter).update(state=state, due_at=again or now, why_not=why_not)
    if changed and again is None:
        record(
            event=EventType.LETTER_GIVEN_UP,
            by=None,
            now=now,
            subject=f"person:{letter.person_id}",
            detail={"tries": letter.attempts, "why": why_not},
        )


def _mine(letter: Letter) -> QuerySet[Letter]:
    """The letter, as long as this try is the one that counts."""
    return Letter.objects.filter(pk=letter.pk, state=LetterState.SENDING, attempts=letter.attempts)
