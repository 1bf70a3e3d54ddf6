"""`trefoil sweep_documents`: remove what a crash left in the folder of documents, and check what should be there."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ...sweeping import sweep


class Command(BaseCommand):
    help = (
        "Remove files that no document names; check that each document's file is there and unchanged (exit 1 if not)."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        swept = sweep(now=timezone.now())
        self.stdout.write(f"Files that no document names, removed: {swept.removed}")
        for version in swept.missing:
            self.stdout.write(f"Missing: {version.document.reference}, {version}. Bring it back from the backup.")
        for version in swept.changed:
            self.stdout.write(f"Changed: {version.document.reference}, {version}. Bring it back from the backup.")
        if swept.missing or swept.changed:
            sys.exit(1)
