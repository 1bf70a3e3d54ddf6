"""The family's and the child's part: who is offered one, what they were told, what they said."""

from datetime import date, datetime

from django.db import transaction

from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Person

from ..enums_local import FamilyRole, FamilyStep
from ..models import STANDS, FamilyMember, FamilyWord, Review
from ..moving import on_review
from ..queries import sent_on_of
from ..rules import check_words
from ..rules_local import check_between, led

# What comes only after something else was done: the step before it, and the words of the refusal.
FOLLOWS = {
    FamilyStep.TAKES_PART: (FamilyStep.OFFERED, "They have not been offered a part yet. Put that on record first."),
    FamilyStep.SAID: (FamilyStep.OFFERED, "They have not been offered a part yet. Put that on record first."),
    FamilyStep.DECLINES: (FamilyStep.OFFERED, "They have not been offered a part yet. Put that on record first."),
    FamilyStep.SAID_OF_REPORT: (FamilyStep.SHOWN, "They have not been shown the report yet. Put that on record first."),
}


@transaction.atomic
def name_family_member(
    *, review: Review, role: FamilyRole, called: str, contact: str, by: Person, now: datetime
) -> FamilyMember:
    """One of the family to be offered a part. `called` tells two of one role apart; `contact`: who speaks to them.

    No names: who they are stands in the sealed identity.
    """
    own, _today = led(review, by, now)
    made = FamilyMember.objects.create(
        review=own,
        role=FamilyRole(role),
        called=called.strip(),
        contact=contact.strip(),
        written_at=now,
        written_by=by,
    )
    record(event=EventType.REVIEW_FAMILY_NAMED, by=by, now=now, detail={"role": made.role}, **on_review(own))
    return made


@transaction.atomic
def note_family_word(
    *, member: FamilyMember, kind: FamilyStep, happened_on: date, words: str, by: Person, now: datetime
) -> FamilyWord:
    """What passed with one of the family on a day: offered, told, said, declined with why, shown the report.

    Raises NotAllowedError for an answer to what was not offered, and for a report that is not there.
    """
    own, today = led(member.review, by, now)
    step = FamilyStep(kind)
    said = check_words(words, "Say why they do not" if step == FamilyStep.DECLINES else "Say what passed")
    check_between(
        happened_on, sent_on_of(own), today, "The day", "Nobody is spoken to before the incident was notified."
    )
    if not FamilyMember.objects.filter(STANDS, pk=member.pk).exists():
        raise NotAllowedError("That line was taken back.")
    _check_follows(member, step, happened_on)
    if step == FamilyStep.SHOWN and not own.drafts.filter(STANDS, received_on__lte=happened_on).exists():
        raise NotAllowedError("No draft of the report had come by that day, so nobody can have been shown one.")
    made = FamilyWord.objects.create(
        member=member, kind=step, happened_on=happened_on, words=said, written_at=now, written_by=by
    )
    record(event=EventType.REVIEW_FAMILY_SPOKEN_TO, by=by, now=now, detail={"kind": made.kind}, **on_review(own))
    return made


def _check_follows(member: FamilyMember, step: FamilyStep, happened_on: date) -> None:
    if step not in FOLLOWS:
        return
    before, why = FOLLOWS[step]
    if not member.words.filter(STANDS, kind=before, happened_on__lte=happened_on).exists():
        raise NotAllowedError(why)
