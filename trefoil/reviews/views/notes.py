"""The pages on which who leads a review puts something on record about it, or takes it back. Each is one form."""

from django.db.models import Model
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, found_or_refused, within
from trefoil.design.frame import Crumb
from trefoil.editing.drafts import DraftRequest, keeps_draft

from ..forms import ReasonForm
from ..models import Review
from ..operations.taking_back import take_back
from .frame import METHODS, form_page, found_led, href, sent, way
from .note_calls import Call
from .note_kinds import NEW, ON, TAKEN_BACK, Note


def way_to_local(request: PageRequest, review: Review) -> tuple[Crumb, ...]:
    """The steps to a page below the one about what follows the rapid review."""
    return (*way(request, review), Crumb("What follows", href(request, "review_local", review.reference)))


def _page(request: DraftRequest, review: Review, note: Note, of: Model | None = None, words: str = "") -> HttpResponse:
    form = note.form(sent(request), review=review, today=timezone.localdate(), of=of, draft=request.draft)

    def run() -> None:
        note.run(Call(review, form.cleaned_data, request.standing.person, timezone.now(), of))

    return form_page(
        request,
        form=form,
        run=run,
        done=note.done,
        to=f"{href(request, 'review_local', review.reference)}#{note.anchor}",
        button=note.button,
        kind=note.kind,
        title=note.title,
        lead=note.lead,
        notes=[words] if words else [],
        above=way_to_local(request, review),
    )


@within(Permission.RUN_REVIEWS)
@keeps_draft("review:{reference}:note:{kind}")
@require_http_methods(METHODS)
def note_new(request: DraftRequest, *, reference: str, kind: str) -> HttpResponse:
    """Put something new on record."""
    review = found_led(request, reference)
    if kind not in NEW:
        raise Http404
    return _page(request, review, NEW[kind])


@within(Permission.RUN_REVIEWS)
@keeps_draft("review:{reference}:note:{kind}:{pk}")
@require_http_methods(METHODS)
def note_on(request: DraftRequest, *, reference: str, kind: str, pk: int) -> HttpResponse:
    """Put on record what is new of something that stands."""
    review = found_led(request, reference)
    if kind not in ON:
        raise Http404
    one = ON[kind]
    row = found_or_refused(one.rows(review), request, pk=pk)
    return _page(request, review, one.note, row, one.words(row))


@within(Permission.RUN_REVIEWS)
@require_http_methods(METHODS)
def note_take_back(request: PageRequest, *, reference: str, kind: str, pk: int) -> HttpResponse:
    """It was put on record in error."""
    review = found_led(request, reference)
    if kind not in TAKEN_BACK:
        raise Http404
    rows, words = TAKEN_BACK[kind]
    row = found_or_refused(rows(review).filter(undone_at__isnull=True), request, pk=pk)
    form = ReasonForm(sent(request))
    return form_page(
        request,
        form=form,
        run=lambda: take_back(
            review=review,
            row=row,
            reason=form.cleaned_data["reason"],
            by=request.standing.person,
            now=timezone.now(),
        ),
        done="It is taken back.",
        to=href(request, "review_local", reference),
        button="Take it back",
        kind="warning",
        title=f"Take back {words}",
        lead="For what was put on record in error. It counts no more, and stays with the reason.",
        above=way_to_local(request, review),
    )
