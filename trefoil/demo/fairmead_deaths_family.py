"""Of Fairmead's child deaths: support for a family, one passed on to the child's home area, the partners' reports."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from trefoil.child_deaths.models import Death
from trefoil.child_deaths.operations.family import note_family_support, pass_on
from trefoil.child_deaths.operations.reports import note_report
from trefoil.child_deaths.operations.retention import set_death_retention
from trefoil.people.models import Partnership, Person


def support_family(death: Death, words: dict[str, Any], *, told_on: date, now: datetime) -> None:
    """Who stays beside the family, and what they were offered."""
    given = {"key_worker": words["key_worker"], "words": words["support"]}
    note_family_support(death=death, told_on=told_on, by=death.recorded_by, now=now, **given)


def pass_home(death: Death, words: dict[str, Any], *, passed_on: date, now: datetime) -> None:
    """The review is that of the area where the child normally lived."""
    pass_on(death=death, to=words["to"], words=words["passed"], passed_on=passed_on, by=death.recorded_by, now=now)


def keep_and_report(
    partnership: Partnership, titles: Sequence[str], days: Sequence[date], *, by: Person, now: datetime
) -> None:
    """How long the partners keep their records; and their reports, each with its day."""
    policy = "Records policy of the child death review partners, agreed by the executive."
    set_death_retention(partnership=partnership, years=15, why=policy, by=by, now=now)
    for title, day in zip(titles, days, strict=True):
        note_report(partnership=partnership, title=title, address="", published_on=day, by=by, now=now)
