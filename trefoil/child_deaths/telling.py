"""Who hears what of a death. A message names no child and no reference: something waits, and the list is where to look.

Called inside the operation that it tells of; `heard_by` by the run of the clocks (the setting RESTRICTED_CLOCKS_TELL).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone

from trefoil.clocks.telling import Hearing
from trefoil.notifications.enums import MessageKind
from trefoil.notifications.operations import queue_message
from trefoil.people.models import Duty, Partnership, Person
from trefoil.reviews.models import reading_on

from .enums import ReaderRole
from .models import Death, DeathReader
from .rules import READING, RUNNING, leads_on

READ, LEFT = "A time limit of a record that you read", "A time limit of a record that nobody runs any more"


def list_path(slug: str) -> str:
    """Where every message leads: the page that asks again who may read."""
    return reverse("death_list", args=[slug])


def tell(partnership: Partnership, person: Person, key: str, words: str, *, by: Person, now: datetime) -> None:
    """A message to one person that names nothing."""
    queue_message(
        person=person,
        partnership=partnership,
        kind=MessageKind.OTHER,
        words=words,
        path=list_path(partnership.slug),
        key=f"death:{key}",
        by=by,
        now=now,
    )


def tell_leads(death: Death, key: str, words: str, *, by: Person, now: datetime) -> None:
    """The same to who runs its review; where nobody does, to everybody who may."""
    for person in leads_or_designated([death], timezone.localdate(now))[death.pk]:
        if person != by:
            tell(death.partnership, person, key, words, by=by, now=now)


def leads_or_designated(deaths: Iterable[Death], day: date) -> Mapping[int, list[Person]]:
    """Who answers for each death on a day, by its key: who runs its review, else everybody who may. Two queries."""
    rows = list(deaths)
    leads, able = _by_death(leads_on(day), rows), designated((one.partnership_id for one in rows), day)
    return {one.pk: leads[one.pk] or able[one.partnership_id] for one in rows}


def designated(partnerships: Iterable[int], day: date) -> Mapping[int, list[Person]]:
    """Who may run the review of a death, for each partnership. One query."""
    found: dict[int, list[Person]] = defaultdict(list)
    duties = Duty.objects.in_force_on(day).filter(partnership__in=set(partnerships), kind__in=RUNNING)
    for duty in duties.select_related("person").order_by("person_id", "pk"):
        if duty.person not in found[duty.partnership_id]:
            found[duty.partnership_id].append(duty.person)
    return found


def heard_by(subjects: Iterable[str], now: datetime) -> Mapping[str, Hearing]:
    """Who runs each review; of what is late who works on it too. Where nobody runs it, everybody who may.

    By subject. Four queries, however many deaths.
    """
    today = timezone.localdate(now)
    references = {one.removeprefix("death:") for one in subjects}
    deaths = list(Death.objects.filter(reference__in=references).select_related("partnership"))
    leads, team = _by_death(leads_on(today), deaths), _by_death(_team_on(today), deaths)
    able = designated((one.partnership_id for one in deaths), today)
    found = {}
    for one in deaths:
        path, own = list_path(one.partnership.slug), leads[one.pk]
        people = own or able[one.partnership_id]
        found[one.subject] = Hearing(people, team[one.pk], READ if own else LEFT, path)
    return found


def _team_on(day: date) -> QuerySet[DeathReader]:
    """Who works on a review on a day and still holds a duty for it."""
    there = Duty.objects.in_force_on(day).filter(
        person=OuterRef("person"), partnership=OuterRef("death__partnership"), kind__in=READING
    )
    return DeathReader.objects.filter(reading_on(day), Exists(there), role=ReaderRole.TEAM)


def _by_death(readers: QuerySet[DeathReader], deaths: Iterable[Death]) -> Mapping[int, list[Person]]:
    found: dict[int, list[Person]] = defaultdict(list)
    for one in readers.filter(death__in=list(deaths)).select_related("person"):
        found[one.death_id].append(one.person)
    return found
