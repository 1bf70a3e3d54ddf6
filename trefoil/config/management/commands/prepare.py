"""`trefoil prepare`: everything the database needs before the first page is served. Safe to run again."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Bring the database up to date: its tables, and the table of the shared cache that counts sign-in tries."

    def handle(self, *_args: Any, verbosity: int = 1, **_options: Any) -> None:
        call_command("migrate", verbosity=verbosity, interactive=False)
        call_command("createcachetable", verbosity=verbosity)
        self.stdout.write("The database is ready")
