"""`trefoil load_finance`: a finance file, checked and stored, with its faults named."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from trefoil.access.errors import NotAllowedError
from trefoil.people.models import Partnership

from ...operations.loading import load_accounts
from ...queries import totals_words
from ...reading import FinanceFile, read_finance


class Command(BaseCommand):
    help = (
        "Load a finance file (year, kind, item, amount_gbp, note) into a partnership's budget. Every total is "
        "recomputed and each fault named. Exit 1 when the file cannot be read or stored."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="the file, CSV or XLSX")
        parser.add_argument("--partnership", metavar="SLUG", help="whose budget it is; not needed with --dry-run")
        parser.add_argument("--source", default="", help="where it was published, in words")
        parser.add_argument("--dry-run", action="store_true", help="check it and store nothing")

    def handle(
        self, *_args: Any, path: Path, partnership: str | None, source: str, dry_run: bool, **_options: Any
    ) -> None:
        held = None if dry_run else self._partnership(partnership)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}") from error
        read = read_finance(path.name, data, is_final=held is None or held.published_only)
        self._say(read)
        if read.errors:
            self.stdout.write("Nothing was stored.")
            sys.exit(1)
        if held is not None:
            self._store(held, read, source or path.name)

    def _partnership(self, slug: str | None) -> Partnership:
        found = Partnership.objects.filter(slug=slug or "").first()
        if found is None:
            known = ", ".join(Partnership.objects.values_list("slug", flat=True))
            raise CommandError(f"Name the partnership with --partnership, one of: {known}.")
        return found

    def _say(self, read: FinanceFile) -> None:
        for line in (*read.errors, *map(str, read.findings), *totals_words(read.accounts)):
            self.stdout.write(line)
        if not read.errors:
            self.stdout.write(f"{len(read.accounts)} years, {len(read.faults)} faults in what they say.")

    def _store(self, held: Partnership, read: FinanceFile, source: str) -> None:
        try:
            years = load_accounts(partnership=held, accounts=read.accounts, source=source, by=None, now=timezone.now())
        except NotAllowedError as error:
            raise CommandError(f"{str(error)[:1].upper()}{str(error)[1:]}.") from error
        self.stdout.write(f"Stored for {held.name}: {', '.join(map(str, years))}.")
