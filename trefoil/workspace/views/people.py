"""Who holds which duty, and giving and ending them."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from trefoil.access.enums import Permission
from trefoil.access.queries import (
    duties_visible_to,
    memberships_visible_to,
    people_visible_to,
    seats_visible_to,
)
from trefoil.access.rules import Standing
from trefoil.access.second_factor import factors_of
from trefoil.access.url_rules import PageRequest, found_or_refused, logs_read, within
from trefoil.design.frame import Crumb
from trefoil.people.enums import DutyKind
from trefoil.people.models import Duty, Person

from ..tables import duties_give, duty_table, has_ended, own_duty_table, seat_table
from ..words import counted, listed
from .frame import page, within_partnership


@within(Permission.READ_PEOPLE)
@require_safe
@logs_read("people")
def people_list(request: PageRequest) -> HttpResponse:
    """Who holds which duty for which agency, from when until when."""
    today = timezone.localdate()
    duties = list(duties_visible_to(request.standing).order_by("person__name", "kind", "starts_on", "pk"))
    now_held = [duty for duty in duties if not has_ended(duty, today)]
    slug = request.standing.partnership.slug
    people = len({duty.person_id for duty in now_held})
    return page(
        request,
        "people",
        title="People and duties",
        lead=f"{counted(people, 'person', 'people')} with {counted(len(now_held), 'duty', 'duties')}. "
        "What somebody may see follows from their duties, never from a job title.",
        duties=duty_table(now_held, slug),
        ended=duty_table([duty for duty in duties if has_ended(duty, today)], slug),
        may_manage=request.standing.may(Permission.MANAGE_PEOPLE),
        gives=duties_give(),
    )


@within(Permission.READ_PEOPLE)
@require_safe
@logs_read("person:{pk}")
def person_detail(request: PageRequest, *, pk: int) -> HttpResponse:
    """One person: their duties and seats here, now and before."""
    today, standing = timezone.localdate(), request.standing
    person = found_or_refused(people_visible_to(standing), request, pk=pk)
    duties = list(duties_visible_to(standing).filter(person=person).order_by("-starts_on", "kind", "pk"))
    held = [duty for duty in duties if not has_ended(duty, today)]
    seats = seats_visible_to(standing).filter(person=person).order_by("-starts_on", "pk")
    slug, may_manage = standing.partnership.slug, standing.may(Permission.MANAGE_PEOPLE)
    return page(
        request,
        "person",
        title=person.name,
        lead=_person_lead(held),
        above=(Crumb("People", within_partnership(request, "people_list")),),
        person=person,
        facts=_person_facts(person, is_member=_works_for_a_member(person, standing)),
        duties=own_duty_table(held, slug, may_end=may_manage),
        ended=own_duty_table([duty for duty in duties if has_ended(duty, today)], slug, may_end=False),
        seats=seat_table(seats, slug),
        may_manage=may_manage,
        has_second_step=may_manage and bool(factors_of(person)),
        is_reader=person.pk == standing.person.pk,
        may_read_trail=standing.may(Permission.READ_TRAIL),
        record=f"person:{person.pk}",
    )


def _person_lead(held: list[Duty]) -> str:
    kinds = listed([str(DutyKind(kind).label) for kind in dict.fromkeys(duty.kind for duty in held)])
    return f"{kinds}." if kinds else "Holds no duty here now."


def _works_for_a_member(person: Person, standing: Standing) -> bool:
    return memberships_visible_to(standing).filter(agency=person.agency_id).exists()


def _person_facts(person: Person, *, is_member: bool) -> list[tuple[str, str]]:
    """An agency that is none of this partnership's says where else they work, which is not for this page."""
    agency = person.agency.name if person.agency and is_member else "None in this partnership"
    return [
        ("Job title", person.job_title or "Not entered"),
        ("Agency", agency),
        ("E-mail", person.email),
        ("Account", "Open" if person.is_active else "Closed"),
    ]
