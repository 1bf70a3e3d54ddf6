"""Terms of reference, the cycle, and whose turn the chair is."""

from datetime import date

import pytest

from tests.meetings.meetings_made import called, cycle, held
from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.meetings.models import Terms
from trefoil.meetings.operations.groups import agree_terms, plan_chairs, write_terms
from trefoil.meetings.queries import cycle_of, draft_of, next_turn, quorum_rule, terms_in_force, turn_on


def written(made, now, **named):
    given = {"purpose": "Lead.", "quorum_number": 2, "by": made.chair, **named}
    return write_terms(group=made.group, now=now, **given)


def test_write_terms_changes_the_draft_until_it_is_agreed(made, now, last) -> None:
    first = written(made, now, quorum_agencies=[made.world.police])
    again = written(made, now, purpose="Lead together.", seen_version=1, quorum_agencies=[made.world.health])
    assert (again.pk, again.number, again.version, again.purpose) == (first.pk, 1, 2, "Lead together.")
    assert [row.agency for row in again.quorum_rows.all()] == [made.world.health]
    assert last(EventType.TERMS_WRITTEN).detail == {"version": 1}
    with pytest.raises(NotAllowedError, match="has saved this since"):
        written(made, now, seen_version=1)
    with pytest.raises(NotAllowedError, match="has saved this since"):
        written(made, now)


def test_agree_terms_makes_them_hold_from_the_meeting_on(made, now, last) -> None:
    terms = written(made, now, quorum_agencies=[made.world.police])
    meeting = held(made, now)
    agree_terms(terms=terms, meeting=meeting, by=made.chair, now=now)
    assert last(EventType.TERMS_AGREED).detail == {"version": 1, "meeting": meeting.pk}
    assert terms_in_force(made.group, now.date()) == terms
    assert terms_in_force(made.group, date(2026, 11, 1)) is None
    assert draft_of(made.group) is None
    assert quorum_rule(terms, []).agencies == ((made.world.police.pk, "Fairmead Police"),)
    assert written(made, now, seen_version=terms.version).number == 2
    with pytest.raises(NotAllowedError, match="agreed already"):
        agree_terms(terms=terms, meeting=meeting, by=made.chair, now=now)
    assert Terms.objects.filter(agreed_on=None).count() == 1


def test_agree_terms_at_a_meeting_that_cannot_is_refused(made, now) -> None:
    terms = written(made, now)
    with pytest.raises(NotAllowedError, match="was held"):
        agree_terms(terms=terms, meeting=called(made, now), by=made.chair, now=now)
    with pytest.raises(NotAllowedError, match="chair of Partners"):
        agree_terms(terms=terms, meeting=held(made, now), by=made.police, now=now)


def test_agree_terms_before_those_of_a_later_meeting_is_refused(made, now) -> None:
    early = held(made, now, days=-90)
    first = written(made, now)
    agree_terms(terms=first, meeting=held(made, now), by=made.chair, now=now)
    second = written(made, now, seen_version=first.version)
    with pytest.raises(NotAllowedError, match="later meeting"):
        agree_terms(terms=second, meeting=early, by=made.chair, now=now)


def test_set_cycle_writes_the_trail(made, now, last) -> None:
    cycle(made, now)
    cycle(made, now, every=1)
    assert cycle_of(made.group).every == 1
    assert last(EventType.CYCLE_SET).detail == {"every": 1, "unit": "months", "weekday": 1, "nth": 2}


def test_plan_chairs_gives_each_partner_a_year(made, now, last) -> None:
    world = made.world
    order = [world.social_care, world.police, world.health]
    plan_chairs(group=made.group, agencies=order, starts_on=date(2026, 4, 1), by=made.chair, now=now)
    assert turn_on(made.group, now.date()).agency == world.social_care
    assert next_turn(made.group, now.date()).agency == world.police
    assert last(EventType.CHAIRS_PLANNED).detail["from"] == "2026-04-01"
    plan_chairs(group=made.group, agencies=[world.health], starts_on=date(2027, 1, 1), by=made.chair, now=now)
    assert [(one.agency, one.ends_on) for one in made.group.chair_terms.all()] == [
        (world.social_care, date(2026, 12, 31)),
        (world.health, date(2027, 12, 31)),
    ]


def test_plan_chairs_refuses_a_stranger_and_a_partner_twice(made, now) -> None:
    police = made.world.police
    named = {"group": made.group, "by": made.chair, "now": now}
    with pytest.raises(NotAllowedError, match="once"):
        plan_chairs(agencies=[police, police], starts_on=date(2026, 4, 1), **named)
    with pytest.raises(NotAllowedError, match="once"):
        plan_chairs(agencies=[], starts_on=date(2026, 4, 1), **named)
    with pytest.raises(NotAllowedError, match="not a statutory partner"):
        plan_chairs(agencies=[police], starts_on=date(2019, 4, 1), **named)
