"""An edition, or a document as it stands now, given out as a file."""

from collections.abc import Callable
from datetime import date, datetime

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.text import slugify

from ..content import AGREED, Json, content_of, is_as_frozen, lines_of, written
from ..models import Edition, PublicDocument
from ..queries import newest_offer
from .paper import Standing, paper_of
from .pdf import write_pdf
from .tree import Paper
from .web import write_html
from .word import write_docx

INVENTED = "This partnership is invented. Every figure, agency and person in this document is invented."


class FileKind(TextChoices):
    """What a document is given out as. The value is the end of the file's name."""

    HTML = "html", "Web page"
    DOCX = "docx", "Word"
    PDF = "pdf", "PDF"


CONTENT_TYPES = {
    FileKind.HTML: "text/html; charset=utf-8",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.PDF: "application/pdf",
}
WRITERS: dict[FileKind, Callable[[Paper], bytes]] = {
    FileKind.HTML: write_html,
    FileKind.DOCX: write_docx,
    FileKind.PDF: write_pdf,
}


def written_as(paper: Paper, kind: FileKind) -> bytes:
    """The file."""
    return WRITERS[kind](paper)


def file_name(paper: Paper, kind: FileKind) -> str:
    """`fairmead-yearly-report.pdf`, with the mark of a draft before the end."""
    return f"{slugify(paper.title)[:80]}{'-draft' if paper.mark else ''}.{kind.value}"


def live_content(document: PublicDocument, *, today: date) -> Json:
    """A draft as it would be put to the partners now, pictures drawn."""
    sections = written(document, today=today, draw=True)
    return content_of(document, sections, lines_of(document, sections))


def paper_of_draft(document: PublicDocument, *, now: datetime) -> Paper:
    """A document that is no edition yet, marked on every page: live, or as it was put to the partners."""
    today, offer = timezone.localdate(now), newest_offer(document)
    if document.is_draft or offer is None:
        content, on, said = live_content(document, today=today), today, "Its figures are those of that day."
    else:
        on = timezone.localdate(offer.offered_at)
        content, said = offer.content, "It was put to the statutory partners on that day."
    notice = f"This is a draft of {on:%-d %B %Y}. {said} It is not published."
    standing = Standing("DRAFT", _with_invented(document, notice), f"{document.title}, draft of {on:%-d %B %Y}", on)
    return paper_of(content, standing)


def paper_of_edition(edition: Edition) -> Paper:
    """A frozen edition with its approvals, how to cite it and its hash. One that was tampered with says so."""
    content, day = edition.offer.content, timezone.localdate(edition.frozen_at)
    facts = [_approved_fact(one) for one in edition.approvals]
    facts += [("Cite it as", citation(edition)), ("Hash (SHA-256)", edition.digest)]
    as_frozen = is_as_frozen(edition)
    warning = () if as_frozen else ("This is not what was frozen. Do not rely on it.",)
    footer = f"{content['title']}, edition {edition.number}, {day:%-d %B %Y}"
    mark = "" if as_frozen else "NOT AS FROZEN"
    return paper_of(content, Standing(mark, (*warning, *_with_invented(edition.document)), footer, day, tuple(facts)))


def _with_invented(document: PublicDocument, *notice: str) -> tuple[str, ...]:
    return (*notice, INVENTED) if document.partnership.is_invented else notice


def _approved_fact(one: dict[str, str]) -> tuple[str, str]:
    if one["agency"] == AGREED:
        return AGREED, approved_words(one)
    return "Approved by", f"{one['agency']}, {approved_words(one)}"


def approval_row(one: dict[str, str]) -> tuple[str, str]:
    """Who approved, and when and where: `Fairmead Council`, `Approved on 3 March 2027, Executive`."""
    agreed = one["agency"] == AGREED
    return one["agency"], approved_words(one) if agreed else f"Approved {approved_words(one)}"


def approved_words(one: dict[str, str]) -> str:
    """`on 3 March 2027, Executive, decision 4`."""
    said = f"on {date.fromisoformat(one['on']):%-d %B %Y}"
    return f"{said}, {one['reference']}" if one["reference"] else said


def citation(edition: Edition) -> str:
    """How to cite it: whose, what, which edition, when, and the first characters of the hash."""
    content, day = edition.offer.content, timezone.localdate(edition.frozen_at)
    what = f"“{content['title']}”, edition {edition.number}, {day:%-d %B %Y}"
    return f"{content['partnership']}, {what}, {edition.digest[:12]}"
