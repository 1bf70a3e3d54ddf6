"""A large installation of governance, built by bulk inserts, and its pages asked for in this process."""

import time
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from random import Random

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from trefoil.clocks.models import Clock
from trefoil.clocks.reckoning.kinds import Kind, Unit
from trefoil.clocks.rulebook.loader import rulebook
from trefoil.meetings.enums import MeetingState
from trefoil.meetings.models import Meeting
from trefoil.people.enums import AgencyKind, AreaKind, DutyKind, GroupKind, GroupRole, Sector
from trefoil.people.models import Agency, Area, Duty, Group, GroupMember, Membership, Partnership, Person
from trefoil.plan.enums import ActionState, SourceKind
from trefoil.plan.models import Action, ActionMove

from .governance_past import moves, recommendations

AGENCIES = 10
RECOMMENDED = 25  # one recommendation for so many actions
MEETINGS_OF_A_GROUP = 12
PAGES = {
    "My work": ("my_work", ""),
    "Home": ("partnership_home", ""),
    "Calendar, this month": ("calendar_page", ""),
    "Calendar, last month": ("calendar_page", "?month={before}"),
    "Calendar, what is mine": ("calendar_page", "?mine=on"),
    "Plan as a table": ("action_list", ""),
    "Plan as a table, by a word": ("action_list", "?state=all&words=look+again"),
    "Plan as a board": ("action_board", ""),
    "Clocks": ("clock_list", ""),
    "What agencies owe": ("owes", ""),
}
# A plan that has run for years: most of it is over.
STATES = [ActionState.CLOSED] * 10 + [ActionState.UNDER_WAY] * 5 + [ActionState.ACCEPTED, ActionState.PROPOSED]
STATES += [ActionState.DONE, ActionState.REFUSED, ActionState.WITHDRAWN]


@dataclass(frozen=True)
class Share:
    """How much of the installation one partnership holds."""

    groups: int
    actions: int
    clocks: int


