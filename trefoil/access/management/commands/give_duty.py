"""`trefoil give_duty`: what a person is there to do in a partnership. How the first business manager gets in."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from trefoil.access.arguments import day
from trefoil.people.enums import DUTIES_FOR_AN_AGENCY, DutyKind
from trefoil.people.models import Agency, Partnership, Person
from trefoil.people.operations import give_duty


class Command(BaseCommand):
    help = "Give a person a duty in a partnership, from today unless another day is named."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("partnership", help="the partnership's word in addresses, such as fairmead")
        parser.add_argument("duty", choices=DutyKind.values)
        parser.add_argument("--agency", default="", help="the agency's name, for duties held for one agency")
        parser.add_argument("--from", dest="starts_on", type=day, help="first day, as 2026-04-01")
        parser.add_argument("--until", dest="ends_on", type=day, help="last day, as 2027-03-31")

    def handle(self, *_args: Any, **options: Any) -> None:
        now = timezone.now()
        kind = DutyKind(options["duty"])
        starts_on = options["starts_on"] or timezone.localdate(now)
        if options["ends_on"] and options["ends_on"] < starts_on:
            raise CommandError("the last day is before the first")
        if kind in DUTIES_FOR_AN_AGENCY and not options["agency"]:
            raise CommandError(f"“{kind.label}” is held for an agency: name it with --agency")
        duty = give_duty(
            person=_person(options["email"]),
            partnership=_partnership(options["partnership"]),
            kind=kind,
            agency=_agency(options["agency"]) if options["agency"] else None,
            starts_on=starts_on,
            ends_on=options["ends_on"],
            by=None,
            now=now,
        )
        self.stdout.write(f"{duty.person.name}: {kind.label} in {duty.partnership.name} from {starts_on:%d %B %Y}")


def _person(email: str) -> Person:
    person = Person.objects.filter(email=email.lower()).first()
    if person is None:
        raise CommandError(f"there is no account under {email}")
    return person


def _partnership(slug: str) -> Partnership:
    partnership = Partnership.objects.filter(slug=slug).first()
    if partnership is None:
        known = ", ".join(Partnership.objects.values_list("slug", flat=True)) or "none yet"
        raise CommandError(f"there is no partnership “{slug}”; there are: {known}")
    return partnership


def _agency(name: str) -> Agency:
    agency = Agency.objects.filter(name=name).first()
    if agency is None:
        raise CommandError(f"there is no agency called “{name}”")
    return agency
