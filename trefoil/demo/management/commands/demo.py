"""`trefoil demo`: everything a newcomer needs to look around, in one command."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from trefoil.demo.fairmead import build_fairmead, demo_people
from trefoil.demo.real import NoSuchAreaError, authority_named, build_real
from trefoil.people.models import Partnership


class Command(BaseCommand):
    help = "Prepare the database, load the national figures, and set up one real authority and the invented Fairmead."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--area", default="Barnet", help="a local authority's name (default: Barnet)")

    def handle(self, *_args: Any, area: str, **_options: Any) -> None:
        try:
            authority = authority_named(area)
        except NoSuchAreaError as wrong:
            raise CommandError(str(wrong)) from wrong
        call_command("prepare", verbosity=0, stdout=self.stdout)
        call_command("load_national_pack", stdout=self.stdout)
        now = timezone.now()
        # One transaction: a demo that was interrupted leaves nothing behind, and the next start begins anew.
        with transaction.atomic():
            fairmead = build_fairmead(now=now)
            real = build_real(authority, readers=list(demo_people(fairmead)), now=now)
        self._welcome(fairmead, real)

    def _welcome(self, fairmead: Partnership, real: Partnership) -> None:
        self.stdout.write(f"{real.name}: published figures of a real authority")
        self.stdout.write(f"{fairmead.name}: an invented borough; every person and figure in it is invented")
        self.stdout.write("Sign in with one click as any of:")
        for person in demo_people(fairmead):
            duties = ", ".join(duty.get_kind_display() for duty in person.duties.filter(partnership=fairmead))
            self.stdout.write(f"  {person.name}: {duties}")