def build(partnerships: int, groups: int, actions: int, clocks: int, part: int = 5) -> dict[str, int]:
    """Everything in one database. The first partnership holds a fifth (a `part`th) of it, the others share the rest."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    now, chance = timezone.now(), Random(11)  # noqa: S311  the same installation each time, no secret
    fifth = Share(groups // part, actions // part, clocks // part)
    others = max(1, partnerships - 1)
    rest = Share(
        (groups - fifth.groups) // others, (actions - fifth.actions) // others, (clocks - fifth.clocks) // others
    )
    with transaction.atomic():
        for number in range(partnerships):
            _partnership(number, fifth if number == 0 else rest, now, chance)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {
        "meetings": Meeting.objects.count(),
        "actions": Action.objects.count(),
        "moves": ActionMove.objects.count(),
        "clocks": Clock.objects.count(),
        "groups": Group.objects.count(),
    }


def _partnership(number: int, share: Share, now: datetime, chance: Random) -> None:
    area = Area.objects.create(code=f"X98{number:06d}", name=f"Borough {number}", kind=AreaKind.INVENTED)
    name = f"Borough {number} Safeguarding Children Partnership"
    held = Partnership.objects.create(
        slug=f"borough-{number}", name=name, short_name=f"Borough {number}", area=area, is_invented=True
    )
    agencies = Agency.objects.bulk_create(
        Agency(name=f"Agency {one} of {area}", sector=list(Sector)[one % len(Sector)], is_invented=True)
        for one in range(AGENCIES)
    )
    since = timezone.localdate(now) - timedelta(days=900)
    Membership.objects.bulk_create(
        Membership(partnership=held, agency=agency, kind=AgencyKind.SAFEGUARDING_PARTNER, starts_on=since)
        for agency in agencies
    )
    people = _people(number, held, agencies, now)
    _meetings(held, people, share.groups, now)
    _actions(held, agencies, people, share, now=now, chance=chance)


def _people(number: int, held: Partnership, agencies: list[Agency], now: datetime) -> list[Person]:
    """A business manager, and two safeguarding leads of each agency."""
    since = timezone.localdate(now) - timedelta(days=900)
    people = Person.objects.bulk_create(
        Person(
            email=f"p{number}-{one}@example.org",
            name=f"Person {one} of {number}",
            agency=agencies[one % AGENCIES],
            joined_at=now,
            is_invented=True,
        )
        for one in range(2 * AGENCIES)
    )
    Duty.objects.bulk_create(
        Duty(
            person=person,
            partnership=held,
            kind=DutyKind.AGENCY_LEAD if place else DutyKind.BUSINESS_MANAGER,
            agency=person.agency if place else None,
            starts_on=since,
            given_at=now,
        )
        for place, person in enumerate(people)
    )
    return people


def _meetings(held: Partnership, people: list[Person], number: int, now: datetime) -> None:
    groups = Group.objects.bulk_create(
        Group(partnership=held, slug=f"group-{one}", name=f"Group {one}", kind=GroupKind.SUBGROUP)
        for one in range(number)
    )
    since = timezone.localdate(now) - timedelta(days=900)
    GroupMember.objects.bulk_create(
        GroupMember(
            group=group,
            person=people[(place + seat) % len(people)],
            role=GroupRole.MEMBER if seat else GroupRole.CHAIR,
            starts_on=since,
        )
        for place, group in enumerate(groups)
        for seat in range(8)
    )
    Meeting.objects.bulk_create(
        (
            Meeting(
                partnership=held,
                group=group,
                starts_at=now + timedelta(days=30 * (turn - MEETINGS_OF_A_GROUP // 2) + place % 30),
                state=MeetingState.HELD if turn < MEETINGS_OF_A_GROUP // 2 else MeetingState.PLANNED,
                quorate=True if turn < MEETINGS_OF_A_GROUP // 2 else None,
            )
            for place, group in enumerate(groups)
            for turn in range(MEETINGS_OF_A_GROUP)
        ),
        batch_size=2000,
    )


def _actions(
    held: Partnership, agencies: list[Agency], people: list[Person], share: Share, *, now: datetime, chance: Random
) -> None:
    """The actions, the time limit of each, and time limits of other records besides."""
    today = timezone.localdate(now)
    asked = recommendations(held, people[0], share.actions // RECOMMENDED, now)
    due = [today + timedelta(days=chance.randrange(-300, 300)) for _ in range(share.actions)]
    made = Action.objects.bulk_create(
        [
            Action(
                partnership=held,
                recommendation=asked[number % len(asked)] if number % 2 else None,
                agency=agencies[number % AGENCIES],
                person=people[number % len(people)],
                source_kind=SourceKind.AUDIT,
                title=f"Action {number}: look again at how it is done",
                due_on=due[number],
                first_due_on=today,
                state=chance.choice(STATES),
                last_word_on=today - timedelta(days=chance.randrange(200)) if number % 3 else None,
                proposed_at=min(now, now + (due[number] - today)) - timedelta(days=chance.randrange(5, 150)),
                proposed_by=people[0],
            )
            for number in range(share.actions)
        ],
        batch_size=2000,
    )
    moves(made, people[0], now, chance)
    over = {ActionState.CLOSED, ActionState.DONE, ActionState.WITHDRAWN, ActionState.REFUSED}
    clocks = [
        _clock(held, "PL-ACTION", one.reference, one, is_over=one.state in over, now=now, chance=chance) for one in made
    ]
    for number in range(share.clocks - share.actions):
        owner = made[number % len(made)]
        about = f"partnership:{held.slug}"
        clocks.append(_clock(held, "PT-YRSEP", about, owner, is_over=chance.random() < 0.8, now=now, chance=chance))
    Clock.objects.bulk_create(clocks, batch_size=2000)


@cache
def _edition(rule: str, today: date) -> str:
    return rulebook().on(rule, today).edition.id


def _clock(
    held: Partnership, rule: str, about: str, owner: Action, *, is_over: bool, now: datetime, chance: Random
) -> Clock:
    due = now + timedelta(days=chance.randrange(-200, 300))
    return Clock(
        partnership=held,
        rule_id=rule,
        edition=_edition(rule, timezone.localdate(now)),
        subject=about,
        label=owner.title,
        agency_id=owner.agency_id,
        person_id=owner.person_id,
        kind=Kind.MAX,
        length=30,
        unit=Unit.CALENDAR_DAYS,
        started_at=due - timedelta(days=30),
        due_at=due,
        soon_at=due - timedelta(days=5),
        next_at=None if is_over else due,
        stopped_at=due if is_over else None,
    )


def readers(number: int) -> list[dict[str, object]]:
    """People of the largest partnership, the business manager first, each with the pages measured."""
    held = Partnership.objects.get(slug="borough-0")
    people = Person.objects.filter(duties__partnership=held).order_by("pk")[:number]
    return [{"pk": person.pk, "pages": _pages(held.slug)} for person in people]


def _pages(slug: str) -> list[tuple[str, str]]:
    before = f"{timezone.localdate().replace(day=1) - timedelta(days=1):%Y-%m}"
    return [
        (name, reverse(url, args=[slug]) + question.format(before=before)) for name, (url, question) in PAGES.items()
    ]


def one_by_one(times: int) -> list[dict[str, object]]:
    """Each page for the business manager and for a lead of the largest partnership, and the X-ray once each."""
    settings.ALLOWED_HOSTS = ["testserver"]
    found: list[dict[str, object]] = []
    for who, place in (("business manager", 0), ("safeguarding lead", 1)):
        account = readers(2)[place]
        client = Client()
        client.post(reverse("demo_sign_in"), {"person": account["pk"]})
        found += [_asked(client, who, kind, address, times) for kind, address in _pages("borough-0")]
    return [*found, _asked(client, who, "X-ray", reverse("xray", args=["borough-0"]), 1)]


def _asked(client: Client, who: str, kind: str, address: str, times: int) -> dict[str, object]:
    """Milliseconds in the middle of so many times, those of them that this process worked, queries, and the size."""
    answer = client.get(address)
    with CaptureQueriesContext(connection) as queries:
        _milliseconds(client, address)
        asked = len(queries)  # at once: the next request empties the list
    spent = [_milliseconds(client, address) for _ in range(times)]
    waited, worked = (sorted(one)[times // 2] for one in zip(*spent, strict=True))
    size = len(answer.content) / 1000
    return {"kind": kind, "who": who, "ms": waited, "worked": worked, "queries": asked, "kb": size}


def _milliseconds(client: Client, address: str) -> tuple[float, float]:
    started, worked = time.perf_counter(), time.process_time()
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    return (time.perf_counter() - started) * 1000, (time.process_time() - worked) * 1000
