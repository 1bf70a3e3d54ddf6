"""The demo's one-click sign-in. Its URL exists in demo mode alone, and it opens invented people's accounts alone."""

from dataclasses import dataclass
from datetime import date

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from trefoil.people.models import Duty, Person

from .url_rules import DEMO_ONLY, access_rule

# A number of more digits would not fit the database's own numbers.
LONGEST_KEY = 18


@dataclass(frozen=True)
class DemoAccount:
    """One button of the sign-in page: a person, and each thing they are there to do."""

    pk: int
    name: str
    duties: tuple[str, ...]


def demo_accounts(*, today: date) -> list[DemoAccount]:
    """Invented people with a duty today, in the order of their names; a duty reads `Analyst, Fairmead`. One query."""
    held: dict[Person, list[str]] = {}
    duties = Duty.objects.in_force_on(today).filter(person__is_invented=True).select_related("person", "partnership")
    for duty in duties.order_by("person__name", "person_id", "partnership__name", "kind"):
        held.setdefault(duty.person, []).append(f"{duty.get_kind_display()}, {duty.partnership.short_name}")
    return [DemoAccount(person.pk, person.name, tuple(words)) for person, words in held.items()]


def invented_person(key: str) -> Person | None:
    """The open account of an invented person under this key; None for anybody else and for what is no key."""
    if not key.isdecimal() or len(key) > LONGEST_KEY:
        return None
    return Person.objects.filter(pk=int(key), is_invented=True, is_active=True).first()


@require_POST
@access_rule(DEMO_ONLY)
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as the invented person whose button was pressed; anybody else is 404."""
    person = invented_person(request.POST.get("person", ""))
    if person is None:
        raise Http404
    record_authentication(request, person, method="demo")
    answer: HttpResponse = perform_login(request, person)
    return answer
