"""Giving and ending duties, by a business manager. The writing itself is `people.operations`; the law is here."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from trefoil.people.enums import DUTIES_FOR_AN_AGENCY, DutyKind
from trefoil.people.models import Agency, Duty, Membership, Partnership, Person, in_force
from trefoil.people.operations import end_duty as write_end
from trefoil.people.operations import give_duty as write_duty
from trefoil.people.operations import withdraw_duty as write_withdrawal

from .checks import check_manages
from .enums import Permission
from .errors import NotAllowedError
from .operations import close_openings_without_duty
from .queries import open_duties_of
from .rules import DUTY_GIVES


@transaction.atomic
def give_duty(
    *,
    person: Person,
    partnership: Partnership,
    kind: DutyKind,
    starts_on: date,
    by: Person,
    now: datetime,
    agency: Agency | None = None,
    ends_on: date | None = None,
) -> Duty:
    """Give `person` a duty from a day on. Raises NotAllowedError with the reason why not."""
    check_manages(by, partnership, now)
    if person.pk == by.pk:
        raise NotAllowedError("Nobody can give a duty to themselves. Ask another business manager.")
    if not person.is_active:
        raise NotAllowedError(f"The account of {person} is closed.")
    _check_dates(starts_on, ends_on, timezone.localdate(now))
    _check_agency(kind, partnership, agency, starts_on)
    held = Duty.objects.filter(person=person, partnership=partnership, kind=kind, agency=agency, is_withdrawn=False)
    if held.filter(_overlaps(starts_on, ends_on)).exists():
        raise NotAllowedError(f"{person} already holds this duty in that time.")
    return write_duty(
        person=person,
        partnership=partnership,
        kind=kind,
        agency=agency,
        starts_on=starts_on,
        ends_on=ends_on,
        by=by,
        now=now,
    )


@transaction.atomic
def end_duty(*, duty: Duty, ends_on: date, by: Person, now: datetime) -> None:
    """End a duty on `ends_on`, its last day. Raises NotAllowedError with the reason why not.

    Yesterday is the earliest last day and ends access at once; a day further back would say that somebody could not
    see what they did see. A duty of today or of a later day is then withdrawn: it is in force on no day. Emergency
    access that the person has open ends with the duty that let them open it.
    """
    check_manages(by, duty.partnership, now)
    today = timezone.localdate(now)
    yesterday = today - timedelta(days=1)
    if duty.is_withdrawn or (duty.ends_on is not None and duty.ends_on < today):
        raise NotAllowedError("This duty has already ended.")
    if ends_on < yesterday:
        raise NotAllowedError("The last day can be yesterday at the earliest.")
    if yesterday < ends_on < duty.starts_on:
        raise NotAllowedError("The last day cannot be before the duty’s first day. Enter yesterday to withdraw it.")
    if duty.person_id == by.pk and _is_last_that_manages(duty, today):
        raise NotAllowedError("You cannot end your own last duty as business manager. Another business manager can.")
    if ends_on < duty.starts_on:
        write_withdrawal(duty=duty, by=by, now=now)
    else:
        write_end(duty=duty, ends_on=ends_on, by=by, now=now)
    if Permission.BREAK_GLASS in DUTY_GIVES[DutyKind(duty.kind)]:
        close_openings_without_duty(person=duty.person, partnership=duty.partnership, by=by, now=now)


@transaction.atomic
def end_access(*, person: Person, partnership: Partnership, by: Person, now: datetime) -> int:
    """End every duty of a person in one partnership, at once; how many. Raises NotAllowedError with the reason why not.

    The account stays open: it may have duties in another partnership, which is for that partnership to say.
    """
    check_manages(by, partnership, now)
    if person.pk == by.pk:
        raise NotAllowedError("You cannot end your own access. Another business manager can.")
    today = timezone.localdate(now)
    duties = list(open_duties_of(person, partnership, today=today))
    if not duties:
        raise NotAllowedError(f"{person} holds no duty in this partnership.")
    for duty in duties:
        end_duty(duty=duty, ends_on=today - timedelta(days=1), by=by, now=now)
    return len(duties)


def _check_dates(starts_on: date, ends_on: date | None, today: date) -> None:
    if starts_on < today:
        raise NotAllowedError("The first day can be today at the earliest.")
    if ends_on is not None and ends_on < starts_on:
        raise NotAllowedError("The last day cannot be before the first day.")


def _check_agency(kind: DutyKind, partnership: Partnership, agency: Agency | None, day: date) -> None:
    if kind in DUTIES_FOR_AN_AGENCY and agency is None:
        raise NotAllowedError("This duty is held for an agency. Choose which.")
    if agency and not Membership.objects.filter(in_force(day), partnership=partnership, agency=agency).exists():
        raise NotAllowedError(f"{agency} is not a member of this partnership on that day.")


def _overlaps(starts_on: date, ends_on: date | None) -> Q:
    """Rows with at least one day in common with this time."""
    common = Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on)
    return common & Q(starts_on__lte=ends_on) if ends_on else common


def _is_last_that_manages(duty: Duty, today: date) -> bool:
    managing = [kind for kind, gives in DUTY_GIVES.items() if Permission.MANAGE_PEOPLE in gives]
    if duty.kind not in managing:
        return False
    others = Duty.objects.in_force_on(today).filter(person=duty.person, partnership=duty.partnership, kind__in=managing)
    return not others.exclude(pk=duty.pk).filter(ends_on__isnull=True).exists()
