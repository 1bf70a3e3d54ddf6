"""`trefoil remove_second_factor`: for somebody who lost their phone, their passkeys and their recovery codes."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from trefoil.access.sign_in import remove_second_factor
from trefoil.people.models import Person


class Command(BaseCommand):
    help = "Remove every second factor of an account, after you have made sure by another way who is asking."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *_args: Any, email: str, **_options: Any) -> None:
        person = Person.objects.filter(email=email.lower()).first()
        if person is None:
            raise CommandError(f"there is no account under {email}")
        removed = remove_second_factor(person=person, by=None, now=timezone.now())
        self.stdout.write(f"{person.name}: {removed} removed")
