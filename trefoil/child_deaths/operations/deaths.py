"""A death: notified, taken up, told apart from another, corrected, and withdrawn."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.access.rules import Standing
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.clocks.operations import move_start
from trefoil.people.models import Partnership, Person
from trefoil.reviews.moving import check_not_before, moment_of
from trefoil.reviews.operations.incidents import LONGEST_READING, Identity
from trefoil.reviews.rules import check_day, check_words

from ..ages import age_group
from ..enums import AWAY, AgeGroup, DeathState, EthnicGroup, Expected, Home, Likeness, ReaderRole, Sex
from ..fingerprints import alike, keep_fingerprints
from ..models import AnotherChild, Death, DeathIdentity, DeathMove, DeathReader
from ..moving import (
    MEETING,
    NOTICE,
    RESPONSE,
    begin_clock,
    begin_meeting_clock,
    drop_clocks,
    end_clocks,
    held,
    move,
    new_reference,
    on_death,
    open_clocks,
)
from ..rules import check_leads, check_move, check_open, deaths_visible_to, deaths_without_lead
from ..telling import tell_leads


@dataclass(frozen=True)
class Notice:
    """What a notification says. As little as a review can begin with; the rest comes later."""

    died_on: date
    known_at: datetime
    notifier: str
    expected: Expected = Expected.UNKNOWN
    sex: Sex = Sex.UNKNOWN
    circumstances: str = ""
    ethnic_group: EthnicGroup = EthnicGroup.UNKNOWN
    home: Home = Home.HERE
    home_area: str = ""


@transaction.atomic
def notify_death(
    *, partnership: Partnership, notice: Notice, identity: Identity, by: Person, now: datetime, another: str = ""
) -> Death:
    """Write down that a child died. Everybody with a duty here may; whoever is designated runs it from then on.

    Where somebody else notifies, it waits for a designated person to take it up, and the one who notified reads nothing
    more of it. To a designated person a notification of the same name and date of birth is refused, unless `another`
    says why it is another child; nobody else learns whether there is one.
    """
    standing = standing_of(by, partnership, now=now)
    if not standing.may(Permission.READ_DEATHS):
        raise NotAllowedError("Your duties here do not include notifying a child’s death.")
    _check_notice(notice, now)
    group = _checked_child(identity, notice.died_on)
    death = Death(
        partnership=partnership,
        reference=new_reference(),
        age_group=group,
        notified_at=now,
        recorded_at=now,
        recorded_by=by,
        **_sealed_notice(notice),
    )
    who = DeathIdentity(written_at=now, written_by=by, **_sealed_words(identity))
    same = _same(death, who) if standing.may(Permission.RUN_DEATHS) else []
    if same and not another.strip():
        raise NotAllowedError(
            f"{same[0].reference} has the same name and date of birth. If this is the same child, nothing has to be "
            "notified again. If it is another child, say why you know."
        )
    death.save()
    who.death = death
    who.save()
    keep_fingerprints(death, who)
    DeathMove.objects.create(death=death, to_state=death.state, moved_at=now, moved_by=by)
    begin_clock(death, NOTICE, notice.known_at, by=by, now=now)
    end_clocks(death, NOTICE, done_at=now, by=by, now=now)
    begin_meeting_clock(death, by=by, now=now)
    record(event=EventType.DEATH_NOTIFIED, by=by, now=now, **on_death(death))
    for other in same:
        _tell_apart(death, other, check_words(another, "Say why it is another child"), by=by, now=now)
    _hand_over(death, standing, now=now)
    return death


def _hand_over(death: Death, standing: Standing, *, now: datetime) -> None:
    """To whoever notified, if they are designated; else to all who are."""
    if standing.may(Permission.RUN_DEATHS):
        _lead(death, standing.person, "They took the notification.", by=standing.person, now=now)
        return
    words = "A notification has come in and waits for somebody to take it up."
    tell_leads(death, f"new:{death.pk}", words, by=standing.person, now=now)


def _check_notice(notice: Notice, now: datetime) -> None:
    if notice.known_at > now:
        raise NotAllowedError("The moment at which the death was known cannot lie in the future.")
    check_day(notice.died_on, timezone.localdate(now), "The day of the death")
    known_on = timezone.localdate(notice.known_at)
    check_not_before(known_on, notice.died_on, "The death cannot have been known before it happened.")
    if notice.home in AWAY and not notice.home_area.strip():
        raise NotAllowedError("Say in which area the child normally lived: its partners review the death.")
    if not notice.notifier.strip():
        raise NotAllowedError("Say who notifies, and how to reach them.")


def _checked_child(identity: Identity, died_on: date) -> AgeGroup:
    """The age group. Raises NotAllowedError without a name, and for who was no child."""
    if not identity.child_name.strip():
        raise NotAllowedError(
            "Say who the child was. A baby without a name goes by the mother’s: “baby of”. It is sealed."
        )
    if identity.born_on is not None and identity.born_on > died_on:
        raise NotAllowedError("The child cannot have died before the day of birth.")
    try:
        return age_group(identity.born_on, died_on)
    except ValueError as error:
        raise NotAllowedError(
            "They were 18 or over on that day. Child death reviews are about everybody under 18 (Children Act 2004, "
            "sections 16M to 16Q)."
        ) from error


def _sealed_notice(notice: Notice) -> dict[str, object]:
    return asdict(notice) | {
        "notifier": notice.notifier.strip(),
        "circumstances": notice.circumstances.strip(),
        "expected": Expected(notice.expected),
        "sex": Sex(notice.sex),
        "ethnic_group": EthnicGroup(notice.ethnic_group),
        "home": Home(notice.home),
        "home_area": notice.home_area.strip() if notice.home in AWAY else "",
    }


def _sealed_words(identity: Identity) -> dict[str, str]:
    """The columns of an identity record."""
    words = {name: str(value or "").strip() for name, value in asdict(identity).items()}
    return words | {"born_on": identity.born_on.isoformat() if identity.born_on else ""}


def _same(death: Death, identity: DeathIdentity) -> list[Death]:
    keys = [key for key, likeness in alike(death, identity).items() if likeness == Likeness.SAME]
    return list(Death.objects.filter(pk__in=keys).order_by("pk"))


def _lead(death: Death, person: Person, reason: str, *, by: Person, now: datetime) -> DeathReader:
    today = timezone.localdate(now)
    return DeathReader.objects.create(
        death=death,
        person=person,
        role=ReaderRole.LEAD,
        sees_identity=True,
        reason=reason,
        starts_on=today,
        ends_on=today + LONGEST_READING,
        given_at=now,
        given_by=by,
    )


@transaction.atomic
def take_up(*, death: Death, by: Person, now: datetime) -> DeathReader:
    """Run the review of a death that nobody runs. Of two who do so at once the second is refused."""
    own = held(death)
    if not deaths_without_lead(standing_of(by, own.partnership, now=now)).filter(pk=own.pk).exists():
        raise NotAllowedError("Somebody runs it already, or your duties do not include it.")
    place = _lead(own, by, "They took it up.", by=by, now=now)
    record(event=EventType.DEATH_TAKEN_UP, by=by, now=now, **on_death(own))
    return place


@transaction.atomic
def tell_apart(*, death: Death, other: Death, reason: str, by: Person, now: datetime) -> AnotherChild:
    """Two notifications that are alike are of two children. Why stays sealed with the first."""
    check_leads(by, death, now)
    own, why = held(death), check_words(reason, "Say why it is another child")
    if other.pk not in alike(own, own.identity):
        raise NotAllowedError("Nothing in these two is alike.")
    return _tell_apart(own, other, why, by=by, now=now)


def _tell_apart(death: Death, other: Death, reason: str, *, by: Person, now: datetime) -> AnotherChild:
    told, is_new = AnotherChild.objects.get_or_create(
        death=death, other=other, defaults={"reason": reason, "told_at": now, "told_by": by}
    )
    if not is_new:
        raise NotAllowedError("That was said already.")
    record(event=EventType.DEATHS_TOLD_APART, by=by, now=now, **on_death(death))
    return told


@transaction.atomic
def write_identity(*, death: Death, identity: Identity, by: Person, now: datetime) -> None:
    """Correct who the child was. The trail says which lines changed, and never what they say."""
    check_leads(by, death, now)
    own = held(death)
    own.age_group = _checked_child(identity, own.died_on)
    row = DeathIdentity.objects.select_for_update(of=("self",)).get(death=own)
    words = _sealed_words(identity)
    changed = sorted(name for name, value in words.items() if getattr(row, name) != value)
    if not changed:
        raise NotAllowedError("Nothing was changed.")
    for name in changed:
        setattr(row, name, words[name])
    row.written_at, row.written_by = now, by
    row.save()
    own.save(update_fields=["age_group"])
    keep_fingerprints(own, row)
    record(event=EventType.DEATH_IDENTITY_WRITTEN, by=by, now=now, detail={"changed": changed}, **on_death(own))


@transaction.atomic
def correct_notice(*, death: Death, notice: Notice, by: Person, now: datetime) -> None:
    """Correct what was notified. Time limits that run are reckoned anew where their day changed."""
    check_leads(by, death, now)
    own = held(death)
    check_open(own)
    if own.state == DeathState.PASSED_ON and notice.home not in AWAY:
        raise NotAllowedError("It was passed on to the home area. Undo that first.")
    _check_notice(notice, own.notified_at)
    identity = own.identity
    born_on = date.fromisoformat(identity.born_on) if identity.born_on else None
    own.age_group = _checked_child(Identity(identity.child_name, born_on), notice.died_on)
    for name, value in _sealed_notice(notice).items():
        setattr(own, name, value)
    own.save()
    keep_fingerprints(own, identity)
    for clock in open_clocks(own, MEETING):
        if timezone.localdate(clock.started_at) != own.died_on:
            start = moment_of(own.died_on, now)
            move_start(clock=clock, started_at=start, reason="The day was corrected.", by=by, now=now)
    record(event=EventType.DEATH_CORRECTED, by=by, now=now, **on_death(own))
    death.refresh_from_db()


@transaction.atomic
def withdraw_death(*, death: Death, reason: str, by: Person, now: datetime, same_as: Death | None = None) -> None:
    """It was notified in error, or twice: then `same_as` is the one that stays, which this person reads too."""
    check_leads(by, death, now)
    own = held(death)
    to, why = check_move("withdraw_death", own), check_words(reason, "Say why it is withdrawn")
    if same_as is not None:
        standing = standing_of(by, own.partnership, now=now)
        if same_as.pk == own.pk or not deaths_visible_to(standing, today=timezone.localdate(now)).filter(pk=same_as.pk):
            raise NotAllowedError("Name the notification that stays: one that you read, and not this one.")
    if own.requests.filter(withdrawn_at__isnull=True).exists():
        raise NotAllowedError("Agencies were asked what they know. Withdraw what was asked first.")
    drop_clocks(own, MEETING, RESPONSE, reason="The notification was withdrawn.", by=by, now=now)
    move(own, to, by=by, now=now, reason=why)
    Death.objects.filter(pk=own.pk).update(duplicate_of=same_as)
    record(event=EventType.DEATH_WITHDRAWN, by=by, now=now, **on_death(own))
    death.refresh_from_db()
