"""`trefoil create_person`: an account for somebody, and the link with which they set their password."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils import timezone

from trefoil.access.sign_in import mail_set_password_link, set_password_link
from trefoil.people.models import Agency, Person
from trefoil.people.operations import create_person


class Command(BaseCommand):
    help = "Make an account. Prints a link, good once and for two days, with which the person sets a password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("--job-title", default="")
        parser.add_argument("--agency", default="", help="the agency's name")
        parser.add_argument("--mail", action="store_true", help="send the link to the person instead of printing it")

    def handle(self, *_args: Any, **options: Any) -> None:
        email = _checked_email(options["email"])
        person = create_person(
            email=email,
            name=options["name"],
            job_title=options["job_title"],
            agency=_agency(options["agency"]),
            by=None,
            now=timezone.now(),
        )
        if options["mail"]:
            mail_set_password_link(person)
            self.stdout.write(f"{person.name} has an account. The link went to {person.email}.")
        else:
            self.stdout.write(f"{person.name} has an account. To set a password, once, within two days:")
            self.stdout.write(set_password_link(person))


def _checked_email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError as error:
        raise CommandError(f"“{text}” is not an e-mail address") from error
    if Person.objects.filter(email=text.lower()).exists():
        raise CommandError(f"there is an account under {text} already")
    return text


def _agency(name: str) -> Agency | None:
    if not name:
        return None
    agency = Agency.objects.filter(name=name).first()
    if agency is None:
        raise CommandError(f"there is no agency called “{name}”")
    return agency
