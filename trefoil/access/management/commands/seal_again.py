"""`trefoil seal_again`: after a new key was put in front of TREFOIL_FIELD_KEYS, so that the old one can go."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.module_loading import import_string


class Command(BaseCommand):
    help = "Seal every stored secret with the newest key in TREFOIL_FIELD_KEYS. Safe to run twice."

    def handle(self, *_args: Any, **_options: Any) -> None:
        number = sum(import_string(seal)() for seal in settings.SEALED_AGAIN)
        self.stdout.write(f"{number} sealed with the newest key")
