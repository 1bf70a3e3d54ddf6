"""The review of one death on one page; and who read it and what was done with it."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, found_or_refused, logs_read, within
from trefoil.audit.enums import EventType
from trefoil.clocks.views.clock_words import lines_of
from trefoil.reviews.models import STANDS

from ..enums import AWAY, OPEN_STATES, STATE_COLOURS, DeathState
from ..hierarchy import HOME_LAW, criteria
from ..models import Death, ResponseDecision
from ..needs import ASKED_IN
from ..queries import (
    analysis_of,
    clocks_of,
    family_support_of,
    hearing_of,
    likely_doubles,
    meeting_of,
    owed_replies,
    paper_of,
    passing_on_of,
    response_of,
    steps_of,
    trail_of,
)
from ..rules import (
    deaths_known_to,
    deaths_visible_to,
    deaths_without_lead,
    identities_visible_to,
    is_lead,
    requests_visible_to,
)
from ..states import UNDONE
from .frame import found_death, found_led, page, way

# What the lead does next: the page, and the words of its button.
NEXT = {
    DeathState.NOTIFIED: ("death_response", "Decide on a joint agency response"),
    DeathState.GATHERING: ("death_meeting", "Put the review meeting on record"),
    DeathState.DISCUSSED: ("death_put", "Put it before a panel"),
    DeathState.WITH_PANEL: ("death_analysis", "Write the panel’s analysis"),
}
LEADS = {
    DeathState.NOTIFIED: "It is notified. Next it is decided whether health, police and social care respond together.",
    DeathState.GATHERING: "Agencies say what they know. Next, those who cared for the child meet to review it.",
    DeathState.DISCUSSED: "The review meeting was held. Next comes the panel, which reads a paper without names.",
    DeathState.WITH_PANEL: "It is before the panel. Once its analysis is with the national database the review ends.",
    DeathState.CLOSED: "The panel has judged and the analysis went to the national database. The review is closed.",
    DeathState.PASSED_ON: "It was passed on to the area where the child normally lived, and is reviewed there.",
    DeathState.WITHDRAWN: "The notification was made in error, or twice, and is withdrawn.",
}


@within(Permission.READ_DEATHS)
@require_safe
def death_detail(request: PageRequest, *, reference: str) -> HttpResponseBase:
    """The whole of it for its readers; its reference and a way to ask for who may know of it; 404 for all others."""
    if not deaths_visible_to(request.standing).filter(reference=reference).exists():
        known = found_or_refused(deaths_known_to(request.standing), request, reference=reference)
        return _name_alone(request, known)
    return _whole(request, reference=reference)


def _name_alone(request: PageRequest, death: Death) -> HttpResponse:
    asked = death.askings.filter(person=request.standing.person).order_by("-asked_at").first()
    return page(
        request,
        "name_alone",
        title=f"Record {death.reference}",
        lead="There is a record under this reference. Nothing more of it is open to you.",
        above=way(request),
        death=death,
        asked=asked,
        may_take_up=deaths_without_lead(request.standing).filter(pk=death.pk).exists(),
    )


@logs_read("death:{reference}")
def _whole(request: PageRequest, *, reference: str) -> HttpResponse:
    death = found_death(request, reference)
    state, leads, today = DeathState(death.state), is_lead(request.standing, death), timezone.localdate()
    decision, analysis = response_of(death), analysis_of(death)
    clocks = sorted(clocks_of([death]).get(death.subject, []), key=lambda clock: not clock.is_open)
    return page(
        request,
        "detail",
        title=f"Record {death.reference}",
        lead=LEADS[state],
        above=way(request),
        death=death,
        colour=STATE_COLOURS[state],
        leads=leads,
        next_step=_next(state, paper=paper_of(death), analysis=analysis) if leads else None,
        clocks=lines_of(clocks, timezone.now()),
        facts=_facts(death),
        doubles=likely_doubles(death) if leads and state in OPEN_STATES else [],
        told_apart=list(death.told_apart.select_related("other", "told_by")) if leads else [],
        decision=decision,
        criteria=_criteria(decision),
        undone=list(death.response_decisions.exclude(STANDS)),
        steps=steps_of(death) if decision and decision.is_needed else [],
        replies=owed_replies(requests_visible_to(request.standing).filter(death=death), today),
        may_ask=leads and state in ASKED_IN,
        may_step=leads and state in {*OPEN_STATES, DeathState.PASSED_ON},
        family=family_support_of(death),
        may_support=leads and state != DeathState.WITHDRAWN,
        passed_on=passing_on_of(death),
        is_away=death.home in AWAY,
        home_law=HOME_LAW,
        may_pass_on=leads and state == DeathState.GATHERING and death.home in AWAY,
        meeting=meeting_of(death),
        paper=paper_of(death),
        hearing=hearing_of(death),
        analysis=analysis,
        earlier_analyses=list(death.analyses.exclude(STANDS).prefetch_related("domains")),
        closing=death.closings.filter(STANDS).first(),
        readers=list(death.readers.select_related("person", "given_by")) if leads else [],
        sees_identity=identities_visible_to(request.standing).filter(death=death).exists(),
        moves=list(death.moves.select_related("moved_by")),
        is_open=state in OPEN_STATES,
        may_undo=leads and state in UNDONE,
        may_withdraw=leads and state in {DeathState.NOTIFIED, DeathState.GATHERING},
        today=today,
        **_followed(request, death),
    )


def _followed(request: PageRequest, death: Death) -> dict[str, Any]:
    """What came out of it: learning, recommendations in the plan, a practice review."""
    begun = getattr(death, "practice_review", None)
    return {
        "learning": list(death.learning.select_related("written_by")),
        "recommendations": list(death.recommendations.select_related("recommendation")),
        "practice": begun.review if begun else None,
        "runs_reviews": request.standing.may(Permission.RUN_REVIEWS),
        "may_begin_review": begun is None and request.standing.may(Permission.RUN_REVIEWS),
        "may_recommend": death.state in {DeathState.DISCUSSED, DeathState.WITH_PANEL, DeathState.CLOSED},
    }


def _next(state: DeathState, *, paper: object, analysis: object) -> tuple[str, str] | None:
    """What the lead does next: the paper before the panel, and the analysis before the end."""
    if state == DeathState.DISCUSSED and paper is None:
        return "death_paper", "Write the paper for the panel"
    if state == DeathState.WITH_PANEL and analysis is not None:
        return "death_close", "Close the review"
    return NEXT.get(state)


def _criteria(decision: ResponseDecision | None) -> list[tuple[str, str]]:
    if decision is None:
        return []
    return [(f"{one.code}: {one.ask}", "Yes" if one.code in decision.met else "No") for one in criteria()]


def _facts(death: Death) -> list[tuple[str, str]]:
    known, notified = timezone.localtime(death.known_at), timezone.localtime(death.notified_at)
    return [
        ("Died on", f"{death.died_on:%-d %B %Y}"),
        ("Age", death.get_age_group_display()),
        ("Sex", death.get_sex_display()),
        ("Ethnic group", death.get_ethnic_group_display()),
        ("Normally lived", " – ".join(filter(None, (death.get_home_display(), death.home_area)))),
        ("Expected", death.get_expected_display()),
        ("Known", f"{known:%-d %B %Y, %H:%M}"),
        ("Notified", f"{notified:%-d %B %Y, %H:%M}"),
        ("Notified by", death.notifier),
    ]


@within(Permission.RUN_DEATHS)
@require_safe
def death_trail(request: PageRequest, *, reference: str) -> HttpResponse:
    """Who read it, opened the identity, and what was done: for who runs the review."""
    death = found_led(request, reference)
    rows = [
        (
            f"{timezone.localtime(event.at):%-d %B %Y, %H:%M}",
            event.actor_name or "A command",
            "Who the child was, read" if event.subject.endswith("/identity") else EventType(event.event).label,
        )
        for event in trail_of(death)
    ]
    return page(
        request,
        "trail",
        title="Who read it, and what was done",
        lead="Every time somebody opened this record or who the child was, and every change, newest first.",
        above=way(request, death),
        headings=["When", "Who", "What"],
        rows=rows,
    )
