"""Who is told that a clock is due soon or late, and in which words. Asks the database once for many clocks."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string

from trefoil.notifications.enums import MessageKind
from trefoil.notifications.operations import NewMessage
from trefoil.people.enums import DutyKind
from trefoil.people.models import Duty, Partnership, Person

from .enums import Kind
from .models import Clock
from .reckoning.words import moment_words

# A leaver's or nobody's clock is not left alone: whoever holds one of these duties hears of it.
_MANAGERS = DutyKind.BUSINESS_MANAGER


@dataclass(frozen=True)
class Hearing:
    """Who hears of the clocks of one record for named readers, what the message calls a clock, and where it leads.

    `late_too` are those who hear only of late ones. Neither words nor path may tell what the record is about. Who reads
    it in another partnership than the clock's is `elsewhere`, by key: their partnership, and the path there.
    """

    people: Sequence[Person]
    late_too: Sequence[Person]
    name: str
    path: str
    elsewhere: Mapping[int, tuple[Partnership, str]] = field(default_factory=dict)

    def of(self, *, is_late: bool) -> list[Person]:
        """Each once."""
        return list(dict.fromkeys([*self.people, *self.late_too])) if is_late else list(self.people)


def hearings_of(clocks: Iterable[Clock], now: datetime) -> Mapping[str, Hearing]:
    """By subject, for the restricted clocks of records that the setting RESTRICTED_CLOCKS_TELL knows."""
    found: dict[str, Hearing] = {}
    for beginning, heard_by in settings.RESTRICTED_CLOCKS_TELL.items():
        subjects = {one.subject for one in clocks if one.is_restricted and one.subject.startswith(beginning)}
        if subjects:
            found |= import_string(heard_by)(subjects, now)
    return found


class Audience:
    """Who hears of which of these clocks: read at once for all of them, in one query."""

    def __init__(self, clocks: Sequence[Clock], now: datetime) -> None:
        self._there: set[tuple[int, int]] = set()
        self._leads: dict[tuple[int, int], list[Person]] = defaultdict(list)
        self._managers: dict[int, list[Person]] = defaultdict(list)
        owners = {clock.person_id for clock in clocks} - {None}
        wanted = Q(kind__in=[DutyKind.AGENCY_LEAD, _MANAGERS]) | Q(person__in=owners)
        duties = Duty.objects.in_force_on(timezone.localdate(now)).filter(wanted)
        partnerships = {clock.partnership_id for clock in clocks}
        for duty in duties.filter(partnership__in=partnerships).select_related("person").order_by("person_id", "pk"):
            self._there.add((duty.partnership_id, duty.person_id))
            if duty.kind == _MANAGERS:
                self._managers[duty.partnership_id].append(duty.person)
            elif duty.kind == DutyKind.AGENCY_LEAD and duty.agency_id is not None:
                self._leads[duty.partnership_id, duty.agency_id].append(duty.person)

    def of(self, clock: Clock, *, is_late: bool) -> list[Person]:
        """The person who owes it, else the agency's safeguarding leads, else the managers, who hear of late ones too.

        Of a restricted clock nobody hears but its owner; of those about records for named readers see `hearings_of`.
        """
        owner = clock.person
        owners = [owner] if owner and (clock.partnership_id, owner.pk) in self._there else []
        if clock.is_restricted:
            return owners
        managers = self._managers[clock.partnership_id]
        found = owners or self._leads[clock.partnership_id, clock.agency_id or 0] or managers
        return [*found, *(one for one in managers if one not in found)] if is_late else found


def messages_about(clocks: Sequence[Clock], now: datetime) -> Iterator[NewMessage]:
    """What is said of these clocks, to each who hears of it. The key holds the date: a date that moved is said anew."""
    audience, hearings = Audience(clocks, now), hearings_of(clocks, now)
    for clock in clocks:
        if clock.due_at is None:
            continue
        is_late = clock.kind != Kind.MIN and now > clock.due_at
        hearing = hearings.get(clock.subject) if clock.is_restricted else None
        hearers = hearing.of(is_late=is_late) if hearing else audience.of(clock, is_late=is_late)
        if not hearers:
            continue
        words = words_about(clock, clock.due_at, is_late=is_late, name=hearing.name if hearing else "")
        path = hearing.path if hearing else reverse("clock_detail", args=[clock.partnership.slug, clock.pk])
        key = f"clock:{clock.pk}:{'late' if is_late else 'soon'}:{int(clock.due_at.timestamp())}"
        elsewhere = hearing.elsewhere if hearing else {}
        for person in hearers:
            place, way = elsewhere.get(person.pk, (clock.partnership, path))
            yield NewMessage(person, place, MessageKind.CLOCK, words, way, key)


def words_about(clock: Clock, due_at: datetime, *, is_late: bool, name: str = "") -> str:
    """One whole sentence. A restricted clock is not named, unless `name` says how to speak of it."""
    name = name or ("A time limit of yours" if clock.is_restricted else f"“{clock.label}”")
    day = moment_words(due_at)
    if clock.kind == Kind.MIN:
        return f"{name} may happen from {day} on."
    return f"{name} was due on {day} and is late." if is_late else f"{name} is due on {day}."


def count_late(clocks: Iterable[Clock], now: datetime) -> int:
    """How many of these are past their date."""
    return sum(clock.due_at is not None and clock.kind != Kind.MIN and now > clock.due_at for clock in clocks)
