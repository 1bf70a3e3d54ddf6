"""The demo's one-click sign-in. Its URL exists in demo mode alone, and it opens invented people's accounts alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from trefoil.people.enums import DutyKind
from trefoil.people.models import Duty, Person

from .url_rules import DEMO_ONLY, access_rule

# A number of more digits would not fit the database's own numbers.
LONGEST_KEY = 18


# In the order in which duties are worth trying.
ORDER = (
    DutyKind.BUSINESS_MANAGER,
    DutyKind.ANALYST,
    DutyKind.AGENCY_LEAD,
    DutyKind.AGENCY_RETURNS,
    DutyKind.SAFEGUARDING_PARTNER,
    DutyKind.SCRUTINEER,
    DutyKind.CHILD_DEATH_OFFICER,
    DutyKind.GROUP_MEMBER,
    DutyKind.READER,
)


@dataclass(frozen=True)
class DemoAccount:
    """One button of the sign-in page: a person, their job title unless a duty says the same, and what they do."""

    pk: int
    name: str
    job_title: str
    duties: tuple[str, ...]


@dataclass(frozen=True)
class DemoAccounts:
    """Who to try first, one for each duty; everybody else; and where all of them may read published figures."""

    first: tuple[DemoAccount, ...] = ()
    more: tuple[DemoAccount, ...] = ()
    all_read: str = ""

    def __bool__(self) -> bool:
        return bool(self.first)


def demo_accounts(*, today: date) -> DemoAccounts:
    """Invented people with a duty today; a duty reads `Analyst, Fairmead`. One query."""
    held: dict[Person, list[Duty]] = {}
    duties = Duty.objects.in_force_on(today).filter(person__is_invented=True).select_related("person", "partnership")
    for duty in duties.order_by("person_id", "partnership__name", "kind"):
        held.setdefault(duty.person, []).append(duty)
    shared = _read_by_all(held.values())
    ranked = sorted(held, key=lambda person: (_rank(held[person]), person.pk))
    accounts = {person: _account(person, held[person], shared) for person in ranked}
    firsts = {_rank(held[person]): person for person in reversed(ranked)}
    # Whoever does nothing of their own, such as one who has left their post, shows a newcomer nothing.
    first = [person for person in ranked if firsts[_rank(held[person])] is person and accounts[person].duties]
    return DemoAccounts(
        first=tuple(accounts[person] for person in first),
        more=tuple(accounts[person] for person in ranked if person not in first),
        all_read=" and ".join(sorted(shared)),
    )


def _rank(duties: list[Duty]) -> int:
    return min(ORDER.index(DutyKind(duty.kind)) for duty in duties)


def _read_by_all(held: Iterable[list[Duty]]) -> set[str]:
    """The partnerships that everybody listed may read published figures of, besides what else they do."""
    everyone = [{duty.partnership.short_name for duty in duties if duty.kind == DutyKind.READER} for duties in held]
    return set.intersection(*everyone) if len(everyone) > 1 else set()


def _account(person: Person, duties: list[Duty], shared: set[str]) -> DemoAccount:
    said = tuple(
        f"{duty.get_kind_display()}, {duty.partnership.short_name}"
        for duty in sorted(duties, key=lambda duty: ORDER.index(DutyKind(duty.kind)))
        if duty.kind != DutyKind.READER or duty.partnership.short_name not in shared
    )
    title = "" if any(duty.get_kind_display() == person.job_title for duty in duties) else person.job_title
    return DemoAccount(person.pk, person.name, title, said)


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
