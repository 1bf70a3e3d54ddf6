"""A priority's page with its chain, and the forms of priorities, workstreams and challenges."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_safe

from trefoil.access.enums import Permission
from trefoil.access.rules import Standing
from trefoil.access.url_rules import PageRequest, found_or_refused, within
from trefoil.design.frame import Crumb
from trefoil.editing.drafts import DraftRequest, keeps_draft
from trefoil.people.models import Person

from ..chains import chain_of
from ..forms.fields import ReasonForm
from ..forms.priorities import PriorityChangeForm, PriorityForm
from ..indicator_lines import indicator_lines
from ..models import PlanYear, Priority
from ..operations.priorities import add_priority, change_priority, withdraw_priority
from ..pictures.chain import Chain, chain_picture, chain_table
from ..queries import Tally, tallies
from ..queries_measures import MeasureLine, measure_lines
from ..queries_risks import RiskLine, risk_lines
from ..rules import (
    actions_visible_to,
    challenges_visible_to,
    evidence_visible_to,
    priorities_visible_to,
    recommendations_visible_to,
    years_visible_to,
)
from ..rules_people import people_here
from ..rules_register import measures_visible_to, risks_visible_to
from ..standing_words import tally_words
from ..summaries import evidence_lines
from .frame import Ask, asked, href, page, sent
from .measures import FOUR_WAYS

# The page says what the newest pieces of evidence show, and draws the newest indicators that moved.
MOST_SHOWN, MOST_CHARTS = 12, 2


@within(Permission.READ_PLAN)
@require_safe
def priority_detail(request: PageRequest, *, pk: int) -> HttpResponse:
    """What it is about, how it stands, and its chain from what was found to what changed."""
    standing, today = request.standing, timezone.localdate()
    priority = priority_of(request, pk)
    actions = actions_visible_to(standing).filter(priority=priority)
    tally = tallies(actions, "priority", today).get(priority.pk, Tally())
    chain = chain_of(
        priority,
        recommendations_visible_to(standing),
        actions_visible_to(standing),
        evidence_visible_to(standing),
        today,
    )
    may_write = standing.may(Permission.WRITE_PLAN) and not priority.is_withdrawn
    return page(
        request,
        "priority",
        title=priority.title,
        lead=tally_words(tally),
        above=(year_crumb(request, priority.year),),
        priority=priority,
        facts=_facts(priority),
        changed_after=_changed_after_approval(priority),
        indicators=indicator_lines(standing.partnership, priority.indicators),
        workstreams=list(priority.workstreams.filter(withdrawn_at__isnull=True).select_related("lead", "agency")),
        challenges=list(challenges_visible_to(standing).filter(priority=priority, withdrawn_at__isnull=True)),
        chain=chain,
        wide=SafeString(chain_picture(chain, narrow=False)),
        narrow=SafeString(chain_picture(chain, narrow=True)),
        table=chain_table(chain),
        tally=tally,
        **_shown_by(standing, chain),
        measures=_measures(standing, priority),
        four_ways=FOUR_WAYS,
        risks=_risks(standing, priority),
        today=today,
        may_write=may_write,
        may_recommend=standing.may(Permission.ADD_RECOMMENDATION) and not priority.is_withdrawn,
    )


def _shown_by(standing: Standing, chain: Chain) -> dict[str, Any]:
    """What the newest pieces of evidence say; `charts` of those indicators that changed by more than noise."""
    keys = [key for strand in chain.strands for link in strand.links for key, _ in link.evidence]
    pieces = evidence_visible_to(standing).filter(pk__in=keys).order_by("-happened_on", "-pk")
    newest = pieces.select_related("action__agency", "partnership__area__region")[:MOST_SHOWN]
    lines = evidence_lines(list(newest))
    moved = [line.shift.chart for line in lines if line.shift and line.shift.chart and line.shift.shift.noise.is_change]
    return {"shown_by": lines, "charts": moved[:MOST_CHARTS], "more_evidence": max(0, len(keys) - len(lines))}


def _measures(standing: Standing, priority: Priority) -> list[MeasureLine]:
    """Its lines of the improvement plan, in the plan's order."""
    return measure_lines(standing, measures_visible_to(standing).filter(priority=priority, withdrawn_at__isnull=True))


def _risks(standing: Standing, priority: Priority) -> list[RiskLine] | None:
    """The open risks in its way, highest score first; None for who does not read the register."""
    if not standing.may(Permission.READ_RISKS):
        return None
    return risk_lines(standing, risks_visible_to(standing).filter(priorities=priority, closed_at__isnull=True))


def _facts(priority: Priority) -> list[tuple[str, object]]:
    facts: list[tuple[str, object]] = [
        ("What success looks like", priority.success),
        ("Why it is a priority", priority.why),
        ("Lead", priority.lead or "Nobody named"),
        ("Group", priority.group or ""),
        ("Continues", f"{priority.continues} ({priority.continues.year})" if priority.continues else ""),
    ]
    return [(name, value) for name, value in facts if value]


def _changed_after_approval(priority: Priority) -> date | None:
    approved, changed = priority.year.approved_at, priority.changed_at
    return timezone.localdate(changed) if approved and changed and changed > approved else None


@within(Permission.WRITE_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_draft("priority:new:{pk}")
def priority_new(request: DraftRequest, *, pk: int) -> HttpResponse:
    """Add a priority to a year."""
    standing = request.standing
    year: PlanYear = found_or_refused(years_visible_to(standing), request, pk=pk)
    form = PriorityForm(sent(request), draft=request.draft)
    form.choose(standing, people_here(standing.partnership, timezone.localdate()))
    ask = Ask(
        title="Add a priority",
        lead="What the partnership sets out to change, who leads it and how one will know.",
        button="Add this priority",
        done="The priority is added.",
        back=href(request, "plan_year", year.pk),
    )
    return asked(
        request,
        ask,
        form,
        lambda: add_priority(year=year, by=standing.person, now=timezone.now(), **form.cleaned_data),
        above=(year_crumb(request, year),),
    )


@within(Permission.WRITE_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_draft("priority:{pk}")
def priority_change(request: DraftRequest, *, pk: int) -> HttpResponse:
    """Change what a priority says."""
    standing = request.standing
    priority = priority_of(request, pk)
    names = ("title", "why", "success", "lead", "group", "indicators", "continues")
    initial = {name: getattr(priority, name) for name in names}
    form = PriorityChangeForm(sent(request), record=priority, initial=initial, draft=request.draft)
    form.choose(standing, people_here(standing.partnership, timezone.localdate()))
    ask = Ask(
        title="Change this priority",
        lead="Once its year is approved, its page says that it was changed since.",
        button="Save",
        done="The priority is changed.",
        back=href(request, "priority_detail", pk),
    )
    return asked(
        request,
        ask,
        form,
        lambda: change_priority(priority=priority, by=standing.person, now=timezone.now(), **form.cleaned_data),
        above=priority_crumbs(request, priority),
    )


@within(Permission.WRITE_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def priority_withdraw(request: PageRequest, *, pk: int) -> HttpResponse:
    """Take a priority out of its year."""
    priority = priority_of(request, pk)
    form = ReasonForm(sent(request))
    ask = Ask(
        title="Withdraw this priority",
        lead="It stays readable, with your reason. Its actions have to be closed, moved or withdrawn first.",
        button="Withdraw it",
        button_kind="warning",
        done="The priority is withdrawn.",
        back=href(request, "priority_detail", pk),
        facts=[("Priority", priority.title)],
    )
    by: Person = request.standing.person
    return asked(
        request,
        ask,
        form,
        lambda: withdraw_priority(priority=priority, by=by, now=timezone.now(), **form.cleaned_data),
        above=priority_crumbs(request, priority),
    )


def priority_of(request: PageRequest, pk: int) -> Priority:
    """A priority that the reader may see, or the refusal."""
    return found_or_refused(priorities_visible_to(request.standing), request, pk=pk)


def year_crumb(request: PageRequest, year: PlanYear) -> Crumb:
    """The step to a year's page."""
    return Crumb(year.title, href(request, "plan_year", year.pk))


def priority_crumbs(request: PageRequest, priority: Priority) -> tuple[Crumb, ...]:
    """From the plan to a priority's page."""
    return (
        year_crumb(request, priority.year),
        Crumb(priority.title, href(request, "priority_detail", priority.pk)),
    )
