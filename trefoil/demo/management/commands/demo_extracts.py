"""`trefoil demo_extracts`: the child-level extracts of the invented borough, sent to the worker once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from trefoil.demo.borough import read_toml
from trefoil.demo.fairmead_extracts import send_extracts
from trefoil.people.models import Partnership


class Command(BaseCommand):
    help = "Invent Fairmead's child-level extracts and queue them for `trefoil work`, unless they are there."

    def handle(self, *_args: Any, **_options: Any) -> None:
        slug = read_toml("fairmead.toml")["partnership"]["slug"]
        fairmead = Partnership.objects.filter(slug=slug).select_related("area").first()
        if fairmead is None:
            raise CommandError("Fairmead is not there yet: run `trefoil demo` first")
        send_extracts(fairmead, now=timezone.now(), say=self.stdout.write)
