"""The list of extracts, and sending one."""

import uuid

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import memberships_visible_to
from trefoil.access.url_rules import PageRequest, within
from trefoil.people.models import Agency, in_force

from .. import spool
from ..enums import ExtractShape
from ..forms import UploadForm
from ..models import Extract
from ..operations.extracts import receive_extract
from ..queries import lists_on_map
from ..rules import extracts_visible_to, months_kept, values_visible_to
from ..tasks import queue
from .extract_page import READS, counted, detail_href, page
from .extract_words import line_of

PER_PAGE = 25


@within(*READS)
@require_safe
def extract_list(request: PageRequest) -> HttpResponse:
    """Every extract, newest first."""
    standing = request.standing
    shown = Paginator(extracts_visible_to(standing), PER_PAGE).get_page(request.GET.get("page"))
    waiting = sum(one.waiting for one in lists_on_map(values_visible_to(standing)))
    return page(
        request,
        "list",
        title="Child-level extracts",
        lead="Files of records about children that an agency holds. Each is checked, stored under pseudonyms and "
        "counted. Names, dates of birth and addresses are not stored.",
        shown=shown,
        lines=[line_of(one, standing) for one in shown],
        may_load=standing.may(Permission.EXTRACT_LOAD),
        may_read=standing.may(Permission.EXTRACT_FIGURES),
        waiting=counted(waiting, "value") if waiting else "",
        months=months_kept(standing.partnership),
    )


@within(Permission.EXTRACT_LOAD)
@require_http_methods(["GET", "HEAD", "POST"])
def extract_upload(request: PageRequest) -> HttpResponse:
    """Send files. They are taken into the spool and the answer comes at once; a worker checks them."""
    agencies = _agencies(request)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*sent, agencies=list(agencies.values()))
    if request.method == "POST" and form.is_valid():
        extract = _received(request, form, agencies)
        if extract is not None:
            messages.success(request, "The files are here. The check runs by itself; you can leave this page.")
            return redirect(detail_href(request, extract))
    return page(
        request,
        "upload",
        title="Upload an extract",
        lead="Every value is checked. If one is at fault, nothing of it is stored, and a report says where it is.",
        form=form,
    )


def _agencies(request: PageRequest) -> dict[int, Agency]:
    """The agencies of the partnership today, by name."""
    members = memberships_visible_to(request.standing).filter(in_force(timezone.localdate()))
    return {one.agency_id: one.agency for one in members.order_by("agency__name")}


def _received(request: PageRequest, form: UploadForm, agencies: dict[int, Agency]) -> Extract | None:
    """Take the files in; or leave no trace of them, with the reason on the form."""
    given, key = form.cleaned_data, uuid.uuid4()
    files: list[UploadedFile[bytes]] = given["uploads"]
    kept = False
    try:
        extract = receive_extract(
            partnership=request.standing.partnership,
            agency=agencies[int(given["agency"])],
            shape=ExtractShape(given["shape"]),
            as_at=given["as_at"],
            year=given["year"],
            taken=spool.take(files, key.hex),
            key=key,
            by=request.standing.person,
            now=timezone.now(),
        )
        queue(extract)
        kept = True
    except NotAllowedError as error:
        form.add_error("uploads", f"{str(error)[:1].upper()}{str(error)[1:]}.")
        return None
    finally:
        if not kept:
            spool.remove(key.hex)
    return extract
