"""A file of one agency's entries: looked over, shown as it was understood, and stored when its person says so."""

import base64
import binascii
import zlib
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.url_rules import PageRequest, found_or_refused, within
from trefoil.indicators.intake.sheets import MAX_BYTES

from ..checking_chronology import CheckedRow, checked_rows, sent_before
from ..chronology.reading import MOST_ROWS, Reading, read_entries
from ..forms import ReasonForm
from ..forms_chronology import EntriesFileForm
from ..models import AgencyRequest, ChronologyUpload
from ..operations.chronology import take_out_upload, upload_entries
from .chronology_frame import found_written, way_to_own
from .frame import METHODS, form_page, href, page, sent

# The file goes to the page and comes back with it, packed, so that nothing is stored before somebody says so.
MOST_HELD, SHOWN = 1_500_000, 20


@dataclass(frozen=True)
class _File:
    name: str
    data: bytes

    @property
    def held(self) -> str:
        """As text in the page."""
        return base64.b64encode(zlib.compress(self.data, 9)).decode()


@within(Permission.READ_REVIEWS)
@require_http_methods(METHODS)
def chronology_upload(request: PageRequest, *, reference: str, pk: int) -> HttpResponse:
    """First a file: what is wrong with it, or how it is understood. Then the word to store it, all or nothing."""
    asked = found_written(request, reference, pk)
    if request.method == "POST" and "held" in request.POST:
        return _store(request, asked, reference)
    form = EntriesFileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if not (form.is_bound and form.is_valid()):
        return _upload_page(request, asked, form)
    upload = form.cleaned_data["upload"]
    return _look_over(request, asked, form, _File(upload.name[:200], upload.read(MAX_BYTES + 1)))


def _look_over(request: PageRequest, asked: AgencyRequest, form: EntriesFileForm, file: _File) -> HttpResponse:
    now = timezone.now()
    reading = read_entries(file.name, file.data, timezone.localdate(now))
    if reading.faults:
        form.add_error("upload", "Nothing of the file was stored. What is wrong with it stands in the table.")
        return _upload_page(request, asked, form, reading)
    if len(file.held) > MOST_HELD:
        form.add_error("upload", "The file is too large to be looked over. Send it in parts, or as CSV.")
        return _upload_page(request, asked, form)
    try:
        person = request.standing.person
        rows = checked_rows(asked.review, asked.agency, reading.rows, file.data, by=person, now=now)
    except NotAllowedError as error:
        form.add_error("upload", str(error))
        return _upload_page(request, asked, form)
    return _check_page(request, asked, file, rows)


def _upload_page(
    request: PageRequest, asked: AgencyRequest, form: EntriesFileForm, reading: Reading | None = None
) -> HttpResponse:
    return page(
        request,
        "chronology_upload",
        title=f"Upload entries of {asked.agency}",
        lead=f"At most {MOST_ROWS:,} rows. You see how the file is understood before anything is stored.",
        above=way_to_own(request, asked),
        review=asked.review,
        asked=asked,
        form=form,
        faults=reading.faults if reading else (),
        back=href(request, "chronology_own", asked.review.reference, asked.pk),
    )


def _check_page(request: PageRequest, asked: AgencyRequest, file: _File, rows: list[CheckedRow]) -> HttpResponse:
    new = [one for one in rows if not one.is_known]
    return page(
        request,
        "chronology_upload_check",
        title="Is this what you meant?",
        lead="Nothing is stored yet. Look at the days and at the first rows, as they were understood.",
        above=way_to_own(request, asked),
        review=asked.review,
        asked=asked,
        file=file,
        new_count=len(new),
        store=f"Store {len(new):,} entr{'y' if len(new) == 1 else 'ies'}",
        is_cut=len(rows) > SHOWN,
        known=len(rows) - len(new),
        shown=rows[:SHOWN],
        twice=_twice(sent_before(asked, file.data)),
        first=min(one.row.when.first for one in rows),
        last=max(one.row.when.last for one in rows),
        vague=sum(one.row.when.day is None for one in rows),
        back=href(request, "chronology_own", asked.review.reference, asked.pk),
        again=href(request, "chronology_upload", asked.review.reference, asked.pk),
    )


def _twice(before: ChronologyUpload | None) -> str:
    if before is None:
        return ""
    when = f"{timezone.localtime(before.uploaded_at):%-d %B %Y, %H:%M}"
    return f"This same file was stored on {when}, by {before.uploaded_by}. Is it the one you meant?"


def _store(request: PageRequest, asked: AgencyRequest, reference: str) -> HttpResponse:
    """What was looked over. It is read and checked again: the page may be old, and comes from outside."""
    file, again = _unpacked(request), href(request, "chronology_upload", reference, asked.pk)
    reading = read_entries(file.name, file.data, timezone.localdate())
    if reading.faults:
        messages.error(request, "Nothing was stored. Choose the file again.")
        return redirect(again)
    person, now = request.standing.person, timezone.now()
    try:
        upload = upload_entries(
            request=asked, rows=reading.rows, file_name=file.name, data=file.data, by=person, now=now
        )
    except NotAllowedError as error:
        messages.error(request, str(error))
        return redirect(again)
    known = len(reading.rows) - upload.count
    left_out = f" {known:,} stood already and were left out." if known else ""
    messages.success(request, f"{upload.count:,} entr{'y' if upload.count == 1 else 'ies'} stored.{left_out}")
    return redirect(href(request, "chronology_own", reference, asked.pk))


def _unpacked(request: PageRequest) -> _File:
    """The file as it came back; an empty one where that was changed on the way."""
    try:
        packed = base64.b64decode(request.POST["held"].encode(), validate=True)
        data = zlib.decompressobj().decompress(packed, MAX_BYTES + 1)
    except (binascii.Error, zlib.error, UnicodeEncodeError):
        data = b""
    return _File(request.POST.get("name", "")[:200], data)


@within(Permission.READ_REVIEWS)
@require_http_methods(METHODS)
def chronology_upload_take_out(request: PageRequest, *, reference: str, pk: int, upload: int) -> HttpResponse:
    """Take out what a file brought: the wrong file, or an old one."""
    asked = found_written(request, reference, pk)
    brought = asked.review.chronology_uploads.filter(agency=asked.agency_id).select_related(
        "review__partnership", "agency"
    )
    found = found_or_refused(brought, request, pk=upload)
    form = ReasonForm(sent(request))
    return form_page(
        request,
        form=form,
        run=lambda: take_out_upload(
            upload=found, reason=form.cleaned_data["reason"], by=request.standing.person, now=timezone.now()
        ),
        done="What the file brought is taken out.",
        to=href(request, "chronology_own", reference, pk),
        button="Take out what it brought",
        kind="warning",
        title="Take out what a file brought",
        lead=f"Every entry of “{found.file_name}” that still stands, with what it was corrected to.",
        above=way_to_own(request, asked),
    )
