"""Everything one may know of: reviews by their next time limit, what is asked of one, and what exists by name."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, within
from trefoil.clocks.models import Clock
from trefoil.clocks.views.clock_words import Line, lines_of
from trefoil.editing.drafts import DraftRequest, keeps_draft

from ..enums import STATE_COLOURS, ReviewState
from ..forms import IncidentForm
from ..models import Review
from ..operations.incidents import record_incident
from ..queries import Owed, clocks_of, owed_parts
from ..rules import access_requests_for, requests_visible_to, reviews_known_to, reviews_visible_to
from .frame import METHODS, carried_out, href, page, sent, way


@dataclass(frozen=True)
class ReviewLine:
    """A review in the list: where it stands, its next time limit, and how many agencies still owe their part."""

    review: Review
    colour: str
    words: str
    next: Line | None
    owed: str


@within(Permission.READ_REVIEWS)
@require_safe
def review_list(request: PageRequest) -> HttpResponse:
    """The reader's reviews by what is due next; what they are asked for; for some, what exists by name."""
    standing, today = request.standing, timezone.localdate()
    reviews = list(reviews_visible_to(standing))
    requests = list(requests_visible_to(standing))
    parts = owed_parts(requests, today)
    own = {review.pk for review in reviews}
    known = reviews_known_to(standing).exclude(pk__in=own).order_by("reference")
    return page(
        request,
        "list",
        title="Reviews",
        lead="Serious incidents and their reviews. You see those that you were put on, and what is asked of you.",
        lines=_lines(reviews, parts),
        asked=[one for one in parts if one.request.person_id == standing.person.pk],
        known=list(known),
        waiting=list(access_requests_for(standing)),
        may_record=standing.may(Permission.RUN_REVIEWS),
        knows=standing.may(Permission.KNOW_OF_REVIEWS),
    )


def _lines(reviews: Iterable[Review], parts: list[Owed]) -> list[ReviewLine]:
    """Those with a running clock first, by its date; the rest newest first."""
    rows = list(reviews)
    clocks = clocks_of(rows)
    lines = [_line(one, clocks.get(one.subject, []), parts) for one in rows]
    running = [line for line in lines if line.next is not None]
    at_rest = [line for line in lines if line.next is None]
    return [*sorted(running, key=lambda line: str(line.next.clock.due_at if line.next else "")), *at_rest]


def _line(review: Review, clocks: list[Clock], parts: list[Owed]) -> ReviewLine:
    open_ones = lines_of([clock for clock in clocks if clock.is_open][:1], timezone.now())
    own = [one for one in parts if one.request.review_id == review.pk]
    came = sum(one.part is not None for one in own)
    return ReviewLine(
        review,
        STATE_COLOURS[ReviewState(review.state)],
        ReviewState(review.state).label,
        open_ones[0] if open_ones else None,
        f"{came} of {len(own)}" if own else "None asked",
    )


@within(Permission.RUN_REVIEWS)
@keeps_draft("review:new")
@require_http_methods(METHODS)
def review_new(request: DraftRequest) -> HttpResponse:
    """Record a serious incident."""
    form, made = IncidentForm(sent(request), draft=request.draft), []

    def run() -> None:
        made.append(
            record_incident(
                partnership=request.standing.partnership,
                identity=form.identity,
                by=request.standing.person,
                now=timezone.now(),
                **form.what,
            )
        )

    if request.method == "POST" and form.is_valid() and carried_out(form, run):
        return redirect(href(request, "review_detail", made[0].reference))
    return page(
        request,
        "form_page",
        title="Record a serious incident",
        lead="From here on it goes by a reference that says nothing. You alone read it until you put others on it.",
        above=way(request),
        form=form,
        button="Record it",
        back=href(request, "review_list"),
        back_words="Do not record it",
    )
