"""The partnership and its agencies."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from trefoil.access.enums import Permission
from trefoil.access.queries import duties_visible_to, memberships_visible_to, partnerships_visible_to
from trefoil.access.rules import Standing
from trefoil.access.url_rules import PageRequest, found_or_refused, logs_read, within
from trefoil.design.frame import Crumb
from trefoil.indicators.rules import returns_visible_to
from trefoil.people.enums import AgencyKind
from trefoil.people.models import Membership, Partnership, in_force

from ..queries import by_kind, hand_ins, in_time_words
from ..tables import agency_duty_table, agency_table, return_table
from ..words import counted, day_words, listed
from .frame import page, within_partnership

MOST_RETURNS = 24


@within(Permission.READ_FIGURES)
@require_safe
def partnership_page(request: PageRequest) -> HttpResponse:
    """The partnership, its area, and its agencies with why each was chosen."""
    today = timezone.localdate()
    standing = request.standing
    everyone = list(memberships_visible_to(standing))
    members = [one for one in everyone if one.starts_on <= today and (one.ends_on is None or one.ends_on >= today)]
    partners = [str(one.agency) for one in members if one.kind == AgencyKind.SAFEGUARDING_PARTNER]
    slug = standing.partnership.slug
    return page(
        request,
        "partnership",
        title="The partnership and its agencies",
        lead=_lead(standing.partnership.area.name, len(members), partners),
        facts=_facts(standing.partnership),
        kinds=[(kind.heading, kind.note, agency_table(kind.memberships, slug)) for kind in by_kind(members)],
        may_manage=standing.may(Permission.MANAGE_PEOPLE),
        past=[one for one in everyone if one.ends_on and one.ends_on < today],
    )


def _facts(partnership: Partnership) -> list[tuple[str, str]]:
    area = partnership.area
    facts = [("Area", area.name), ("Kind of area", area.get_kind_display())]
    if area.region:
        facts.append(("Region", area.region.name))
    if not area.is_invented:
        facts.append(("Code of the area", area.code))
    return facts


def _lead(area: str, members: int, partners: list[str]) -> str:
    if not members:
        return f"No organisation of {area} has been entered yet."
    together = f"{counted(members, 'organisation')} work together for children in {area}."
    if members == 1:
        together = f"One organisation is entered for {area}."
    if len(partners) < 2:
        return together
    return f"{together} {listed(partners)} lead it and share one equal duty."


@within(Permission.READ_FIGURES)
@require_safe
@logs_read("agency:{pk}")
def agency_detail(request: PageRequest, *, pk: int) -> HttpResponse:
    """An agency: its place here, the reader's other partnerships that share it, its people and its returns."""
    today = timezone.localdate()
    standing = request.standing
    membership = found_or_refused(memberships_visible_to(standing).order_by("-starts_on"), request, agency_id=pk)
    duties = duties_visible_to(standing).filter(in_force(today), agency_id=pk)
    reads_returns = _reads_returns_of(standing, pk)
    request.read_by_opening = reads_returns and not standing.may_for(Permission.READ_RETURNS_OF_OWN_AGENCY, pk)
    request.read_by_opening &= standing.only_opened(Permission.READ_ALL_RETURNS)
    found = hand_ins(returns_visible_to(standing).filter(agency_id=pk), most=MOST_RETURNS, today=today)
    return page(
        request,
        "agency",
        title=membership.agency.name,
        lead=_agency_lead(membership, standing.partnership.name),
        above=(Crumb("Partnership", within_partnership(request, "partnership_page")),),
        facts=_agency_facts(membership, _shared_with(standing, pk)),
        people=agency_duty_table(duties, standing.partnership.slug),
        reads_people=standing.may(Permission.READ_PEOPLE),
        agency_pk=pk,
        may_end=standing.may(Permission.MANAGE_PEOPLE) and membership.ends_on is None,
        returns=return_table(found),
        returns_words=in_time_words(found),
        reads_returns=reads_returns,
    )


def _shared_with(standing: Standing, agency_id: int) -> list[str]:
    """The reader's other partnerships that the agency is a member of today."""
    now = timezone.now()
    mine = partnerships_visible_to(standing.person, now=now).exclude(pk=standing.partnership.pk)
    place = in_force(timezone.localdate(now), "memberships__")
    return [one.name for one in mine.filter(place, memberships__agency_id=agency_id).distinct()]


def _reads_returns_of(standing: Standing, agency_id: int) -> bool:
    return standing.may(Permission.READ_ALL_RETURNS) or standing.may_for(
        Permission.READ_RETURNS_OF_OWN_AGENCY, agency_id
    )


def _agency_facts(membership: Membership, shared: list[str]) -> list[tuple[str, str]]:
    facts = [
        ("Place in the partnership", membership.get_kind_display()),
        ("Sector", membership.agency.get_sector_display()),
        ("Why chosen", membership.why_chosen or "Not entered"),
        ("Member since", day_words(membership.starts_on)),
    ]
    if membership.ends_on:
        facts.append(("Until", day_words(membership.ends_on)))
    if membership.source:
        facts.append(("Source", membership.source))
    facts.append(("Also a member of", listed(shared) or "No other partnership that you can see"))
    return facts


def _agency_lead(membership: Membership, partnership: str) -> str:
    kind = membership.get_kind_display().lower()
    article = "An" if kind[0] in "aeiou" else "A"
    return f"{article} {kind} of {partnership}."
