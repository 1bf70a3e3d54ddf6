"""A document with its versions: read it, add a version, withdraw it. Reading one is on the trail."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from trefoil.access.step_up import ask_again
from trefoil.access.url_rules import PageRequest, found_or_refused, logs_read, within

from ..content.kinds import MIME, FileKind
from ..enums import MARKING_HINTS, Marking
from ..forms import FileForm, PlaceForm, WithdrawForm
from ..models import Document
from ..operations import add_version, file_under, withdraw
from ..rules import READS, documents_visible_to, may_withdraw, versions_visible_to
from ..sealing import opened
from ..storage import pieces, place
from ..subjects import DocumentSubject, whole_of
from .frame import carried_out, from_home, page, subject_or_refused

# For how long a reader of a sealed file is believed to be who they said they are.
SEALED_LASTS = timedelta(minutes=15)


@within(*READS)
@require_http_methods(["GET", "HEAD", "POST"])
@logs_read("document:{pk}")
def document_detail(request: PageRequest, *, pk: int) -> HttpResponse:
    """Who may read it, each version, and the forms for those who may."""
    document = found_or_refused(documents_visible_to(request.standing), request, pk=pk)
    record = subject_or_refused(request, document.subject)
    _ask_again_for_sealed(request, record)
    which = request.POST.get("which", "") if request.method == "POST" else ""
    version = FileForm(*((request.POST, request.FILES) if which == "version" else ()))
    reason = WithdrawForm(request.POST if which == "withdraw" else None)
    place = _place_form(request, document, which)
    if _added(request, document, version) or _withdrawn(request, document, reason) or _filed(request, document, place):
        return redirect("document_detail", request.standing.partnership.slug, pk)
    stands = not document.is_withdrawn
    versions = list(document.versions.select_related("added_by"))
    return page(
        request,
        "detail",
        title=document.title,
        lead=_lead(document, record),
        above=from_home(record),
        document=document,
        facts=_facts(document, record),
        versions=versions,
        opens=versions_visible_to(request.standing).filter(document=document).exists(),
        version_form=version if stands and record.may_attach else None,
        place_form=place if stands else None,
        withdraw_form=reason if stands and may_withdraw(request.standing, document, record) else None,
    )


def _ask_again_for_sealed(request: PageRequest, record: DocumentSubject) -> None:
    """What is sealed asks again who the reader is, as the pages of its record do."""
    if record.sealed_as:
        ask_again(request, request.standing.person, lasting=SEALED_LASTS)


def _added(request: PageRequest, document: Document, form: FileForm) -> bool:
    """Whether a version was sent and taken."""
    if not (form.is_bound and form.is_valid()):
        return False
    upload, person = form.cleaned_data["upload"], request.standing.person
    added = carried_out(
        form,
        "upload",
        lambda: add_version(document=document, file=upload, name=upload.name, by=person, now=timezone.now()),
    )
    if added is not None:
        messages.success(request, f"Version {added.number} is added.")
    return added is not None


def _withdrawn(request: PageRequest, document: Document, form: WithdrawForm) -> bool:
    """Whether a reason was sent and taken."""
    if not (form.is_bound and form.is_valid()):
        return False
    reason, person = form.cleaned_data["reason"], request.standing.person

    def carried() -> bool:
        withdraw(document=document, reason=reason, by=person, now=timezone.now())
        return True

    if not carried_out(form, "reason", carried):
        return False
    messages.success(request, "The document is withdrawn.")
    return True


def _place_form(request: PageRequest, document: Document, which: str) -> PlaceForm | None:
    """The form that files it under a part of its record; None where there are no parts or it is not theirs to file."""
    _, record = whole_of(request.standing, document.subject)
    if record is None or not record.may_attach or not any(part.is_open for part in record.parts):
        return None
    return PlaceForm(request.POST if which == "place" else None, record=record, initial={"place": document.subject})


def _filed(request: PageRequest, document: Document, form: PlaceForm | None) -> bool:
    """Whether a place was sent and taken."""
    if form is None or not (form.is_bound and form.is_valid()):
        return False
    subject = form.cleaned_data["place"] or whole_of(request.standing, document.subject)[0]

    def carried() -> bool:
        file_under(document=document, subject=subject, by=request.standing.person, now=timezone.now())
        return True

    if not carried_out(form, "place", carried):
        return False
    messages.success(request, "The document is filed there.")
    return True


def _lead(document: Document, record: DocumentSubject) -> str:
    if document.is_withdrawn:
        return f"Withdrawn on {timezone.localdate(document.withdrawn_at):%-d %B %Y}: {document.withdrawn_why}"
    if record.sealed_as:
        return "Sealed. Read by the named readers of this record alone. Each reading is on the trail."
    if document.marking == Marking.OPEN:
        return MARKING_HINTS[Marking.OPEN]
    seats = f"Read by those who sit in “{document.group.name}”, and by" if document.group else "Read by"
    return f"{seats} those who read every group’s papers. Each reading is on the trail."


def _facts(document: Document, record: DocumentSubject) -> list[tuple[str, str]]:
    facts = [("Marking", document.get_marking_display()), ("Attached to", record.words)]
    facts += [("Group", document.group.name)] if document.group else []
    facts += [("Agency", document.agency.name)] if document.agency else []
    attached = timezone.localtime(document.attached_at)
    facts.append(("Attached", f"{attached:%-d %B %Y} by {document.attached_by}"))
    if document.withdrawn_at is not None:
        facts.append(("Withdrawn by", str(document.withdrawn_by)))
    return facts


@within(*READS)
@require_safe
@logs_read("document:{pk}")
def document_file(request: PageRequest, *, pk: int, number: int) -> HttpResponseBase:
    """One version's file: always to be saved, never shown by the browser."""
    version = found_or_refused(versions_visible_to(request.standing), request, document=pk, number=number)
    _ask_again_for_sealed(request, subject_or_refused(request, version.document.subject))
    if not place(version.key).is_file():
        messages.error(request, "The file is missing from this installation. Ask who runs it to look at the backup.")
        return redirect("document_detail", request.standing.partnership.slug, pk)
    return StreamingHttpResponse(
        [opened(version)] if version.is_sealed else pieces(version.key),
        content_type=MIME[FileKind(version.kind)],
        headers={
            "Content-Disposition": content_disposition_header(as_attachment=True, filename=version.name)
            or "attachment",
            "Content-Length": str(version.size),
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )
