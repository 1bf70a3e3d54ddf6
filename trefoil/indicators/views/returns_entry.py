"""Figures in from a file."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.url_rules import within

from ..catalogue.loader import catalogue
from ..enums import FigureSource
from ..forms_returns import LIMIT_WORDS, UploadForm
from ..intake.context import Context
from ..intake.read import ReadResult, read_return
from ..intake.sheets import MAX_BYTES
from ..models import AgencyReturn
from ..operations.entries import take_figures
from ..operations.figures import Loaded
from ..return_of_file import authority_names
from ..rows import Finding, Severity
from .returns_page import ReturnRequest, about_own_return, detail_href, page
from .returns_words import counted

LISTED = 500


@within(Permission.ENTER_RETURN)
@require_http_methods(["GET", "HEAD", "POST"])
@about_own_return(Permission.ENTER_RETURN)
def return_upload(request: ReturnRequest, **_parts: object) -> HttpResponse:
    """Send a file. With an error in it nothing is stored and every error is listed; else it is stored at once."""
    held = request.agency_return
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    why_locked = held.why_locked_on(timezone.localdate())
    read: ReadResult | None = None
    if request.method == "POST" and not why_locked and form.is_valid():
        sent: UploadedFile[bytes] = form.cleaned_data["file"]
        read = read_return(sent.name or "", sent.read(MAX_BYTES + 1), context_of(held))
        if done := _stored(request, form, read, sent.name or ""):
            return done
    errors = _errors(read)
    return page(
        request,
        "upload",
        title="Nothing was stored: the file has errors" if errors else "Upload a file",
        lead=_lead(errors),
        form=form,
        errors=errors[:LISTED],
        unlisted=max(0, len(errors) - LISTED),
        file_name=form.cleaned_data["file"].name if errors else "",
        why_locked=why_locked,
        limit=LIMIT_WORDS,
        back=detail_href(request, held),
    )


def _lead(errors: Sequence[Finding]) -> str:
    if errors:
        return (
            f"{counted(len(errors), 'error')}. Put {'it' if len(errors) == 1 else 'them'} right in your file "
            "and send it again. "
            "The return is as it was before."
        )
    return "Every row is checked. If one has an error, nothing of the file is stored."


def _errors(read: ReadResult | None) -> list[Finding]:
    if read is None:
        return []
    if read.ok and not read.rows:
        return [finding for finding in read.findings if finding.severity is not Severity.NOTE]
    return list(read.of(Severity.ERROR))


def _stored(request: ReturnRequest, form: UploadForm, read: ReadResult, name: str) -> HttpResponseRedirect | None:
    """Store what was read and go to the return; None when there is nothing to store, with the reason on the form."""
    if not read.ok:
        return None
    if not read.rows:
        form.add_error("file", "These are partnership accounts. They are checked, but a return does not hold them.")
        return None
    held = request.agency_return
    try:
        loaded = take_figures(
            agency_return=held,
            rows=read.rows,
            findings=read.findings,
            source=FigureSource.FILE,
            by=request.standing.person,
            now=timezone.now(),
            file_name=name,
        )
    except NotAllowedError as error:
        form.add_error("file", f"{str(error)[:1].upper()}{str(error)[1:]}.".replace("..", "."))
        return None
    messages.success(request, stored_words(loaded))
    return redirect(detail_href(request, held))


def stored_words(loaded: Loaded) -> str:
    """What was stored, and that it is not submitted yet."""
    if not loaded.new and not loaded.restated:
        return "These figures were here already. Nothing has changed."
    return f"Stored: {loaded}. The return is not submitted yet."


def context_of(agency_return: AgencyReturn) -> Context:
    """Whose return it is, for intake."""
    area = agency_return.partnership.area.name
    return Context(
        definitions=catalogue(),
        area=area,
        agency=agency_return.agency.name,
        period=agency_return.period,
        asked=frozenset(agency_return.indicators) or None,
        other_areas=authority_names() - {area},
    )
