"""`trefoil delete_old_messages`: for a daily or weekly timer."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ...operations import delete_old_messages


class Command(BaseCommand):
    help = "Delete messages, and the letters that told of them, that are more than 400 days old."

    def handle(self, *_args: Any, **_options: Any) -> None:
        number = delete_old_messages(by=None, now=timezone.now())
        self.stdout.write(f"{number} {'message' if number == 1 else 'messages'} deleted")
