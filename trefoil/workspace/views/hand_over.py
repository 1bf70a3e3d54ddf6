"""What somebody has in hand, and giving it to somebody else: for when they leave."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trefoil.access.enums import Permission
from trefoil.access.queries import duties_visible_to, people_visible_to
from trefoil.access.url_rules import PageRequest, found_or_refused, logs_read, within
from trefoil.design.frame import Crumb
from trefoil.people.models import Person, in_force

from ..belongings import Belonging, agencies_without_another_lead, belongings_of
from ..hand_over_operations import hand_over_belongings
from ..management_forms import HandOverForm
from ..tables import Table
from ..words import counted, link, listed
from .frame import carried_out, page, sent, within_partnership


@within(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
@logs_read("person:{pk}")
def hand_over(request: PageRequest, *, pk: int) -> HttpResponse:
    """Everything that a person has in hand here, with a form that gives the chosen things to somebody else."""
    standing, today = request.standing, timezone.localdate()
    person = found_or_refused(people_visible_to(standing), request, pk=pk)
    held = belongings_of(person, standing)
    others = _others(request, person)
    form = HandOverForm(
        sent(request),
        initial={"things": [one.reference for one in held if one.can_be_given]},
        things=[(one.reference, f"{one.kind}: {one.title} ({one.detail})") for one in held if one.can_be_given],
        people=[(other.pk, other.name) for other in others.values()],
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        to_person = others[given["to_person"]]
        if carried_out(
            form,
            lambda: hand_over_belongings(
                person=person,
                to_person=to_person,
                references=given["things"],
                partnership=standing.partnership,
                reason=given["reason"],
                by=standing.person,
                now=timezone.now(),
            ),
        ):
            number = counted(len(given["things"]), "thing is", "things are")
            messages.success(request, f"{number} with {to_person} now.")
            return redirect(within_partnership(request, "hand_over", pk))
    return page(
        request,
        "hand_over",
        title=f"What {person.name} has in hand",
        lead=_lead(held),
        above=(
            Crumb("People", within_partnership(request, "people_list")),
            Crumb(person.name, within_partnership(request, "person_detail", pk)),
        ),
        person=person,
        form=form,
        has_given=any(one.can_be_given for one in held),
        everything=_everything(held),
        alone=listed([str(agency) for agency in agencies_without_another_lead(person, standing, today=today)]),
        is_empty=not held,
    )


def _lead(held: list[Belonging]) -> str:
    if not held:
        return "Nothing of this partnership is in their hands."
    return f"{counted(len(held), 'thing')} to hand over before they leave, or after."


def _everything(held: list[Belonging]) -> Table:
    """Each thing with a link to its record, or to the page on which it is changed."""
    rows = [
        (link(one.title, one.href), one.kind, one.detail, "Below" if one.can_be_given else "On its own page")
        for one in held
    ]
    return Table(("What", "Kind", "Now", "Where it is handed over"), rows)


def _others(request: PageRequest, person: Person) -> dict[int, Person]:
    """Everybody with a duty here today but the one who leaves, by name."""
    duties = duties_visible_to(request.standing).filter(in_force(timezone.localdate()), person__is_active=True)
    return {duty.person_id: duty.person for duty in duties.order_by("person__name") if duty.person_id != person.pk}
