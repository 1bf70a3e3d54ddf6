"""`trefoil seal_again`: after a new key was put in front of TREFOIL_FIELD_KEYS, so that the old one can go."""

from typing import Any

from django.core.management.base import BaseCommand

from trefoil.access.sign_in import seal_second_factors_again


class Command(BaseCommand):
    help = "Seal every stored secret with the newest key in TREFOIL_FIELD_KEYS. Safe to run twice."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{seal_second_factors_again()} sealed with the newest key")
