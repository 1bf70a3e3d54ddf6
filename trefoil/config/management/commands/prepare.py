"""`trefoil prepare`: everything the database needs before the first page is served. Safe to run again."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from trefoil.clocks.operations import reckon_open_clocks


class Command(BaseCommand):
    help = (
        "Bring the database up to date: its tables, the table of the shared cache that counts sign-in tries, and the "
        "dates of clocks that run, where a bank holiday has become known or a limit was put right."
    )

    def handle(self, *_args: Any, verbosity: int = 1, **_options: Any) -> None:
        call_command("migrate", verbosity=verbosity, interactive=False)
        call_command("createcachetable", verbosity=verbosity)
        if moved := reckon_open_clocks(by=None, now=timezone.now()):
            self.stdout.write(f"{moved:,} {'date' if moved == 1 else 'dates'} of clocks worked out again")
        self.stdout.write("The database is ready")
