"""`trefoil build_document yearly-report --area Fairmead --year 2025-26 --out DIR`: a document as files."""

import re
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import F
from django.utils import timezone

from trefoil.indicators.return_of_file import CannotTellError, partnership_of

from ...enums import PublicKind
from ...models import PublicDocument
from ...outputs.making import FileKind, file_name, paper_of_draft, paper_of_edition, written_as
from ...outputs.tree import Paper

KINDS = {kind.value.replace("_", "-"): kind for kind in PublicKind}
YEAR = re.compile(r"(20\d\d)(?:[-/](\d\d))?")


class Command(BaseCommand):
    help = (
        "Write a document as a web page, as Word and as tagged PDF: its newest frozen edition, else the document as it "
        "is now, marked as a draft on every page."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=list(KINDS), help="what it is")
        parser.add_argument("--area", required=True, help="the authority, such as Fairmead")
        parser.add_argument("--year", required=True, help="the year in which its period begins, such as 2025-26")
        parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder for the files")

    def handle(self, *_args: Any, kind: str, area: str, year: str, out: Path, **_options: Any) -> None:
        paper = self._paper(self._document(KINDS[kind], area, _first_year(year)))
        try:
            out.mkdir(parents=True, exist_ok=True)
            for one in FileKind:
                path = out / file_name(paper, one)
                path.write_bytes(written_as(paper, one))
                self.stdout.write(f"{one.label}: {path}")
        except OSError as error:
            raise CommandError(f"{out} cannot be written: {error.strerror}") from error
        self.stdout.write(paper.footer)

    def _document(self, kind: PublicKind, area: str, first_year: int) -> PublicDocument:
        try:
            partnership = partnership_of(area)
        except CannotTellError as wrong:
            raise CommandError(str(wrong)) from wrong
        found = PublicDocument.objects.filter(partnership=partnership, kind=kind).select_related("partnership")
        # What is frozen comes before a draft that somebody began later for the same year.
        frozen = F("editions__frozen_at").desc(nulls_last=True)
        document = found.filter(starts_on__year=first_year).order_by(frozen, "-begun_at").first()
        if document is None:
            years = ", ".join(sorted({str(one.starts_on.year) for one in found})) or "none"
            raise CommandError(
                f"{partnership.short_name} has no {kind.label.lower()} whose period begins in {first_year}. "
                f"There are some of: {years}."
            )
        return document

    def _paper(self, document: PublicDocument) -> Paper:
        edition = document.editions.select_related("offer", "document__partnership").order_by("-number").first()
        return paper_of_edition(edition) if edition else paper_of_draft(document, now=timezone.now())


def _first_year(words: str) -> int:
    """The first year of `2025-26`, `2025/26` or `2025`."""
    found = YEAR.fullmatch(words)
    if found is None or (found[2] and int(found[2]) != (int(found[1]) + 1) % 100):
        raise CommandError("Write the year as 2025-26.")
    return int(found[1])
