"""`trefoil delete_old_drafts`: for a daily or weekly timer."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ...operations import delete_old_drafts


class Command(BaseCommand):
    help = "Delete drafts of forms that were not sent and not touched for 90 days."

    def handle(self, *_args: Any, **_options: Any) -> None:
        number = delete_old_drafts(by=None, now=timezone.now())
        self.stdout.write(f"{number} {'draft' if number == 1 else 'drafts'} deleted")
