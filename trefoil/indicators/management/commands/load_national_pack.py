"""`trefoil load_national_pack`: put the national figures that the project ships into the database."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from trefoil.indicators.operations.national import load_national_pack


class Command(BaseCommand):
    help = "Load published national figures, population, neighbours and ethnicity. The same pack twice changes nothing."

    def handle(self, *_args: Any, **_options: Any) -> None:
        loaded = load_national_pack(by=None, now=timezone.now())
        how = "were already there" if loaded.was_there else "loaded"
        self.stdout.write(f"National figures: {loaded.values:,} published values {how}")
