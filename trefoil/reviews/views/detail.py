"""One review on one page; and who read it and what was done with it."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, found_or_refused, logs_read, within
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.clocks.models import Clock
from trefoil.clocks.views.clock_words import lines_of

from ..enums import OPEN_STATES, STATE_COLOURS, NextStepKind, ReviewState
from ..models import STANDS, Review
from ..operations.letters import WRITING
from ..queries import (
    answered_criteria,
    clocks_of,
    current_sections,
    edition_of,
    owed_parts,
    positions_of,
    trail_of,
    untold,
)
from ..queries_chronology import hides_names
from ..queries_local import processes_of
from ..queries_owed import owed_of
from ..queries_timeline import story_of
from ..rules import (
    identities_visible_to,
    is_lead,
    requests_visible_to,
    reviews_known_to,
    reviews_visible_to,
    statutory_partners_of,
)
from ..states import UNDONE
from ..timeline import timeline_picture
from .frame import found_led, found_review, page, way
from .missing import Gap, may_decide, missing_of

# What the lead does next: the page, and the words of its button.
NEXT = {
    ReviewState.RECORDED: ("review_decide", "Decide whether to notify"),
    ReviewState.TO_NOTIFY: ("review_pack", "Prepare the notification"),
    ReviewState.RAPID: ("review_next_step", "Decide the next step"),
    ReviewState.DECIDED: ("review_sent", "Say that it was sent"),
}
LOCAL = "The rapid review went to the national panel. A local review follows."
LEADS = {
    ReviewState.RECORDED: "It is recorded. Next it is decided whether the national panel is notified.",
    ReviewState.TO_NOTIFY: "It is to be notified. The notification is ready to be copied out; then say when it went.",
    ReviewState.NOT_NOTIFIED: "It was decided not to notify. The reasons are below.",
    ReviewState.RAPID: "The rapid review is under way. What is missing stands first.",
    ReviewState.DECIDED: "The partners have decided what follows. The rapid review is to go to the national panel.",
    ReviewState.SENT: "The rapid review went to the national panel.",
    ReviewState.LEARNT: "The learning without a local review has ended. What came of it stands under “What follows”.",
    ReviewState.PUBLISHED: "The local review is published.",
    ReviewState.WITHDRAWN: "It was recorded in error and is withdrawn.",
}


@within(Permission.READ_REVIEWS)
@require_safe
def review_detail(request: PageRequest, *, reference: str) -> HttpResponseBase:
    """The whole of it for its readers; its reference and a way to ask for who may know of it; 404 for all others."""
    if not reviews_visible_to(request.standing).filter(reference=reference).exists():
        known = found_or_refused(reviews_known_to(request.standing), request, reference=reference)
        return _name_alone(request, known)
    return _whole(request, reference=reference)


def _name_alone(request: PageRequest, review: Review) -> HttpResponse:
    asked = review.access_requests.filter(person=request.standing.person).order_by("-asked_at").first()
    return page(
        request,
        "name_alone",
        title=f"Review {review.reference}",
        lead="There is a review under this reference. Nothing more of it is open to you.",
        above=way(request),
        review=review,
        asked=asked,
    )


@logs_read("review:{reference}")
def _whole(request: PageRequest, *, reference: str) -> HttpResponse:
    review = found_review(request, reference)
    state, leads = ReviewState(review.state), is_lead(request.standing, review)
    accounts = list(review.accounts.select_related("written_by"))
    decisions = list(review.notify_decisions.select_related("written_by"))
    sent = review.notifications.filter(STANDS).first()
    rapid = _rapid(request, review, leads=leads) if sent else {}
    missing = missing_of(rapid) if state == ReviewState.RAPID else []
    clocks = sorted(clocks_of([review]).get(review.subject, []), key=lambda clock: not clock.is_open)
    return page(
        request,
        "detail",
        title=f"Review {review.reference}",
        lead=LOCAL if rapid.get("is_local") and state == ReviewState.SENT else LEADS[state],
        above=way(request),
        review=review,
        colour=STATE_COLOURS[state],
        leads=leads,
        next_step=_next(state, rapid, missing) if leads else None,
        missing=missing,
        clocks=lines_of(clocks, timezone.now()),
        facts=_facts(review, sent),
        account=accounts[-1],
        earlier=accounts[:-1],
        decision=next((one for one in reversed(decisions) if one.undone_at is None), None),
        undone=[one for one in decisions if one.undone_at is not None],
        readers=list(review.readers.select_related("person", "given_by")) if leads else [],
        sees_identity=identities_visible_to(request.standing).filter(review=review).exists(),
        moves=list(review.moves.select_related("moved_by")),
        is_open=state in OPEN_STATES,
        may_undo=leads and state in UNDONE,
        today=timezone.localdate(),
        redactor=hides_names(request.standing, review),
        **_in_time(request, review, clocks, is_under_review=bool(sent)),
        **rapid,
    )


def _what(event: AuditEvent) -> str:
    """What was done, in words; a reading says what was read."""
    if event.subject.endswith("/identity"):
        return "Who the child is, read"
    label = str(EventType(event.event).label)
    return f"{label}: the report" if event.subject.startswith("document:") else label


def _in_time(request: PageRequest, review: Review, clocks: list[Clock], *, is_under_review: bool) -> dict[str, Any]:
    """The review drawn to scale, its days in words, what runs beside it, and what is owed beside the parts."""
    now = timezone.now()
    beside = processes_of(review, timezone.localdate(now)) if is_under_review else []
    story = story_of(review, clocks, beside, now)
    return {
        "story": story,
        "wide": SafeString(timeline_picture(story, narrow=False)),
        "narrow": SafeString(timeline_picture(story, narrow=True)),
        "beside": beside,
        "owed": owed_of(request.standing, review, timezone.localdate(now)) if is_under_review else [],
    }


def _next(state: ReviewState, rapid: dict[str, Any], missing: list[Gap]) -> tuple[str, str] | None:
    """What the lead does next: nothing on this button while the rapid review is not whole."""
    if rapid.get("is_local") and rapid["commission"] is None and state == ReviewState.SENT:
        return "review_commission", "Commission the local review"
    return NEXT.get(state) if may_decide(missing) else None


def _facts(review: Review, sent: Any) -> list[tuple[str, str]]:
    facts = [
        ("What happened", review.get_kind_display()),
        ("In care", "Yes" if review.is_in_care else "No"),
        ("It happened on", f"{review.happened_on:%-d %B %Y}"),
        ("Known to the authority on", f"{review.known_on:%-d %B %Y}"),
    ]
    if sent:
        facts.append(("Notified on", f"{sent.sent_on:%-d %B %Y}"))
        if sent.panel_reference:
            facts.append(("The panel’s reference", sent.panel_reference))
    return facts


def _rapid(request: PageRequest, review: Review, *, leads: bool) -> dict[str, Any]:
    """What the rapid review holds, and what is missing."""
    today, edition = timezone.localdate(), edition_of(review)
    sections = current_sections(review)
    criteria, step = answered_criteria(review), review.next_steps.filter(STANDS).first()
    is_local = step is not None and step.kind == NextStepKind.LOCAL_REVIEW
    return {
        "rapid": True,
        "edition": edition,
        "parts": owed_parts(requests_visible_to(request.standing).filter(review=review), today),
        "sections": [(one, sections.get(one.code)) for one in edition.sections],
        "criteria": criteria,
        "open_criteria": sum(answer is None for _, answer in criteria),
        "positions": positions_of(review, statutory_partners_of(review, today)),
        "step": step,
        "letters": list(review.letters.select_related("written_by").prefetch_related("replies")),
        "may_write": leads and review.state in WRITING,
        "commission": review.commissions.filter(STANDS).select_related("works_for").first(),
        "earlier_commissions": list(review.commissions.exclude(STANDS)),
        "is_local": is_local,
        "may_commission": leads and is_local,
        "untold": untold(review, step) if step is not None and is_local else [],
        "recommendations": list(review.recommendations.select_related("recommendation")),
        "may_speak": review.state == ReviewState.RAPID
        and any(map(request.standing.may, (Permission.TAKE_POSITION, Permission.RUN_REVIEWS))),
    }


@within(Permission.RUN_REVIEWS)
@require_safe
def review_trail(request: PageRequest, *, reference: str) -> HttpResponse:
    """Who read the review, opened the identity, and what was done: for who leads it."""
    review = found_led(request, reference)
    rows = [
        (
            f"{timezone.localtime(event.at):%-d %B %Y, %H:%M}",
            event.actor_name or "A command",
            _what(event),
        )
        for event in trail_of(review)
    ]
    return page(
        request,
        "trail",
        title="Who read it, and what was done",
        lead="Every time somebody opened this review or who it is about, and every change, newest first.",
        above=way(request, review),
        review=review,
        headings=["When", "Who", "What"],
        rows=rows,
    )
