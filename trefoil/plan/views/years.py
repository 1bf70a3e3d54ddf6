"""A year of the plan: begun, changed, the partners' positions, approved."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, found_or_refused, within
from trefoil.design.frame import Crumb
from trefoil.editing.drafts import DraftRequest, keeps_draft

from ..forms.fields import give
from ..forms.priorities import ApproveForm, PositionForm, YearChangeForm, YearForm
from ..models import PlanYear, YearPosition
from ..operations.years import approve_year, begin_year, change_year, take_position
from ..positions import OUTDATED, newest_positions, outdated_positions, statutory_partners
from ..rules import years_visible_to
from .frame import Ask, asked, href, sent


@within(Permission.WRITE_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_draft("plan_year:new")
def year_new(request: DraftRequest) -> HttpResponse:
    """Begin a year of the plan."""
    standing = request.standing
    form = YearForm(sent(request), draft=request.draft)
    ask = Ask(
        title="Begin a year of the plan",
        lead="It starts as a draft. Give it its priorities, then have it approved by the statutory partners.",
        button="Begin this year",
        done="The year is begun, as a draft.",
        back=href(request, "plan_page"),
    )
    return asked(
        request,
        ask,
        form,
        lambda: begin_year(
            partnership=standing.partnership, by=standing.person, now=timezone.now(), **form.cleaned_data
        ),
    )


@within(Permission.WRITE_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_draft("plan_year:{pk}")
def year_change(request: DraftRequest, *, pk: int) -> HttpResponse:
    """Change a draft of a year."""
    year = _year(request, pk)
    names = ("title", "starts_on", "ends_on", "lead_words")
    initial = {name: getattr(year, name) for name in names}
    form = YearChangeForm(sent(request), record=year, initial=initial, draft=request.draft)
    ask = Ask(
        title="Change this year of the plan",
        lead="A year that is approved stays as it was approved.",
        button="Save",
        done="The year is changed.",
        back=_back(request, year),
        why_not="The plan of this year is approved, so it stays as it is." if year.is_approved else "",
    )
    return asked(
        request,
        ask,
        form,
        lambda: change_year(year=year, by=request.standing.person, now=timezone.now(), **form.cleaned_data),
        above=_above(request, year),
    )


@within(Permission.TAKE_POSITION, Permission.WRITE_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def year_position(request: PageRequest, *, pk: int) -> HttpResponse:
    """Record a statutory partner's position."""
    year, standing = _year(request, pk), request.standing
    form = PositionForm(sent(request))
    give(form, agency=statutory_partners(standing.partnership, timezone.localdate()))
    ask = Ask(
        title="Record a partner’s position",
        lead="Each statutory partner says for itself whether it agrees to this plan.",
        button="Record the position",
        done="The position is recorded.",
        back=_back(request, year),
        facts=_positions(year),
        why_not="The plan of this year is approved already." if year.is_approved else "",
    )
    return asked(
        request,
        ask,
        form,
        lambda: take_position(year=year, by=standing.person, now=timezone.now(), **form.cleaned_data),
        above=_above(request, year),
    )


@within(Permission.WRITE_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def year_approve(request: PageRequest, *, pk: int) -> HttpResponse:
    """Approve a year's plan."""
    year = _year(request, pk)
    form = ApproveForm(sent(request))
    ask = Ask(
        title="Approve this year of the plan",
        lead="It rests on the position of each statutory partner, or on a meeting’s decision. It cannot be undone.",
        button="Approve the plan",
        done="The plan of this year is approved.",
        back=_back(request, year),
        facts=_positions(year),
        why_not="The plan of this year is approved already." if year.is_approved else "",
    )
    return asked(
        request,
        ask,
        form,
        lambda: approve_year(
            year=year,
            decision_reference=form.cleaned_data["reference"],
            by=request.standing.person,
            now=timezone.now(),
        ),
        above=_above(request, year),
    )


def _year(request: PageRequest, pk: int) -> PlanYear:
    return found_or_refused(years_visible_to(request.standing), request, pk=pk)


def _back(request: PageRequest, year: PlanYear) -> str:
    return href(request, "plan_year", year.pk)


def _above(request: PageRequest, year: PlanYear) -> Sequence[Crumb]:
    return (Crumb(year.title, _back(request, year)),)


def _positions(year: PlanYear) -> list[tuple[str, object]]:
    """Each statutory partner with what it has said."""
    held = newest_positions(year)
    outdated = outdated_positions(year, held)
    return [
        (agency.name, _said(held.get(agency.pk), is_outdated=agency.pk in outdated))
        for agency in statutory_partners(year.partnership, timezone.localdate())
    ]


def _said(held: YearPosition | None, *, is_outdated: bool) -> str:
    said = held.get_position_display() if held else "Not taken yet"
    return f"{said}. {OUTDATED}" if is_outdated else said
