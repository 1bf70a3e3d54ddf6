"""The partnership and its agencies."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from trefoil.access.enums import Permission
from trefoil.access.queries import duties_visible_to, memberships_visible_to, partnerships_visible_to
from trefoil.access.url_rules import PageRequest, logs_read, within
from trefoil.design.frame import Crumb
from trefoil.indicators.rules import returns_visible_to
from trefoil.people.enums import AgencyKind
from trefoil.people.models import Membership, in_force

from ..queries import by_kind, timeliness_words, with_hand_in
from ..words import counted, listed
from .frame import page, within_partnership


@within(Permission.READ_FIGURES)
@require_safe
def partnership_page(request: PageRequest) -> HttpResponse:
    """The partnership, its area, and its agencies with why each was chosen."""
    today = timezone.localdate()
    standing = request.standing
    members = list(memberships_visible_to(standing).filter(in_force(today)))
    partners = [str(one.agency) for one in members if one.kind == AgencyKind.SAFEGUARDING_PARTNER]
    return page(
        request,
        "partnership",
        title=standing.partnership.name,
        lead=_lead(standing.partnership.area.name, len(members), partners),
        kinds=by_kind(members),
        past=[one for one in memberships_visible_to(standing) if one.ends_on and one.ends_on < today],
    )


def _lead(area: str, members: int, partners: list[str]) -> str:
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
    membership = get_object_or_404(memberships_visible_to(standing).order_by("-starts_on"), agency_id=pk)
    mine = partnerships_visible_to(standing.person, now=timezone.now()).exclude(pk=standing.partnership.pk)
    shared = mine.filter(in_force(today, "memberships__"), memberships__agency_id=pk)
    returns = list(with_hand_in(returns_visible_to(standing).filter(agency_id=pk))[:24])
    return page(
        request,
        "agency",
        title=membership.agency.name,
        lead=_agency_lead(membership),
        above=(Crumb("Partnership", within_partnership(request, "partnership_page")),),
        membership=membership,
        shared=shared,
        duties=duties_visible_to(standing).filter(in_force(today), agency_id=pk),
        returns=[
            (
                one,
                timeliness_words(
                    one.due_on, timezone.localdate(one.handed_in_at) if one.handed_in_at else None, today
                ),
            )
            for one in returns
        ],
    )


def _agency_lead(membership: Membership) -> str:
    kind = membership.get_kind_display().lower()
    article = "an" if kind[0] in "aeiou" else "a"
    return f"{article.capitalize()} {kind} of this partnership, in {membership.agency.get_sector_display().lower()}."
