"""A value for every part of every URL of child deaths. Whoever asks reads the review that the page is about.

`asking` is `tests.repository.url_samples.Asking`: the world, the moment, and who is going to ask.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.child_deaths.made import CHILD, gathering, notified, panel, reading, who
from tests.reviews.samples import _reader, _spare
from trefoil.access.enums import Permission
from trefoil.access.queries import standing_of
from trefoil.child_deaths.enums import ReaderRole
from trefoil.child_deaths.models import Death, DeathAsking, InformationRequest, Panel
from trefoil.child_deaths.operations.panels import seat_member
from trefoil.child_deaths.operations.readers import ask_for_access
from trefoil.child_deaths.operations.reports import note_report
from trefoil.child_deaths.operations.requests import ask_agency
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person

Sample = Callable[[Any], Any]


def mine(asking: Any) -> InformationRequest:
    """A review that the asking person reads, and for which they were asked what their agency knows."""
    person, manager, now = _reader(asking), asking.world.manager, timezone.now()
    known = InformationRequest.objects.filter(person=person).first()
    if known is not None:
        return known
    # The same child twice is refused, so each who asks after the first has another.
    child = who(child_name=f"{CHILD} of {person.name}") if Death.objects.filter(recorded_by=manager).exists() else who()
    death = gathering(asking.world, now, identity=child)
    if person != manager:
        role = ReaderRole.LEAD if _runs(person, asking) else ReaderRole.TEAM
        reading(death, person, now, role=role, sees_identity=True)
    return ask_agency(death=death, agency=asking.world.social_care, person=person, by=manager, now=now)


def _runs(person: Person, asking: Any) -> bool:
    """Whether they may run the review of a death."""
    return standing_of(person, asking.world.fairmead, now=asking.now).may(Permission.RUN_DEATHS)


def unread(asking: Any) -> Death:
    """One that somebody else runs and the asking person does not read."""
    known = Death.objects.filter(recorded_by=_spare(asking), askings=None).first()
    return known or notified(asking.world, timezone.now(), by=_spare(asking), identity=who(child_name="Another Name"))


def untaken(asking: Any) -> Death:
    """One that nobody runs."""
    known = Death.objects.filter(readers=None).first()
    bob = asking.world.bob
    return known or notified(asking.world, timezone.now(), by=bob, identity=who(child_name="Not Taken Up"))


def double(asking: Any) -> str:
    """Another notification that is alike."""
    death = mine(asking).death
    name = "Linet Ashgrove-Pyke"
    known = Death.objects.exclude(pk=death.pk).filter(recorded_by=asking.world.bob).last()
    return (
        known or notified(asking.world, timezone.now(), by=asking.world.bob, identity=who(child_name=name))
    ).reference


def _asked(asking: Any) -> int:
    """A request that waits, of a death whose review the asking person runs, or else the manager."""
    runner = asking.person if _runs(asking.person, asking) else asking.world.manager
    known = DeathAsking.objects.filter(death__recorded_by=runner).first()
    if known is not None:
        return known.pk
    now, partner = timezone.now(), asking.world.holder[DutyKind.SAFEGUARDING_PARTNER]
    death = notified(asking.world, now, by=runner, identity=who(child_name=f"Asked After {runner.name}"))
    return ask_for_access(death=death, reason="The partner has to see it.", by=partner, now=now).pk


def the_panel(asking: Any) -> Panel:
    """A panel on which the asking person is."""
    known = Panel.objects.first() or panel(asking.world, timezone.now())
    person, now = _reader(asking), timezone.now()
    if not known.members.filter(person=person).exists():
        ends_on = timezone.localdate(now) + timedelta(days=30)
        seat_member(panel=known, person=person, ends_on=ends_on, by=asking.world.manager, now=now)
    return known


def _report(asking: Any) -> int:
    """A report of the partners."""
    given = {"partnership": asking.world.fairmead, "title": "Two years of reviews", "address": ""}
    day, now = timezone.localdate(), timezone.now()
    return note_report(published_on=day, by=asking.world.manager, now=now, **given).pk


def _reference(asking: Any) -> str:
    return mine(asking).death.reference


_ONE = [
    *("death_detail", "death_trail", "death_identity", "death_identity_change", "death_correct", "death_withdraw"),
    *("death_undo", "death_apart", "death_reader_new", "death_reader_end", "death_response", "death_step"),
    *("request_new", "reply_detail", "request_withdraw", "death_meeting", "death_paper", "death_put"),
    *("death_support", "death_pass_on", "death_practice_link", "death_hand_over"),
    *("death_analysis", "death_learn", "death_recommend", "death_practice_review", "death_close", "death_delete"),
]
DEATH_SAMPLES: dict[tuple[str, str], Sample] = {
    **{(name, "reference"): _reference for name in _ONE},
    ("death_ask", "reference"): lambda asking: unread(asking).reference,
    ("death_take_up", "reference"): lambda asking: untaken(asking).reference,
    ("death_apart", "other"): double,
    ("death_answer", "pk"): _asked,
    ("death_reader_end", "pk"): lambda asking: mine(asking).death.readers.earliest("pk").pk,
    **{(name, "agency"): lambda asking: mine(asking).agency_id for name in ("reply_detail", "request_withdraw")},
    ("death_report_back", "pk"): _report,
    ("death_step", "code"): lambda _asking: "contacts",
    **{(f"panel_{name}", "pk"): lambda asking: the_panel(asking).pk for name in ("detail", "member_new", "member_end")},
    ("panel_member_end", "member"): lambda asking: the_panel(asking).members.latest("pk").pk,
}
