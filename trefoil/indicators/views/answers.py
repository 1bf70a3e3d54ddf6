"""Answering with a file: the file and its line on the trail, together or not at all."""

import hashlib

from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from trefoil.access.url_rules import PageRequest

from ..downloads.document import Document, FileFormat
from ..operations.downloads import note_download


def answer_with_document(request: PageRequest, page: str, document: Document, file_format: FileFormat) -> HttpResponse:
    """The page as a workbook or CSV, with the download on the trail."""
    name = f"{document.file_name}.{file_format.value}"
    return answer_with_file(
        request,
        page=page,
        name=name,
        content=document.written(file_format),
        content_type=file_format.content_type,
        rows=document.row_count,
    )


def answer_with_file(
    request: PageRequest, *, page: str, name: str, content: bytes, content_type: str, rows: int
) -> HttpResponse:
    """A file to be saved. If the trail cannot be written the file is not sent."""
    with transaction.atomic():
        note_download(
            partnership=request.standing.partnership,
            page=page,
            file_name=name,
            rows=rows,
            sha256=hashlib.sha256(content).hexdigest(),
            by=request.standing.person,
            now=timezone.now(),
            opened=getattr(request, "read_by_opening", False),
        )
        response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return response
