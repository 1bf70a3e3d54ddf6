"""Who reads the review of a death: put on with a last day, ended, asked for, given or refused."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from trefoil.access.at_once import unless_just_entered
from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Person
from trefoil.reviews.models import reading_on
from trefoil.reviews.operations.incidents import LONGEST_READING
from trefoil.reviews.rules import check_words, people_here

from ..enums import ReaderRole
from ..models import Death, DeathAsking, DeathReader
from ..moving import held, on_death
from ..rules import askings_for, check_leads, deaths_known_to, leads_on
from ..telling import tell, tell_leads


@transaction.atomic
def put_on(
    *,
    death: Death,
    person: Person,
    role: ReaderRole,
    ends_on: date,
    reason: str,
    by: Person,
    now: datetime,
    sees_identity: bool = False,
) -> DeathReader:
    """Let somebody read a review until a day, at most a year ahead. Raises NotAllowedError with the reason why not."""
    check_leads(by, death, now)
    own, why, today = held(death), check_words(reason, "Say why they need to read it"), timezone.localdate(now)
    if not today <= ends_on <= today + LONGEST_READING:
        raise NotAllowedError("The last day of reading lies between today and a year from now.")
    if not people_here(own.partnership, today).filter(pk=person.pk).exists():
        raise NotAllowedError(f"{person} holds no duty here today that lets them read it.")
    if role == ReaderRole.LEAD and not standing_of(person, own.partnership, now=now).may(Permission.RUN_DEATHS):
        raise NotAllowedError(f"{person} cannot run it: their duties do not include that.")
    if own.readers.filter(reading_on(today), person=person).exclude(role=ReaderRole.CONTRIBUTOR).exists():
        raise NotAllowedError(f"{person} reads it already. End that first.")
    reader = DeathReader.objects.create(
        death=own,
        person=person,
        role=ReaderRole(role),
        sees_identity=sees_identity,
        reason=why[:300],
        starts_on=today,
        ends_on=ends_on,
        given_at=now,
        given_by=by,
    )
    detail = {"person": person.pk, "role": reader.role, "until": ends_on.isoformat(), "identity": sees_identity}
    record(event=EventType.DEATH_READER_PUT_ON, by=by, now=now, detail=detail, **on_death(own))
    tell(own.partnership, person, f"put on:{reader.pk}", "Something was opened for you to read.", by=by, now=now)
    return reader


@transaction.atomic
def end_reading(*, reader: DeathReader, by: Person, now: datetime) -> None:
    """Somebody reads it no more, from this moment. The last one who runs it stays until another does."""
    check_leads(by, reader.death, now)
    own = held(reader.death)
    others = leads_on(timezone.localdate(now)).filter(death=own).exclude(pk=reader.pk)
    if reader.role == ReaderRole.LEAD and not others.exists():
        raise NotAllowedError("Nobody else runs this review. Put another lead on it first.")
    if not DeathReader.objects.filter(pk=reader.pk, ended_at__isnull=True).update(ended_at=now, ended_by=by):
        raise NotAllowedError("That has ended already.")
    record(event=EventType.DEATH_READER_ENDED, by=by, now=now, detail={"person": reader.person_id}, **on_death(own))
    reader.refresh_from_db()


@transaction.atomic
def hand_over_death(*, death: Death, to: Person, ends_on: date, reason: str, by: Person, now: datetime) -> DeathReader:
    """Somebody else runs its review from this moment, and who ran it reads it no more: all of it, or nothing.

    Whoever else runs it goes on. Where `to` works on it already, that place ends with the new one.
    """
    own, today = held(death), timezone.localdate(now)
    # After it is held: of two hand-overs at once the second no longer runs it.
    check_leads(by, own, now)
    if to == by:
        raise NotAllowedError("You run it already.")
    places = own.readers.filter(reading_on(today)).exclude(role=ReaderRole.CONTRIBUTOR)
    places.filter(person=to).update(ended_at=now, ended_by=by)
    made = put_on(
        death=own, person=to, role=ReaderRole.LEAD, sees_identity=True, ends_on=ends_on, reason=reason, by=by, now=now
    )
    end_reading(reader=places.get(person=by, role=ReaderRole.LEAD), by=by, now=now)
    record(event=EventType.DEATH_HANDED_OVER, by=by, now=now, detail={"to": to.pk}, **on_death(own))
    return made


@transaction.atomic
def ask_for_access(*, death: Death, reason: str, by: Person, now: datetime) -> DeathAsking:
    """Ask to read a review that one knows by its reference. Those who run it are told that somebody asks."""
    if not deaths_known_to(standing_of(by, death.partnership, now=now)).filter(pk=death.pk).exists():
        raise NotAllowedError("There is no such record.")
    why, today = check_words(reason, "Say why you need to read it"), timezone.localdate(now)
    if death.readers.filter(reading_on(today), person=by).exists():
        raise NotAllowedError("You read it already.")
    if death.askings.filter(person=by, answered_at__isnull=True).exists():
        raise NotAllowedError("You have asked already, and it waits for an answer.")
    with unless_just_entered("this request"):
        asked = DeathAsking.objects.create(death=death, person=by, reason=why, asked_at=now)
    record(event=EventType.DEATH_ACCESS_ASKED, by=by, now=now, **on_death(death))
    tell_leads(death, f"asked:{asked.pk}", "Somebody asks to read a record and waits for an answer.", by=by, now=now)
    return asked


@transaction.atomic
def answer_asking(
    *,
    asking: DeathAsking,
    is_given: bool,
    answer: str,
    by: Person,
    now: datetime,
    ends_on: date | None = None,
    sees_identity: bool = False,
) -> None:
    """Give or refuse what was asked, with a reason. Who runs the review answers, never the one who asked.

    Where nobody runs it any more, a designated person takes it up first.
    """
    standing = standing_of(by, asking.death.partnership, now=now)
    if not askings_for(standing).filter(pk=asking.pk).exists():
        raise NotAllowedError("It waits for somebody else’s answer, or it has been answered.")
    own, why = held(asking.death), check_words(answer, "Say why")
    row = DeathAsking.objects.filter(pk=asking.pk, answered_at__isnull=True)
    if not row.update(is_given=is_given, answer=why, answered_at=now, answered_by=by):
        raise NotAllowedError("It has been answered already.")
    if is_given:
        if ends_on is None:
            raise NotAllowedError("Say until which day they read it.")
        put_on(
            death=own,
            person=asking.person,
            role=ReaderRole.TEAM,
            ends_on=ends_on,
            reason=asking.reason,
            by=by,
            now=now,
            sees_identity=sees_identity,
        )
    else:
        tell(own.partnership, asking.person, f"refused:{asking.pk}", "What you asked was refused.", by=by, now=now)
    detail = {"given": is_given, "to": asking.person_id}
    record(event=EventType.DEATH_ACCESS_ANSWERED, by=by, now=now, detail=detail, **on_death(own))
    asking.refresh_from_db()
