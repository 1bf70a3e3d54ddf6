"""Reviews of the deaths of invented children, built through the operations, and the people around them."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from tests.reviews.made import TEXT, somebody
from tests.world import World
from trefoil.child_deaths.enums import Domain, Expected, Known, ReaderRole, Score, Sex
from trefoil.child_deaths.models import Analysis, Death, DeathReader, Hearing, InformationRequest, Panel
from trefoil.child_deaths.operations.analysis import Factors, close_death, judge_death
from trefoil.child_deaths.operations.deaths import Notice, notify_death
from trefoil.child_deaths.operations.panels import call_panel, put_to_panel, write_paper
from trefoil.child_deaths.operations.readers import put_on
from trefoil.child_deaths.operations.requests import Answered, answer_request, ask_agency
from trefoil.child_deaths.operations.response import Discussed, decide_response, hold_meeting
from trefoil.people.models import Agency, Person
from trefoil.reviews.operations.incidents import Identity

__all__ = ["TEXT", "somebody"]

# Words that stand nowhere else: whatever page holds one of them has given the child away.
CHILD, STORY, ANSWER = "Linnet Ashgrove-Pike", "Found on the kitchen settle", "A nurse called at the blue door."
BORN = date(2026, 8, 2)
PAPER = "A baby of three months, found in the morning. The family was known to health visiting."
ANSWERED = Answered(Known.YES, "A nurse", involvement=ANSWER, factors="Smoke in the home.", care="Seen twice.")


def who(**named: Any) -> Identity:
    """The invented child."""
    given = {"child_name": CHILD, "born_on": BORN, "address": "2 Mill Lane, ZZ9 4QT", "numbers": "NHS 943 476 5919"}
    return Identity(**(given | named))


def notice(now: datetime, **named: Any) -> Notice:
    """Died ten days before; known the next morning."""
    given = {
        "died_on": timezone.localdate(now) - timedelta(days=10),
        "known_at": now - timedelta(hours=20),
        "notifier": "A ward sister, 01632 960001",
        "expected": Expected.UNEXPECTED,
        "sex": Sex.FEMALE,
        "circumstances": f"{STORY} at six in the morning.",
    }
    return Notice(**(given | named))


def notified(world: World, now: datetime, *, by: Person | None = None, another: str = "", **named: Any) -> Death:
    """A death, taken by the manager unless somebody else notifies. `named` are lines of the notice; `identity` too."""
    identity = named.pop("identity", None) or who()
    return notify_death(
        partnership=world.fairmead,
        notice=notice(now, **named),
        identity=identity,
        by=by or world.manager,
        now=now,
        another=another,
    )


def gathering(world: World, now: datetime, *, is_needed: bool = True, **named: Any) -> Death:
    """The joint agency response is decided."""
    death = notified(world, now, **named)
    decide_response(
        death=death,
        met=["JAR-2"] if is_needed else [],
        is_needed=is_needed,
        reasons=TEXT,
        decided_on=timezone.localdate(now),
        deciders="A consultant and a detective",
        by=death.recorded_by,
        now=now,
    )
    return death


def discussed(world: World, now: datetime, **named: Any) -> Death:
    """The review meeting was held, and its report came, on the day of the moment."""
    death, day = gathering(world, now, **named), timezone.localdate(now)
    meeting = Discussed(held_on=day, report_on=day, provider="Fairmead Hospital", words=TEXT, family=TEXT)
    hold_meeting(death=death, meeting=meeting, by=death.recorded_by, now=now)
    return death


def panel(world: World, now: datetime, **named: Any) -> Panel:
    """A panel on the day of the moment."""
    given = {"partnership": world.fairmead, "meets_on": timezone.localdate(now), "by": world.manager, **named}
    return call_panel(now=now, **given)


def heard(world: World, now: datetime, *, before: Panel | None = None, **named: Any) -> Death:
    """It is before a panel, with a paper."""
    death = discussed(world, now, **named)
    write_paper(death=death, words=PAPER, by=death.recorded_by, now=now)
    put_to_panel(death=death, panel=before or panel(world, now), by=death.recorded_by, now=now)
    return death


def hearing(death: Death) -> Hearing:
    return death.hearings.get(undone_at__isnull=True)


def factors(**scores: Score) -> list[Factors]:
    """All four domains: no part, but for those named by letter."""
    return [
        Factors(domain, scores.get(domain.value, Score.NO_PART), words=TEXT if domain.value in scores else "")
        for domain in Domain
    ]


def judged(death: Death, now: datetime, **named: Any) -> Analysis:
    """Category 10, with something in the surroundings that could be changed."""
    changed = Factors(Domain.PHYSICAL, Score.MAY_HAVE, words=TEXT, is_modifiable=True, change=TEXT)
    rows = [changed if one.domain == Domain.PHYSICAL else one for one in factors()]
    given = {"applying": [10], "factors": rows, "words": TEXT, "judged_on": timezone.localdate(now), **named}
    return judge_death(death=death, by=death.recorded_by, now=now, **given)


def closed(world: World, now: datetime, **named: Any) -> Death:
    """The whole of it, on one day."""
    death = heard(world, now, **named)
    judged(death, now)
    close_death(death=death, sent_on=timezone.localdate(now), by=death.recorded_by, now=now)
    return death


def asked(death: Death, agency: Agency, person: Person, now: datetime, **named: Any) -> InformationRequest:
    return ask_agency(death=death, agency=agency, person=person, by=death.recorded_by, now=now, **named)


def answered(request: InformationRequest, now: datetime, *, said: Answered = ANSWERED) -> None:
    answer_request(request=request, answered=said, by=request.person, now=now)


def reading(death: Death, person: Person, now: datetime, **named: Any) -> DeathReader:
    """Somebody who reads the whole of it for a month."""
    given = {"role": ReaderRole.TEAM, "ends_on": now.date() + timedelta(days=30), "reason": TEXT, **named}
    return put_on(death=death, person=person, by=death.recorded_by, now=now, **given)
