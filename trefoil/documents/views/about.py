"""The documents of one record, and attaching one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trefoil.access.url_rules import PageRequest, within

from ..enums import Marking
from ..forms import AttachForm
from ..models import Document
from ..operations import attach
from ..queries import documents_about
from ..rules import READS, groups_offered_to
from ..subjects import DocumentSubject
from .frame import carried_out, from_home, page, subject_or_refused


@within(*READS)
@require_http_methods(["GET", "HEAD", "POST"])
def document_about(request: PageRequest, *, subject: str) -> HttpResponse:
    """What is attached to a record, with the form. The form of a record's own page is sent here too."""
    record = subject_or_refused(request, subject)
    form = _form(request, record) if record.may_attach else None
    if form is not None and form.is_bound and form.is_valid():
        document = carried_out(form, "upload", lambda: _attached(request, subject, form))
        if document is not None:
            messages.success(request, f"“{document.title}” is attached.")
            return redirect(record.href or request.path)
    return page(
        request,
        "about",
        title="Documents",
        lead=f"What is attached to {record.words}.",
        above=from_home(record),
        record=record,
        form=form,
        listed=documents_about(request.standing, subject, record.parts),
        action=request.path,
    )


def _form(request: PageRequest, record: DocumentSubject) -> AttachForm:
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    groups = list(groups_offered_to(request.standing))
    return AttachForm(*sent, groups=groups, record=record, initial={"group": record.group_id})


def _attached(request: PageRequest, subject: str, form: AttachForm) -> Document:
    upload = form.cleaned_data["upload"]
    return attach(
        partnership=request.standing.partnership,
        subject=form.chosen_subject(subject),
        title=form.chosen_title,
        marking=Marking(form.cleaned_data["marking"]),
        file=upload,
        name=upload.name,
        group=form.chosen_group,
        by=request.standing.person,
        now=timezone.now(),
    )
