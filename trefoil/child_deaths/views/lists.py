"""Everything one may know of: deaths by their next time limit, what is asked of one, what waits, panels; notifying."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, within
from trefoil.clocks.models import Clock
from trefoil.clocks.views.clock_words import Line, lines_of
from trefoil.editing.drafts import DraftRequest, keeps_draft

from ..enums import OPEN_STATES, STATE_COLOURS, DeathState
from ..forms import NotifyForm
from ..models import Death
from ..operations.deaths import notify_death
from ..queries import Owed, clocks_of, owed_replies
from ..rules import (
    askings_for,
    deaths_known_to,
    deaths_visible_to,
    deaths_without_lead,
    panels_visible_to,
    requests_visible_to,
)
from .frame import METHODS, carried_out, href, page, sent, way

RECEIPT = "It is notified. Whoever runs child death reviews here is told, and reaches you if they need more."


@dataclass(frozen=True)
class DeathLine:
    """A death in the list: where its review stands, its next time limit, and how many agencies have answered."""

    death: Death
    colour: str
    words: str
    next: Line | None
    owed: str


@within(Permission.READ_DEATHS)
@require_safe
def death_list(request: PageRequest) -> HttpResponse:
    """The reader's deaths by what is due next; what they are asked for; what waits; for some, what exists by name."""
    standing, today = request.standing, timezone.localdate()
    deaths = list(deaths_visible_to(standing))
    replies = owed_replies(requests_visible_to(standing), today)
    untaken = list(deaths_without_lead(standing).filter(state__in=OPEN_STATES).order_by("notified_at"))
    shown = {death.pk for death in (*deaths, *untaken)}
    return page(
        request,
        "list",
        title="Child deaths",
        lead="The death of every child who lived here is reviewed, to learn what could keep others safe. You see the "
        "reviews that you were put on, and what is asked of you.",
        lines=_lines(deaths, replies),
        asked=[one for one in replies if one.request.person_id == standing.person.pk],
        known=list(deaths_known_to(standing).exclude(pk__in=shown).order_by("reference")),
        untaken=untaken,
        waiting=list(askings_for(standing)),
        panels=[(one, one.meets_on >= today) for one in panels_visible_to(standing)[:12]],
        runs=standing.may(Permission.RUN_DEATHS),
        knows=standing.may(Permission.KNOW_OF_DEATHS),
    )


def _lines(deaths: Iterable[Death], replies: list[Owed]) -> list[DeathLine]:
    """Those with a running clock first, by its date; the rest newest first."""
    rows = list(deaths)
    clocks = clocks_of(rows)
    lines = [_line(one, clocks.get(one.subject, []), replies) for one in rows]
    running = [line for line in lines if line.next is not None]
    at_rest = [line for line in lines if line.next is None]
    return [*sorted(running, key=_due), *at_rest]


def _due(line: DeathLine) -> date:
    due_at = line.next.clock.due_at if line.next else None
    return timezone.localdate(due_at) if due_at else date.max


def _line(death: Death, clocks: list[Clock], replies: list[Owed]) -> DeathLine:
    running = [clock for clock in clocks if clock.is_open]
    open_ones = lines_of(sorted(running, key=lambda clock: clock.due_at is None)[:1], timezone.now())
    own = [one for one in replies if one.request.death_id == death.pk]
    came = sum(one.reply is not None for one in own)
    return DeathLine(
        death,
        STATE_COLOURS[DeathState(death.state)],
        DeathState(death.state).label,
        open_ones[0] if open_ones else None,
        f"{came} of {len(own)}" if own else "None asked",
    )


@within(Permission.READ_DEATHS)
@keeps_draft("death:new")
@require_http_methods(METHODS)
def death_new(request: DraftRequest) -> HttpResponse:
    """Notify a death: everybody with a duty here may."""
    designated = request.standing.may(Permission.RUN_DEATHS)
    form, made = NotifyForm(sent(request), designated=designated, draft=request.draft), []

    def run() -> None:
        made.append(
            notify_death(
                partnership=request.standing.partnership,
                notice=form.notice,
                identity=form.identity,
                another=form.cleaned_data.get("another", ""),
                by=request.standing.person,
                now=timezone.now(),
            )
        )

    if request.method == "POST" and form.is_valid() and carried_out(form, run):
        if designated:
            return redirect(href(request, "death_detail", made[0].reference))
        messages.success(request, RECEIPT)
        return redirect(href(request, "death_list"))
    return page(
        request,
        "form_page",
        title="Notify a child’s death",
        lead="As little as a review can begin with. It goes by a reference that says nothing, and what you write is "
        "sealed. " + ("You run the review." if designated else "Once sent, you will not see it again."),
        above=way(request),
        form=form,
        button="Notify",
        back=href(request, "death_list"),
        back_words="Do not notify",
    )
