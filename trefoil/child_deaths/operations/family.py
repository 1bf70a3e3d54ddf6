"""Support for the family; and a death passed on to the area where the child normally lived."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Person
from trefoil.reviews.moving import check_not_before
from trefoil.reviews.rules import check_day, check_words

from ..enums import AWAY, DeathState
from ..models import Death, FamilySupport, PassedOn
from ..moving import MEETING, drop_clocks, held, move, on_death
from ..rules import check_leads, check_move


@transaction.atomic
def note_family_support(
    *, death: Death, key_worker: str, words: str, told_on: date, by: Person, now: datetime
) -> FamilySupport:
    """Who stays beside the family, since when they know it, and what they were offered. Again leaves the earlier."""
    check_leads(by, death, now)
    own = held(death)
    if own.state == DeathState.WITHDRAWN or own.deleted_at is not None:
        raise NotAllowedError("It was withdrawn or deleted, so nothing is added.")
    who = key_worker.strip()
    if not who:
        raise NotAllowedError("Say who the key worker is and how the family reach them, or that they want none.")
    check_day(told_on, timezone.localdate(now), "The day on which the family were told")
    check_not_before(told_on, own.died_on, "The family cannot have been told before the death.")
    said = check_words(words, "Say what the family were offered and told")
    made = FamilySupport.objects.create(
        death=own, key_worker=who, words=said, told_on=told_on, written_at=now, written_by=by
    )
    record(event=EventType.DEATH_FAMILY_SUPPORTED, by=by, now=now, **on_death(own))
    return made


@transaction.atomic
def pass_on(*, death: Death, to: str, passed_on: date, words: str, by: Person, now: datetime) -> PassedOn:
    """The partners of the area where the child normally lived review it: it was passed on to them on a day.

    The joint agency response that was decided here goes on here. The time limit of the review meeting is withdrawn.
    """
    check_leads(by, death, now)
    own = held(death)
    if own.home not in AWAY:
        raise NotAllowedError("The child normally lived here, so it is reviewed here. If not, correct that first.")
    moves_to = check_move("pass_on", own)
    if own.requests.filter(withdrawn_at__isnull=True, replies__isnull=True).exists():
        raise NotAllowedError("Agencies still owe an answer. Wait for it, or withdraw what was asked.")
    whom = to.strip()
    if not whom:
        raise NotAllowedError("Say to whom it was passed on.")
    check_day(passed_on, timezone.localdate(now), "The day on which it was passed on")
    check_not_before(passed_on, own.died_on, "It cannot have been passed on before the death.")
    said = check_words(words, "Say what was passed on, how, and what they answered")
    made = PassedOn.objects.create(death=own, to=whom, words=said, passed_on=passed_on, written_at=now, written_by=by)
    drop_clocks(own, MEETING, reason="It is reviewed where the child normally lived.", by=by, now=now)
    move(own, moves_to, by=by, now=now)
    record(event=EventType.DEATH_PASSED_ON, by=by, now=now, **on_death(own))
    death.refresh_from_db()
    return made
