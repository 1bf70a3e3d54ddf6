"""The chronology of all agencies: in order of time, compared, and as a file. For who reads the whole review."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, found_or_refused, logs_read, within

from ..chronology.alike import MOST_A_DAY, RULE, Pair
from ..chronology.when import day_words
from ..files_chronology import merged_document
from ..forms_chronology import FoundForm
from ..models import ChronologyEntry, Review
from ..operations.chronology import note_pair
from ..queries_chronology import agencies_in, as_read, beside, found_pairs, hides_names, marks, merged, notes_on
from ..queries_chronology_asked import asked_in
from ..rules import is_lead
from ..rules_chronology import copies_visible_to, entries_visible_to
from .chronology_frame import PER_PAGE, answer_file, format_of, way_to_merged
from .frame import METHODS, form_page, found_led, found_review, href, page, sent, way

PAIRS_A_PAGE = 20


@within(Permission.READ_REVIEWS)
@require_safe
@logs_read("review:{reference}")
def chronology_merged(request: PageRequest, *, reference: str) -> HttpResponseBase:
    """Every agency's entries in order of time, a page at a time, with marks where they seem to meet or contradict."""
    review = found_review(request, reference)
    agencies = agencies_in(review)
    chosen = next((one for one, _ in agencies if str(one.pk) == request.GET.get("agency")), None)
    entries = merged(request.standing, review)
    shown = Paginator(entries.filter(agency=chosen) if chosen else entries, PER_PAGE).get_page(request.GET.get("page"))
    redactor = hides_names(request.standing, review)
    rows = as_read(shown, redactor)
    marked = marks(review, rows)
    return page(
        request,
        "chronology",
        title=f"Chronology of review {reference}",
        lead=_lead(agencies),
        above=way(request, review),
        review=review,
        shown=shown,
        rows=[(one, *marked.get(one.pk, (0, 0))) for one in rows],
        agencies=agencies,
        chosen=chosen,
        asked=asked_in(request.standing, review, timezone.localdate()),
        hides=redactor is not None,
        copies=list(copies_visible_to(request.standing).filter(review=review)),
        leads=is_lead(request.standing, review),
    )


def _lead(agencies: list[tuple[Any, int]]) -> str:
    total = sum(count for _, count in agencies)
    if not total:
        return "What each agency knows, in order of time. Nothing has been entered yet."
    entries = "1 entry" if total == 1 else f"{total:,} entries"
    given = "1 agency" if len(agencies) == 1 else f"{len(agencies)} agencies"
    return f"{entries} from {given}, in order of the first day on which each can have been."


@within(Permission.READ_REVIEWS)
@require_safe
@logs_read("review:{reference}")
def chronology_pairs(request: PageRequest, *, reference: str) -> HttpResponseBase:
    """Entries of two agencies that may tell of one event, side by side; contradictions first, what is settled last."""
    review = found_review(request, reference)
    found, crowded = found_pairs(review)
    redactor = hides_names(request.standing, review)
    notes, only = notes_on(review), request.GET.get("entry", "")
    pairs = [one for one in found if not only.isdecimal() or int(only) in one.keys]
    pairs.sort(key=lambda one: (one.keys in notes, not one.unlike))
    shown = Paginator(pairs, PAIRS_A_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "chronology_pairs",
        title="Likely the same, and contradictions",
        lead=_pairs_lead([one for one in pairs if one.keys not in notes]),
        above=way_to_merged(request, review),
        review=review,
        shown=shown,
        rows=beside(shown, notes, redactor),
        hides=redactor is not None,
        rule=RULE,
        crowded=[day_words(day) for day in crowded],
        most=MOST_A_DAY,
        only=only,
        leads=is_lead(request.standing, review),
    )


def _pairs_lead(waiting: list[Pair]) -> str:
    if not waiting:
        return "Nothing waits to be looked into."
    unlike = sum(bool(one.unlike) for one in waiting)
    same = len(waiting) - unlike
    told = [f"{unlike} that contradict each other"] * bool(unlike) + [f"{same} likely the same"] * bool(same)
    return f"Pairs of entries to look into: {' and '.join(told)}."


@within(Permission.RUN_REVIEWS)
@require_http_methods(METHODS)
def chronology_pair_note(request: PageRequest, *, reference: str, first: int, second: int) -> HttpResponse:
    """Say what was found about two entries."""
    review = found_led(request, reference)
    one, other = as_read(
        (_entry(request, review, key) for key in (first, second)), hides_names(request.standing, review)
    )
    form = FoundForm(sent(request))
    return form_page(
        request,
        form=form,
        run=lambda: note_pair(
            review=review,
            first=one,
            second=other,
            words=form.cleaned_data["words"],
            by=request.standing.person,
            now=timezone.now(),
        ),
        done="It is on record. The two are marked as looked into.",
        to=href(request, "chronology_pairs", reference),
        button="Save what was found",
        title="What was found about two entries",
        lead="The entries stay as they are. An agency that was wrong corrects its own.",
        above=way_to_merged(request, review),
        notes=[f"{each.agency}, {each.when}: {each.what}" for each in (one, other)],
    )


def _entry(request: PageRequest, review: Review, key: int) -> ChronologyEntry:
    visible = entries_visible_to(request.standing).filter(review=review).select_related("agency")
    return found_or_refused(visible, request, pk=key)


@within(Permission.READ_REVIEWS)
@require_safe
def chronology_file(request: PageRequest, *, reference: str, file_format: str) -> HttpResponse:
    """All of it as CSV or XLSX. The taking is on the trail."""
    review, wanted = found_review(request, reference), format_of(file_format)
    redactor = hides_names(request.standing, review)
    entries = as_read(merged(request.standing, review), redactor)
    document = merged_document(review, entries, now=timezone.now(), names_are_hidden=redactor is not None)
    return answer_file(
        request,
        review,
        name=document.file_name,
        content=document.written(wanted),
        file_format=wanted,
        what="chronology",
        rows=document.row_count,
    )
