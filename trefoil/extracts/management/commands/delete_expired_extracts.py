"""`trefoil delete_expired_extracts`: delete every extract that has been kept for as long as its partnership says."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ...retention import delete_expired


class Command(BaseCommand):
    help = (
        "Delete extracts whose retention period has ended (two years, unless the partnership has set another). Daily."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say which would go, and delete nothing")

    def handle(self, *_args: Any, dry_run: bool, **_options: Any) -> None:
        gone = delete_expired(now=timezone.now(), dry_run=dry_run)
        for extract in gone:
            word = "would be deleted" if dry_run else "deleted"
            self.stdout.write(f"{extract.partnership.short_name}: {extract} ({extract.file_name}) {word}")
        self.stdout.write(f"{len(gone)} of the stored extracts {'are' if dry_run else 'were'} due.")
