"""What needs somebody: which returns, in which order, with which reason."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from tests.workspace.fairmead import Fairmead, ask
from trefoil.access.enums import Permission
from trefoil.access.operations import break_glass
from trefoil.access.queries import standing_of
from trefoil.indicators.enums import FigureSource
from trefoil.indicators.models import AgencyReturn
from trefoil.indicators.operations.figures import load_figures
from trefoil.indicators.operations.returns import query_return, submit_return
from trefoil.indicators.periods import Period
from trefoil.indicators.rows import FigureRow, Finding, Place, Severity
from trefoil.people.models import Person
from trefoil.workspace.needs import Need, needs_of


def needs(fairmead: Fairmead, person: Person, now: datetime) -> list[Need]:
    return needs_of(standing_of(person, fairmead.world.fairmead, now=now), now=now)


def hand_in(fairmead: Fairmead, agency_return: AgencyReturn, now: datetime, faults: int = 0) -> None:
    """Alice enters a figure, with so many faults in it, and submits it."""
    period = Period(agency_return.period_start, agency_return.period_end)
    findings = [
        Finding(Severity.FAULT, "parts", Place(row=2), "3", "4", f"The parts do not add up ({number}).")
        for number in range(faults)
    ]
    row = FigureRow(indicator="FD01", period=period, numerator=Decimal(3), place=Place(row=2))
    load_figures(
        agency_return=agency_return,
        rows=[row],
        findings=findings,
        source=FigureSource.FORM,
        by=fairmead.world.alice,
        now=now,
    )
    submit_return(agency_return=agency_return, by=fairmead.world.alice, now=now)


def test_needs_of_an_agency_put_the_late_return_first(fairmead: Fairmead) -> None:
    first, second = needs(fairmead, fairmead.world.alice, timezone.now())
    assert (first.words, second.words) == ("Late", "Due")
    assert "12 days ago" in first.reason
    assert "It is due on" in second.reason


def test_needs_of_another_agency_hold_nothing(fairmead: Fairmead) -> None:
    assert needs(fairmead, fairmead.world.dana, timezone.now()) == []


def test_needs_leave_out_a_return_that_opens_later(fairmead: Fairmead) -> None:
    earlier = datetime(2020, 3, 1, tzinfo=UTC)
    assert needs(fairmead, fairmead.world.alice, earlier) == []


def test_needs_of_the_manager_name_late_agencies_in_one_line(fairmead: Fairmead) -> None:
    now = timezone.now()
    world = fairmead.world
    ask(world, world.police, now, due_on=timezone.localdate(now) - timedelta(days=3), month=5)
    (need,) = needs(fairmead, world.manager, now)
    assert need.title == "2 returns are late"
    assert "Fairmead Children's Services and Fairmead Police" in need.reason


def test_needs_of_the_analyst_hold_what_was_handed_in_with_its_faults(fairmead: Fairmead) -> None:
    now = timezone.now()
    hand_in(fairmead, fairmead.due, now, faults=2)
    judge, chase = needs(fairmead, fairmead.world.analyst, now)
    assert judge.action == "Check the return"
    assert (
        "Query it: 2 faults in its figures wait for the agency’s answer, so it cannot be approved yet." in judge.reason
    )
    assert "or approve it" not in judge.reason
    assert chase.title == "1 return is late"


def test_needs_of_the_analyst_offer_to_approve_what_has_no_fault(fairmead: Fairmead) -> None:
    now = timezone.now()
    hand_in(fairmead, fairmead.due, now)
    judge = needs(fairmead, fairmead.world.analyst, now)[0]
    assert judge.reason.endswith("Query it or approve it.")


def test_needs_of_the_agency_repeat_the_analysts_question(fairmead: Fairmead) -> None:
    now = timezone.now()
    hand_in(fairmead, fairmead.due, now, faults=1)
    query_return(agency_return=fairmead.due, reason="Is 3 the whole month?", by=fairmead.world.analyst, now=now)
    _, queried = needs(fairmead, fairmead.world.alice, now)
    assert queried.words == "Queried"
    assert "The analyst asks: “Is 3 the whole month?”" in queried.reason
    assert "1 fault in its figures" in queried.reason


def test_needs_show_running_emergency_access_to_those_who_watch_it(fairmead: Fairmead) -> None:
    now = timezone.now()
    break_glass(
        partnership=fairmead.world.fairmead,
        permission=Permission.READ_ALL_RETURNS,
        reason="A child may be at risk tonight.",
        lasting=timedelta(hours=1),
        by=fairmead.world.bob,
        now=now,
    )
    later = now + timedelta(minutes=1)
    assert needs(fairmead, fairmead.world.manager, later)[0].title == "Bob has emergency access"
    assert needs(fairmead, fairmead.world.bob, later)[0].title == "Your emergency access is open"
    assert "Bob" not in " ".join(need.title for need in needs(fairmead, fairmead.world.analyst, later))
    assert not [
        need for need in needs(fairmead, fairmead.world.manager, now + timedelta(hours=2)) if "Bob" in need.title
    ]
