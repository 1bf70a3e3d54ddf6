"""What a business manager does with accounts: add one, help somebody who lost their second step."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.enums import DutyKind
from trefoil.people.models import Agency, Duty, Partnership, Person
from trefoil.people.operations import create_person

from .at_once import unless_just_entered
from .checks import check_manages
from .duty_operations import give_duty
from .enums import Permission
from .errors import NotAllowedError
from .queries import partnerships_relying_on, standing_of
from .session import end_every_session
from .sign_in import remove_second_factor

SHORTEST_REASON = 10


@dataclass(frozen=True)
class Added:
    """The first duty of somebody, and whether their account is new."""

    duty: Duty
    is_new: bool


@transaction.atomic
def add_person(
    *,
    email: str,
    name: str,
    job_title: str,
    partnership: Partnership,
    kind: DutyKind,
    starts_on: date,
    by: Person,
    now: datetime,
    works_for: Agency | None = None,
    duty_agency: Agency | None = None,
) -> Added:
    """An account with a first duty. Where the address has an account already, that one gets the duty, unchanged.

    Raises NotAllowedError with the reason why not; then nothing is made. What else the account that was there may do,
    and where, is not said.
    """
    check_manages(by, partnership, now)
    person = Person.objects.filter(email__iexact=email.strip()).first()
    is_new = person is None
    if person is None:
        with unless_just_entered("an account under this address"):
            person = create_person(
                email=email.strip(),
                name=name.strip(),
                job_title=job_title.strip(),
                agency=works_for,
                is_invented=partnership.is_invented,
                partnership=partnership,
                by=by,
                now=now,
            )
    duty = give_duty(
        person=person,
        partnership=partnership,
        kind=kind,
        agency=duty_agency,
        starts_on=starts_on,
        by=by,
        now=now,
    )
    return Added(duty, is_new)


@transaction.atomic
def remove_lost_second_factor(
    *, person: Person, partnership: Partnership, reason: str, by: Person, now: datetime
) -> int:
    """Take every second step from the account of somebody with a duty here, who has lost it; how many there were.

    They are signed out everywhere too, for what was lost may be in somebody's hands. Nobody does it for
    themselves, which would make one step of two, nor for an account that a partnership relies on which they do not
    manage. Every partnership that relies on it has it on its trail. Raises NotAllowedError with the reason why not.
    """
    check_manages(by, partnership, now)
    if person.pk == by.pk:
        raise NotAllowedError("You cannot remove your own second step here. Another business manager can.")
    if len(reason.strip()) < SHORTEST_REASON:
        raise NotAllowedError(f"Say why in at least {SHORTEST_REASON} characters. It goes on the trail.")
    relying = list(partnerships_relying_on(person, today=timezone.localdate(now)))
    if partnership not in relying:
        raise NotAllowedError(f"{person} holds no duty in this partnership.")
    # Which other partnership it is, is not said.
    if not all(standing_of(by, one, now=now).may(Permission.MANAGE_PEOPLE) for one in relying):
        raise NotAllowedError("You cannot do this for this account. Ask whoever runs this installation of Trefoil.")
    removed = remove_second_factor(person=person, by=by, now=now)
    if not removed:
        raise NotAllowedError(f"{person} has no second step to remove.")
    for one in relying:
        record(
            event=EventType.SECOND_FACTOR_CHANGED,
            by=by,
            now=now,
            partnership=one.slug,
            subject=f"person:{person.pk}",
            detail={"change": "removed_as_lost", "number": removed},
            reason=reason.strip(),
        )
    end_every_session(person)
    return removed
