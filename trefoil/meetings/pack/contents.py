"""What goes into the pack of a meeting: its agenda, and the papers that this reader may open."""

import io

from trefoil.access.rules import Standing
from trefoil.documents.content import FileKind
from trefoil.documents.models import DocumentVersion
from trefoil.documents.queries import documents_about
from trefoil.documents.storage import pieces

from ..models import Meeting
from ..tables import agenda_lines
from ..words import clock_words, moment_words
from .joining import Cover, Paper


def cover_of(meeting: Meeting) -> Cover:
    """The first page."""
    lines = agenda_lines(meeting, list(meeting.items.on_the_agenda().select_related("owner")))
    place = f", {meeting.place}" if meeting.place else ""
    return Cover(
        partnership=meeting.partnership.name,
        title=str(meeting),
        when=f"{moment_words(meeting.starts_at)} to {clock_words(meeting.ends_at)}{place}",
        note="For the members of this group. Do not pass it on.",
        items=[
            (
                line.begins,
                line.item.title,
                str(line.item.minutes_long),
                line.item.get_purpose_display(),
                line.item.brought_by,
            )
            for line in lines
        ],
    )


def papers_of(standing: Standing, meeting: Meeting) -> list[Paper]:
    """The newest version of each paper that the reader may open and that was not withdrawn."""
    listed = documents_about(standing, f"meeting:{meeting.pk}")
    return [_paper(one.document.title, one.newest) for one in listed if one.opens and not one.document.is_withdrawn]


def _paper(title: str, version: DocumentVersion) -> Paper:
    is_pdf = version.kind == FileKind.PDF
    return Paper(title, version.kind_words, version.name, _bytes(version) if is_pdf else None)


def _bytes(version: DocumentVersion) -> bytes:
    whole = io.BytesIO()
    for piece in pieces(version.key):
        whole.write(piece)
    return whole.getvalue()
