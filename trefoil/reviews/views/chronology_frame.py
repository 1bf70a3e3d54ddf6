"""What the pages of a chronology share: what was asked of an agency, and files to take away."""

from django.db import transaction
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from trefoil.access.step_up import ask_again
from trefoil.access.url_rules import PageRequest, found_or_refused
from trefoil.design.frame import Crumb
from trefoil.indicators.downloads.document import FileFormat

from ..models import AgencyRequest, RedactedCopy, Review
from ..operations.chronology import note_chronology_taken
from ..rules import requests_visible_to, reviews_visible_to
from ..rules_chronology import copies_visible_to, requests_written_by
from .frame import WORDS_LAST, href, way

PER_PAGE = 50


def found_request(request: PageRequest, reference: str, pk: int) -> AgencyRequest:
    """What an agency was asked for, for who reads the review and for who was asked; or 404."""
    visible = requests_visible_to(request.standing).filter(review__reference=reference)
    found = found_or_refused(visible, request, pk=pk)
    ask_again(request, request.standing.person, lasting=WORDS_LAST)
    return found


def found_written(request: PageRequest, reference: str, pk: int) -> AgencyRequest:
    """The same for the one person who writes it; or 404."""
    written = requests_written_by(request.standing).filter(review__reference=reference)
    found = found_or_refused(written, request, pk=pk)
    ask_again(request, request.standing.person, lasting=WORDS_LAST)
    return found


def found_copy(request: PageRequest, reference: str, pk: int) -> RedactedCopy:
    """A redacted copy that the reader may open, or 404."""
    found = found_or_refused(copies_visible_to(request.standing).filter(review__reference=reference), request, pk=pk)
    ask_again(request, request.standing.person, lasting=WORDS_LAST)
    return found


def is_whole_reader(request: PageRequest, review: Review) -> bool:
    """Whether the reader reads the whole review, and not one agency's part alone."""
    return reviews_visible_to(request.standing).filter(pk=review.pk).exists()


def way_to_merged(request: PageRequest, review: Review) -> tuple[Crumb, ...]:
    """The steps to a page below the merged chronology."""
    return (*way(request, review), Crumb("Chronology", href(request, "chronology_merged", review.reference)))


def way_to_own(request: PageRequest, asked: AgencyRequest) -> tuple[Crumb, ...]:
    """The steps to a page below one agency's chronology."""
    reference, is_read = asked.review.reference, is_whole_reader(request, asked.review)
    part = Crumb(f"Part of {asked.agency}", href(request, "part_detail", reference, asked.pk))
    own = Crumb("Chronology", href(request, "chronology_own", reference, asked.pk))
    return (*way(request, asked.review, is_read=is_read), part, own)


def format_of(file_format: str) -> FileFormat:
    """CSV or XLSX, or 404."""
    if file_format not in list(FileFormat):
        raise Http404
    return FileFormat(file_format)


def answer_file(
    request: PageRequest, review: Review, *, name: str, content: bytes, file_format: FileFormat, what: str, rows: int
) -> HttpResponse:
    """A file of the record, with its taking on the trail of the review; if that cannot be written, no file."""
    with transaction.atomic():
        note_chronology_taken(review=review, what=what, rows=rows, by=request.standing.person, now=timezone.now())
        return plain_file(name, content, file_format)


def plain_file(name: str, content: bytes, file_format: FileFormat) -> HttpResponse:
    """A file that holds nothing of the record."""
    response = HttpResponse(content, content_type=file_format.content_type)
    disposition = content_disposition_header(as_attachment=True, filename=f"{name}.{file_format.value}")
    response["Content-Disposition"] = disposition or "attachment"
    return response
