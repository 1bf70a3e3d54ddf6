"""`trefoil compute_indicators --area NAME --as-at DATE --out FILE.csv`: every figure of a stored extract, as a file."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from trefoil.access.arguments import day
from trefoil.indicators.return_of_file import CannotTellError, partnership_of

from ...figures_file import BREAKDOWNS, KINDS
from ...figures_kept import MONTHS, populations
from ...models import Extract
from ...store import StoreError
from ...together import Counted, compute_together


class Command(BaseCommand):
    help = (
        "Work out every indicator from the extracts of an area that were taken on or before a day, each from the "
        "newest that can say it, and write them as CSV: indicator, area, period, breakdown, group, numerator, "
        "denominator, value, unit."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--area", required=True, help="the authority, such as Fairmead")
        parser.add_argument("--as-at", type=day, required=True, help="the last day that counts")
        parser.add_argument("--engine", default="duckdb", help="duckdb, or spark://host:port of an existing cluster")
        parser.add_argument("--indicators", nargs="+", metavar="ID", help="only these, such as FD01 CP01")
        parser.add_argument("--months", type=int, default=MONTHS, help=f"how far back to count (default: {MONTHS})")
        parser.add_argument("--out", type=Path, required=True, help="the file to write")

    def handle(self, *_args: Any, area: str, as_at: date, out: Path, **options: Any) -> None:
        if out.is_dir() or not out.parent.is_dir():
            # Said before the work, which may take a while.
            raise CommandError(f"{out} cannot be written: name a file in a folder that is there")
        try:
            counted = self._counted(self._newest_first(area, as_at), as_at, options)
            with out.open("w", encoding="utf-8", newline="") as opened:
                rows = counted.results.write_csv(opened)
        except (CannotTellError, StoreError, ValueError) as wrong:
            raise CommandError(str(wrong)) from wrong
        except OSError as wrong:
            raise CommandError(f"{out} cannot be written: {wrong.strerror}") from wrong
        self.stdout.write(f"{rows:,} figures, written to {out}")
        for extract, many in counted.sources.items():
            self.stdout.write(f"  {many} measures from {extract} ({extract.agency})")
        self.stdout.write("Small counts are not hidden in it.")

    def _counted(self, extracts: list[Extract], as_at: date, options: dict[str, Any]) -> Counted:
        return compute_together(
            extracts,
            as_at=as_at,
            backend=options["engine"],
            indicators=options["indicators"],
            breakdowns=tuple(BREAKDOWNS),
            kinds=tuple(KINDS),
            months=options["months"],
            populations=populations(extracts[0].partnership.area.code),
            plans=settings.EXTRACT_PLANS,
        )

    def _newest_first(self, area: str, as_at: date) -> list[Extract]:
        partnership = partnership_of(area)
        found = Extract.objects.stored().filter(partnership=partnership, as_at__lte=as_at).newest_first()
        extracts = list(found.select_related("partnership__area", "agency"))
        if not extracts:
            raise CannotTellError(f"no extract of {partnership.short_name} is stored that was taken by {as_at}")
        return extracts
