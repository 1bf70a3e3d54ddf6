"""The demo's yearly report written as each kind of file, in a process that has written none before."""

import io
import time
from dataclasses import replace

import pypdf

from trefoil.publishing.models import Edition
from trefoil.publishing.outputs.making import FileKind, paper_of_edition, written_as
from trefoil.publishing.outputs.tree import Paper

FEWEST_PAGES = 10


def write() -> dict[str, object]:
    """Seconds and bytes of each kind of file, for a report of ten pages at least, and how many pages its PDF has.

    The demo's report is lengthened with its own sections until it has them.
    """
    edition = Edition.objects.filter(document__kind="yearly_report").order_by("-document__ends_on", "-number")[0]
    took, size = {}, {}
    started = time.perf_counter()
    paper = paper_of_edition(edition)
    took["read"] = time.perf_counter() - started
    whole, pages = paper, 0
    for times in range(1, FEWEST_PAGES):
        for kind in FileKind:
            started = time.perf_counter()
            content = written_as(whole, kind)
            # The first writing of a process is the slow one: it is what somebody waits for.
            took[kind.value] = max(took.get(kind.value, 0.0), time.perf_counter() - started)
            size[kind.value] = len(content)
            if kind == FileKind.PDF:
                pages = len(pypdf.PdfReader(io.BytesIO(content)).pages)
        if pages >= FEWEST_PAGES:
            break
        whole = _longer(paper, times)
    return {"took": took, "size": size, "pages": pages}


def _longer(paper: Paper, times: int) -> Paper:
    """The paper with its sections so many times more, under keys of their own."""
    more = [
        replace(one, key=f"{one.key}-{number}", title=f"{one.title} ({number + 1})")
        for number in range(1, times + 1)
        for one in paper.sections
    ]
    return replace(paper, sections=(*paper.sections, *more))
