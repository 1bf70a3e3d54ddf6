"""`trefoil close_dormant_accounts`: for a daily or weekly timer."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from trefoil.access.operations import close_dormant_accounts


class Command(BaseCommand):
    help = "Close accounts that nobody has signed in with for a number of days. Each goes on the trail."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=int, default=90)

    def handle(self, *_args: Any, days: int, **_options: Any) -> None:
        try:
            closed = close_dormant_accounts(days=days, by=None, now=timezone.now())
        except ValueError as error:
            raise CommandError(str(error)) from error
        for person in closed:
            self.stdout.write(f"Closed: {person.name} <{person.email}>")
        self.stdout.write(f"{len(closed)} closed")
