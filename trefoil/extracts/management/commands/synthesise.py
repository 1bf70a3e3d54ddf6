"""`trefoil synthesise --like Barnet --years 3 --seed 1 --out DIR`: an invented borough as a folder of files."""

from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from trefoil.access.arguments import day
from trefoil.extracts.synthesis import AreaProfile, UnknownAreaError, all_profiles, profile_for, synthesise
from trefoil.extracts.synthesis.faults import SETS
from trefoil.extracts.synthesis.folder import FORMATS, write_folder


class Command(BaseCommand):
    """Writes one folder per area: `ssd_*` tables, our own `trefoil_*` tables and `localities.csv`."""

    help = "Make an invented borough's extract, modelled on an area's published figures."
    # It touches its own folder alone: no database is looked at, and none is made by looking.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One area, or all of them."""
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--like", help="an authority by name or code, or Fairmead")
        which.add_argument("--like-all", action="store_true", help="all 153 authorities, each in a folder of its own")
        parser.add_argument("--years", type=int, default=3, help="whole years that end on the day of the extract")
        parser.add_argument("--seed", type=int, default=1, help="the same seed and day give the same files")
        parser.add_argument("--as-at", type=day, help="the day of the extract; without it, last month's end")
        faults = parser.add_mutually_exclusive_group()
        faults.add_argument(
            "--faults", choices=SETS, default="usual", help="what is wrong in the files; usual: can be stored"
        )
        faults.add_argument(
            "--clean", action="store_const", const="none", dest="faults", help="the same as --faults none"
        )
        parser.add_argument("--format", choices=FORMATS, default="csv", help="how the tables are written")
        parser.add_argument("--out", type=Path, required=True, help="the folder to write into")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write the folders and say how many rows each holds."""
        as_at = options["as_at"] or timezone.localdate().replace(day=1) - timedelta(days=1)
        for profile in _profiles(options["like"]):
            folder = options["out"] / profile.code if options["like_all"] else options["out"]
            tables = _made(profile, as_at, options)
            _write(tables, folder, options["format"])
            rows = sum(table.num_rows for table in tables.values())
            self.stdout.write(f"{profile.name}: {rows:,} rows in {len(tables)} files, as at {as_at.isoformat()}")


def _made(profile: AreaProfile, as_at: date, options: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return synthesise(profile, years=options["years"], seed=options["seed"], as_at=as_at, faults=options["faults"])
    except ValueError as error:
        raise CommandError(str(error)) from error


def _write(tables: Mapping[str, Any], folder: Path, how: str) -> None:
    try:
        write_folder(tables, folder, how=how)
    except OSError as error:
        raise CommandError(f"{folder} cannot be written: {error.strerror}") from error


def _profiles(like: str | None) -> Iterator[AreaProfile]:
    if like is None:
        return all_profiles()
    try:
        return iter([profile_for(like)])
    except UnknownAreaError as error:
        raise CommandError(str(error)) from error
