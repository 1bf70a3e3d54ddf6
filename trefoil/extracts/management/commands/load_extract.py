"""`trefoil load_extract PATH --area NAME`: check an extract, say what is wrong with it, store and count it.

Exit status: 0 stored (or, with --dry-run, fit to be stored), 1 refused, 2 it could not be looked at.
"""

import sys
import uuid
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from trefoil.access.arguments import day
from trefoil.access.errors import NotAllowedError
from trefoil.indicators.return_of_file import CannotTellError, Wanted, agency_of, partnership_of

from ...command_line import MOST_LINES, report_lines
from ...dry_run import dry_run as check_dry
from ...dry_run import settled_by
from ...enums import ExtractShape, ExtractState
from ...intake import Report
from ...intake.findings import Level
from ...job import check_at_place
from ...operations.extracts import receive_extract
from ...shapes import shape_of
from ...spool import fingerprint

REFUSED, UNREAD = 1, 2


class Command(BaseCommand):
    help = (
        "Check a child-level extract (an SSD folder, an Annex A workbook, SSDA903 files, a children in need census "
        "file or our own table of episodes; a zip of any), store it under pseudonyms and work out its figures. Prints "
        "the report. Exits 1 when the extract is refused."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument("--area", required=True, help="the authority whose extract it is, such as Fairmead")
        parser.add_argument("--shape", choices=ExtractShape.values, default="", help="left out, it is recognised")
        parser.add_argument("--agency", default="", help="the agency it comes from; else social care")
        parser.add_argument("--as-at", type=day, help="the day it was taken (default: today)")
        parser.add_argument("--year", type=int, help="2026 for the year that ended on 31 March 2026")
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="check alone, store nothing; with what the partnership has decided, where it is set up",
        )

        parser.add_argument("--all", action="store_true", help="print every finding and not the worst forty alone")

    def handle(self, *_args: Any, path: Path, dry_run: bool, **options: Any) -> None:
        if not path.exists():
            raise CommandError(f"there is nothing at {path}", returncode=UNREAD)
        try:
            shape = shape_of(path, options.pop("shape"))
            report = self._check(path, shape, options) if dry_run else self._load(path, shape, options)
        except (CannotTellError, NotAllowedError) as wrong:
            raise CommandError(f"the extract could not be looked at: {wrong}", returncode=UNREAD) from wrong
        for line in report_lines(report, most=None if options["all"] else MOST_LINES):
            self.stdout.write(line)
        if dry_run:
            self.stdout.write("Dry run: nothing was stored.")
        if report.refused:
            self.stdout.write("Refused: nothing was stored.")
            if not report.count(Level.FAULT):
                self.stdout.write("Say on the page “What values mean” what the unmapped ones mean, and load it again.")
            sys.exit(REFUSED)

    def _check(self, path: Path, shape: ExtractShape, options: dict[str, Any]) -> Report:
        settled = settled_by(options["area"], options["agency"])
        self.stdout.write(settled.words)
        return check_dry(path, shape, settled=settled, **options)

    def _load(self, path: Path, shape: ExtractShape, options: dict[str, Any]) -> Report:
        now, partnership = timezone.now(), partnership_of(options["area"])
        extract = receive_extract(
            partnership=partnership,
            agency=agency_of(partnership, Wanted(options["area"], options["agency"])),
            shape=shape,
            as_at=options["as_at"] or timezone.localdate(now),
            year=options["year"],
            taken=fingerprint(path),
            key=uuid.uuid4(),
            by=None,
            now=now,
        )
        report = check_at_place(extract, path, now=now)
        if extract.state == ExtractState.STORED:
            self.stdout.write(f"Stored as extract {extract.pk}: {extract.rows_in_all:,} rows.")
        return report
