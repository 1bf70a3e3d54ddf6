"""One agency's chronology: entered, uploaded and corrected by the person who was asked."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trefoil.access.enums import Permission
from trefoil.access.step_up import ask_again
from trefoil.access.url_rules import PageRequest, found_or_refused, logs_read, within
from trefoil.editing.drafts import DraftRequest, keeps_draft
from trefoil.indicators.downloads.document import FileFormat

from ..chronology.redaction import Redactor
from ..chronology.template import as_csv, as_xlsx
from ..forms import ReasonForm
from ..forms_chronology import CorrectionForm, EntryForm
from ..models import AgencyRequest, ChronologyEntry
from ..operations.chronology import correct_entry, enter_entry, take_out_entry
from ..queries_chronology import as_read, hides_names, of_request, uploads_of
from ..queries_chronology_asked import asking_of
from ..rules import is_lead
from ..rules_chronology import entries_written_by, requests_written_by
from .chronology_frame import (
    PER_PAGE,
    answer_file,
    format_of,
    found_request,
    found_written,
    is_whole_reader,
    plain_file,
    way_to_own,
)
from .frame import METHODS, WORDS_LAST, form_page, href, page, sent


@within(Permission.READ_REVIEWS)
@require_safe
@logs_read("review:{reference}")
def chronology_own(request: PageRequest, *, reference: str, pk: int) -> HttpResponseBase:
    """What one agency entered, in order of time, and the ways to add to it."""
    asked = found_request(request, reference, pk)
    shown = Paginator(of_request(request.standing, asked), PER_PAGE).get_page(request.GET.get("page"))
    redactor = hides_names(request.standing, asked.review)
    count = shown.paginator.count
    return page(
        request,
        "chronology_own",
        title=f"{asked.agency}: chronology for review {reference}",
        lead=f"{count:,} entr{'y' if count == 1 else 'ies'}." if count else "Nothing has been entered yet.",
        above=way_to_own(request, asked)[:-1],
        review=asked.review,
        asked=asked,
        shown=shown,
        rows=_with_earlier(as_read(shown, redactor), redactor),
        hides=redactor is not None,
        asking=asking_of(asked, timezone.localdate()),
        leads=is_lead(request.standing, asked.review),
        uploads=uploads_of(asked),
        writes=requests_written_by(request.standing).filter(pk=asked.pk).exists(),
        reads_whole=is_whole_reader(request, asked.review),
    )


def _with_earlier(entries: list[ChronologyEntry], redactor: Redactor | None) -> list[ChronologyEntry]:
    as_read((one.corrects for one in entries if one.corrects is not None), redactor)
    return entries


@within(Permission.READ_REVIEWS)
@keeps_draft("review:{reference}:chronology:{pk}")
@require_http_methods(METHODS)
def chronology_enter(request: DraftRequest, *, reference: str, pk: int) -> HttpResponse:
    """One entry, typed in."""
    asked = found_written(request, reference, pk)
    form = EntryForm(sent(request), today=timezone.localdate(), draft=request.draft)
    return form_page(
        request,
        form=form,
        run=lambda: enter_entry(request=asked, row=form.row, by=request.standing.person, now=timezone.now()),
        done="The entry is stored. You can correct it or take it out.",
        to=href(request, "chronology_own", reference, pk),
        button="Store the entry",
        title=f"Add an entry of {asked.agency}",
        lead="Only the readers of this review see it, beside what other agencies entered.",
        above=way_to_own(request, asked),
    )


def _found_entry(request: PageRequest, reference: str, pk: int) -> ChronologyEntry:
    written = entries_written_by(request.standing).filter(review__reference=reference)
    found = found_or_refused(written, request, pk=pk)
    ask_again(request, request.standing.person, lasting=WORDS_LAST)
    return found


def _request_of(request: PageRequest, review: int, agency: int) -> AgencyRequest:
    return found_or_refused(requests_written_by(request.standing).filter(agency=agency), request, review=review)


@within(Permission.READ_REVIEWS)
@keeps_draft("review:{reference}:entry:{pk}")
@require_http_methods(METHODS)
def chronology_correct(request: DraftRequest, *, reference: str, pk: int) -> HttpResponse:
    """Put an entry right."""
    entry = _found_entry(request, reference, pk)
    asked = _request_of(request, entry.review_id, entry.agency_id)
    initial: dict[str, Any] = {name: getattr(entry, name) for name in ("what", "place", "seen", "source")}
    initial["when"] = str(entry.when)
    form = CorrectionForm(sent(request), today=timezone.localdate(), draft=request.draft, initial=initial)
    return form_page(
        request,
        form=form,
        run=lambda: correct_entry(
            entry=entry,
            row=form.row,
            reason=form.cleaned_data["reason"],
            by=request.standing.person,
            now=timezone.now(),
        ),
        done="The entry is corrected. What stood before stays on record.",
        to=href(request, "chronology_own", reference, asked.pk),
        button="Correct it",
        title="Correct an entry",
        lead="What stood before stays on record, with your reason.",
        above=way_to_own(request, asked),
    )


@within(Permission.READ_REVIEWS)
@require_http_methods(METHODS)
def chronology_take_out(request: PageRequest, *, reference: str, pk: int) -> HttpResponse:
    """Take an entry out."""
    entry = _found_entry(request, reference, pk)
    asked = _request_of(request, entry.review_id, entry.agency_id)
    form = ReasonForm(sent(request))
    return form_page(
        request,
        form=form,
        run=lambda: take_out_entry(
            entry=entry, reason=form.cleaned_data["reason"], by=request.standing.person, now=timezone.now()
        ),
        done="The entry is taken out.",
        to=href(request, "chronology_own", reference, asked.pk),
        button="Take it out",
        kind="warning",
        title="Take an entry out",
        lead="It is shown no more, and stays on record with your reason.",
        above=way_to_own(request, asked),
        notes=[f"{entry.when}: {entry.what}"],
    )


@within(Permission.READ_REVIEWS)
@require_safe
def chronology_template(request: PageRequest, *, reference: str, pk: int, file_format: str) -> HttpResponse:
    """The empty file to fill in."""
    found_written(request, reference, pk)
    wanted = format_of(file_format)
    return plain_file("chronology-template", as_csv() if wanted is FileFormat.CSV else as_xlsx(), wanted)


@within(Permission.READ_REVIEWS)
@require_safe
def chronology_own_file(request: PageRequest, *, reference: str, pk: int, file_format: str) -> HttpResponse:
    """What one agency entered, in the layout of the template. The taking is on the trail."""
    asked, wanted = found_request(request, reference, pk), format_of(file_format)
    redactor = hides_names(request.standing, asked.review)
    rows = [one.row for one in as_read(of_request(request.standing, asked), redactor)]
    return answer_file(
        request,
        asked.review,
        name=f"{reference.lower()}-own-chronology-{timezone.localdate():%Y-%m-%d}",
        content=as_csv(rows) if wanted is FileFormat.CSV else as_xlsx(rows),
        file_format=wanted,
        what=f"chronology of agency {asked.agency_id}",
        rows=len(rows),
    )
