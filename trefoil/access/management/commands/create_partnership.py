"""`trefoil create_partnership`: the first thing in an installation, after the national figures."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_slug
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from trefoil.people.enums import Colour, DutyKind
from trefoil.people.models import Area, Partnership, Person
from trefoil.people.operations import create_partnership, give_duty

# The first words of addresses that belong to no partnership.
TAKEN_WORDS = {"account", "accessibility", "health", "static"}


class Command(BaseCommand):
    help = "Make a partnership for an authority of the national figures, and its first business manager."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("area", help="the authority's name, such as Leeds")
        parser.add_argument("--manager", required=True, help="e-mail address of the account of its business manager")
        parser.add_argument("--name", default="", help="default: the area's name and Safeguarding Children Partnership")
        parser.add_argument("--slug", default="", help="its word in addresses; default: made from the area's name")
        parser.add_argument("--colour", default=Colour.NAVY, choices=Colour.values)

    @transaction.atomic
    def handle(self, *_args: Any, area: str, manager: str, **options: Any) -> None:
        found = Area.objects.filter(name__iexact=area).first()
        if found is None:
            raise CommandError(
                f"no area is called “{area}”; load the national figures first: trefoil load_national_pack"
            )
        person = Person.objects.filter(email=manager.lower()).first()
        if person is None:
            raise CommandError(f"there is no account under {manager}; make it first: trefoil create_person")
        slug = _free_slug(options["slug"] or slugify(found.name))
        now = timezone.now()
        partnership = create_partnership(
            slug=slug,
            name=options["name"] or f"{found.name} Safeguarding Children Partnership",
            short_name=found.name,
            area=found,
            colour=Colour(options["colour"]),
            by=None,
            now=now,
        )
        give_duty(
            person=person,
            partnership=partnership,
            kind=DutyKind.BUSINESS_MANAGER,
            starts_on=timezone.localdate(now),
            by=None,
            now=now,
        )
        self.stdout.write(f"{partnership.name} is at /{slug}/. {person.name} is its business manager.")


def _free_slug(slug: str) -> str:
    try:
        validate_slug(slug)
    except ValidationError as error:
        raise CommandError(f"“{slug}” cannot stand in an address; use letters, numbers and hyphens") from error
    if slug in TAKEN_WORDS:
        raise CommandError(f"“{slug}” is the address of a page of Trefoil; choose another with --slug")
    if Partnership.objects.filter(slug=slug).exists():
        raise CommandError(f"there is a partnership “{slug}” already")
    return slug
