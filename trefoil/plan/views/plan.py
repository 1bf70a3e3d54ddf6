"""The plan on a page: a year's priorities with how each stands, its challenges and the partners' positions."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, found_or_refused, within

from ..models import PlanYear, Priority, YearPosition
from ..positions import OUTDATED, newest_positions, outdated_positions, statutory_partners
from ..queries import Tally, tallies
from ..rules import actions_visible_to, challenges_visible_to, priorities_visible_to, years_visible_to
from ..standing_words import overview_words, tally_words
from ..words import day_words
from .frame import page


@dataclass(frozen=True)
class PriorityLine:
    """A priority of the page, and how its actions stand."""

    priority: Priority
    tally: Tally
    words: str


@within(Permission.READ_PLAN)
@require_safe
def plan_page(request: PageRequest) -> HttpResponse:
    """The year that holds today, else the newest one."""
    years = list(years_visible_to(request.standing))
    today = timezone.localdate()
    current = next((year for year in years if year.holds_on(today)), years[0] if years else None)
    return _shown(request, current, years)


@within(Permission.READ_PLAN)
@require_safe
def plan_year(request: PageRequest, *, pk: int) -> HttpResponse:
    """One year of the plan."""
    years = years_visible_to(request.standing)
    return _shown(request, found_or_refused(years, request, pk=pk), list(years))


def _shown(request: PageRequest, year: PlanYear | None, years: list[PlanYear]) -> HttpResponse:
    standing, today = request.standing, timezone.localdate()
    may_write = standing.may(Permission.WRITE_PLAN)
    if year is None:
        return page(request, "plan", title="Plan", year=None, may_write=may_write)
    priorities = list(priorities_visible_to(standing).filter(year=year, withdrawn_at__isnull=True))
    actions = actions_visible_to(standing)
    counted = tallies(actions.filter(priority__in=priorities), "priority", today)
    lines = [_line(priority, counted.get(priority.pk, Tally())) for priority in priorities]
    challenges = challenges_visible_to(standing).filter(withdrawn_at__isnull=True)
    return page(
        request,
        "plan",
        title=year.title,
        lead=overview_words([line.tally for line in lines]),
        year=year,
        days=f"{day_words(year.starts_on)} to {day_words(year.ends_on)}",
        others=[one for one in years if one.pk != year.pk],
        lines=lines,
        challenges=list(challenges),
        partners=_partners(year),
        may_write=may_write,
        may_take_position=not year.is_approved and (may_write or standing.may(Permission.TAKE_POSITION)),
        may_recommend=standing.may(Permission.ADD_RECOMMENDATION),
        today=today,
    )


def _line(priority: Priority, tally: Tally) -> PriorityLine:
    return PriorityLine(priority, tally, tally_words(tally))


def _partners(year: PlanYear) -> list[tuple[str, str]]:
    """Each statutory partner's position, while the year is a draft or where one was recorded."""
    held = newest_positions(year)
    if year.is_approved and not held:
        return []
    partners = statutory_partners(year.partnership, timezone.localdate())
    outdated = outdated_positions(year, held)
    return [(agency.name, _position(held.get(agency.pk), is_outdated=agency.pk in outdated)) for agency in partners]


def _position(held: YearPosition | None, *, is_outdated: bool) -> str:
    if held is None:
        return "Not taken yet"
    said = f"{held.get_position_display()}, {day_words(timezone.localdate(held.taken_at))}"
    said = f"{said}. {held.words}" if held.words else said
    return f"{said.removesuffix('.')}. {OUTDATED}" if is_outdated else said
