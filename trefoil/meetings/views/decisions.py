"""The register of decisions, one decision, and the positions of the partners."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trefoil.access.enums import Permission
from trefoil.access.queries import groups_visible_to
from trefoil.access.url_rules import PageRequest, found_or_refused, logs_read, refuse, within
from trefoil.editing.drafts import DraftRequest, keeps_draft
from trefoil.people.models import Agency, Person

from ..enums import Authority, DecisionState, Stance
from ..forms import DecisionForm, PositionForm, ReasonForm
from ..forms_filters import DecisionFilter
from ..models import Decision
from ..operations.decisions import put_decision, take_position, withdraw_decision
from ..rules import (
    decision_papers_visible_to,
    decisions_visible_to,
    groups_run_by,
    may_run,
    partner_agencies_of,
    speakers_for,
    statutory_partners,
)
from ..tables import decision_lines
from ..words import DECISION_COLOURS, counted, day_words
from .csv_file import answer_with_csv
from .frame import form_page, found_to_run, href, page, sent, way

METHODS = ["GET", "HEAD", "POST"]
PER_PAGE = 25


def _narrowed(request: PageRequest) -> tuple[DecisionFilter, QuerySet[Decision]]:
    standing = request.standing
    groups = [(group.pk, group.name) for group in groups_visible_to(standing)]
    search = DecisionFilter(request.GET, states=DecisionState.choices, groups=groups)
    search.is_valid()
    given, found = search.cleaned_data, decisions_visible_to(standing).order_by("-number")
    if given.get("state"):
        found = found.filter(state=given["state"])
    if given.get("group"):
        found = found.filter(meeting__group=given["group"])
    if given.get("words"):
        found = found.filter(headline__icontains=given["words"])
    return search, found


@within(Permission.READ_MEETINGS)
@require_safe
def decision_list(request: PageRequest) -> HttpResponse:
    """Every decision by its headline, newest first; a GET form narrows them down."""
    search, found = _narrowed(request)
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    waiting = decisions_visible_to(request.standing).filter(state=DecisionState.OPEN).count()
    return page(
        request,
        "decisions",
        title="Decisions",
        lead=f"What the groups decided, and what they did not. {counted(waiting, 'decision')} "
        f"{'waits' if waiting == 1 else 'wait'} for a partner’s position.",
        above=way(request),
        search=search,
        shown=shown,
        lines=decision_lines(shown, request.standing.partnership.slug),
        query=request.GET.urlencode(),
    )


@within(Permission.READ_MEETINGS)
@require_safe
def decision_download(request: PageRequest) -> HttpResponse:
    """The same list as CSV: headlines, and nothing that only the group reads."""
    _, found = _narrowed(request)
    rows = [
        [
            str(one.number),
            f"{timezone.localtime(one.meeting.starts_at):%Y-%m-%d}",
            one.meeting.group.name,
            one.headline,
            "safeguarding partners" if one.is_joint else "the group",
            one.get_state_display(),
        ]
        for one in found
    ]
    return answer_with_csv(
        request, "decisions", "decisions", [["Number", "Meeting", "Group", "Headline", "Decided by", "Status"], *rows]
    )


@within(Permission.READ_MEETINGS)
@require_safe
def decision_detail(request: PageRequest, *, pk: int) -> HttpResponseBase:
    """A decision: the whole of it for who opens the papers of its meeting, its headline for others."""
    decision = found_or_refused(decisions_visible_to(request.standing), request, pk=pk)
    if decision_papers_visible_to(request.standing).filter(pk=pk).exists():
        return _with_positions(request, pk=pk)
    return _page_of(request, decision)


@logs_read("decision:{pk}")
def _with_positions(request: PageRequest, *, pk: int) -> HttpResponse:
    decision = decisions_visible_to(request.standing).get(pk=pk)
    positions = list(decision.positions.select_related("agency", "person", "taken_by"))
    partners = statutory_partners(decision.partnership_id, timezone.localdate()) if decision.is_joint else []
    current = {one.agency_id: one for one in positions if one.is_current}
    waits = decision.state == DecisionState.OPEN
    return _page_of(
        request,
        decision,
        opens=True,
        subject=f"decision:{pk}",
        positions=[(agency, current.get(agency.pk)) for agency in partners]
        if waits
        else [(one.agency, one) for one in current.values()],
        earlier=[one for one in positions if not one.is_current],
        again=list(decision.followed_by.all()),
        may_speak=waits and bool(_speakers(request, decision)),
        runs=waits and may_run(request.standing, decision.meeting.group),
    )


def _page_of(request: PageRequest, decision: Decision, **context: Any) -> HttpResponse:
    return page(
        request,
        "decision",
        title=decision.headline,
        lead=_lead(decision),
        above=way(request, decision)[:-1],
        decision=decision,
        colour=DECISION_COLOURS[decision.state],
        facts=[
            ("Number", str(decision.number)),
            ("Meeting", str(decision.meeting)),
            ("Decided by", "The safeguarding partners together" if decision.is_joint else decision.meeting.group.name),
            *([("Settled on", day_words(timezone.localdate(decision.settled_at)))] if decision.settled_at else []),
        ],
        **context,
    )


def _lead(decision: Decision) -> str:
    if decision.state == DecisionState.NOT_MADE:
        return "The partners did not all agree, so it was not made. What each of them said is kept."
    if decision.state == DecisionState.OPEN:
        return "It is made only when every safeguarding partner agrees. At least one position is still awaited."
    if decision.state == DecisionState.WITHDRAWN:
        return "It was put and withdrawn."
    return "Every safeguarding partner agreed." if decision.is_joint else f"{decision.meeting.group} decided it."


def _speakers(request: PageRequest, decision: Decision) -> dict[str, tuple[Person, Agency]]:
    """Whose position this person may put down, by a key for the form."""
    standing, today = request.standing, timezone.localdate()
    found = {
        f"{standing.person.pk}-{agency.pk}": (standing.person, agency)
        for agency in partner_agencies_of(standing, today=today)
    }
    if may_run(standing, decision.meeting.group):
        for person, agency in speakers_for(standing.partnership, today):
            found.setdefault(f"{person.pk}-{agency.pk}", (person, agency))
    return found


@within(Permission.READ_MEETINGS)
@require_http_methods(METHODS)
def decision_position(request: PageRequest, *, pk: int) -> HttpResponse:
    """Take a partner's position: one's own, or the one that somebody took at the meeting."""
    decision = found_or_refused(decision_papers_visible_to(request.standing), request, pk=pk)
    speakers = _speakers(request, decision)
    if not speakers:
        standing = request.standing
        refuse(request, standing.person, standing.partnership.slug, Permission.TAKE_POSITION, pk=pk)
    form = PositionForm(
        sent(request), speakers=[(key, f"{person}, for {agency}") for key, (person, agency) in speakers.items()]
    )

    def run() -> None:
        given = form.cleaned_data
        person, agency = speakers[given["speaker"]]
        take_position(
            decision=decision,
            agency=agency,
            person=person,
            stance=Stance(given["stance"]),
            reason=given["reason"],
            authority=Authority(given["authority"]),
            authority_words=given["authority_words"],
            by=request.standing.person,
            now=timezone.now(),
        )

    return form_page(
        request,
        form=form,
        run=run,
        done="The position is noted.",
        to=href(request, "decision_detail", pk),
        button="Note the position",
        title="A partner’s position",
        lead=decision.headline,
        facts=[("Decision in full", decision.words)],
        above=way(request, decision),
    )


@within(Permission.READ_MEETINGS)
@require_http_methods(METHODS)
@keeps_draft("decision:new:{pk}")
def decision_new(request: DraftRequest, *, pk: int) -> HttpResponse:
    """Put a decision to the meeting."""
    meeting = found_to_run(request, pk)
    items = {item.pk: item for item in meeting.items.on_the_agenda()}
    unmade = decisions_visible_to(request.standing).filter(state=DecisionState.NOT_MADE, followed_by=None)
    earlier = {one.pk: one for one in unmade.filter(meeting__group=meeting.group)}
    form = DecisionForm(
        sent(request),
        items=[(key, item.title) for key, item in items.items()],
        earlier=[(key, f"{one.number}: {one.headline}") for key, one in earlier.items()],
        initial={"item": request.GET.get("item", ""), "is_joint": "yes"},
        draft=request.draft,
    )

    def run() -> None:
        given = form.cleaned_data
        put_decision(
            meeting=meeting,
            headline=given["headline"],
            words=given["words"],
            reasons=given["reasons"],
            is_joint=given["is_joint"] == "yes",
            item=items.get(given["item"]),
            follows=earlier.get(given.get("follows") or 0),
            by=request.standing.person,
            now=timezone.now(),
        )

    return form_page(
        request,
        form=form,
        run=run,
        done="The decision is put down.",
        to=href(request, "meeting_run", pk),
        button="Put it down",
        title="Put a decision",
        lead=str(meeting),
        above=way(request, meeting),
    )


@within(Permission.READ_MEETINGS)
@require_http_methods(METHODS)
def decision_withdraw(request: PageRequest, *, pk: int) -> HttpResponse:
    """Take back a decision that waits for positions."""
    mine = decision_papers_visible_to(request.standing).filter(meeting__group__in=groups_run_by(request.standing))
    decision = found_or_refused(mine, request, pk=pk)
    form = ReasonForm(sent(request))
    return form_page(
        request,
        form=form,
        run=lambda: withdraw_decision(
            decision=decision, reason=form.cleaned_data["reason"], by=request.standing.person, now=timezone.now()
        ),
        done="The decision is withdrawn. It stays on record.",
        to=href(request, "decision_detail", pk),
        button="Withdraw it",
        kind="warning",
        title="Withdraw this decision",
        lead=decision.headline,
        above=way(request, decision),
    )
