"""What goes into the pack of a meeting: its agenda, and the papers that this reader may open."""

import io

from trefoil.access.rules import Standing
from trefoil.documents.content import FileKind
from trefoil.documents.models import DocumentVersion
from trefoil.documents.queries import Listed
from trefoil.documents.storage import pieces

from ..models import Meeting
from ..papers import papers_listed
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
                line.heading,
                str(line.item.minutes_long),
                line.item.get_purpose_display(),
                line.brought_by,
            )
            for line in lines
        ],
    )


def papers_of(standing: Standing, meeting: Meeting) -> list[Paper]:
    """The newest version of each paper that the reader may open, in the order of the agenda, each under its item."""
    return [_paper(one) for one in papers_listed(standing, meeting)]


def _paper(one: Listed) -> Paper:
    version = one.newest
    content = _bytes(version) if version.kind == FileKind.PDF else None
    under = one.part.words if one.part else ""
    return Paper(one.document.title, version.kind_words, version.name, content, under)


def _bytes(version: DocumentVersion) -> bytes:
    whole = io.BytesIO()
    for piece in pieces(version.key):
        whole.write(piece)
    return whole.getvalue()
