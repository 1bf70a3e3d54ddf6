"""A year of the plan: begun as a draft, the three partners' positions, approved."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from tests.plan.made import a_priority, a_year
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.audit.models import AuditEvent
from trefoil.editing.versions import ChangedMeanwhileError
from trefoil.people.enums import DutyKind
from trefoil.people.models import Agency, Person
from trefoil.plan.enums import Position
from trefoil.plan.models import PlanYear
from trefoil.plan.operations.years import approve_year, begin_year, change_year, take_position


def partner_of(world: World, agency: Agency) -> Person:
    """The holder of the partner's duty, at home in this agency."""
    partner = world.holder[DutyKind.SAFEGUARDING_PARTNER]
    Person.objects.filter(pk=partner.pk).update(agency=agency)
    partner.refresh_from_db()
    return partner


def agreed_by(year: PlanYear, world: World, agencies: list[Agency], now: datetime, reference: str = "") -> None:
    for agency in agencies:
        by = world.manager if reference else partner_of(world, agency)
        take_position(year=year, agency=agency, position=Position.AGREES, reference=reference, by=by, now=now)


def events(year: PlanYear) -> list[str]:
    return list(
        AuditEvent.objects.filter(subject=f"plan_year:{year.pk}").order_by("sequence").values_list("event", flat=True)
    )


def test_begin_year_is_a_draft(world: World, now: datetime) -> None:
    year = a_year(world, now=now)
    assert not year.is_approved
    assert year.holds_on(date(2026, 11, 22))
    assert events(year) == ["plan_year_begun"]


def test_begin_year_that_shares_days_with_another_refused(world: World, now: datetime) -> None:
    a_year(world, now=now)
    with pytest.raises(NotAllowedError, match="lie in “Business plan 2026 to 2027” already"):
        begin_year(
            partnership=world.fairmead,
            title="Another",
            starts_on=date(2027, 3, 1),
            ends_on=date(2028, 3, 1),
            by=world.manager,
            now=now,
        )


@pytest.mark.parametrize("kind", [DutyKind.ANALYST, DutyKind.SCRUTINEER, DutyKind.AGENCY_LEAD])
def test_begin_year_refused_to_who_does_not_write_the_plan(world: World, now: datetime, kind: DutyKind) -> None:
    with pytest.raises(NotAllowedError, match="do not include writing the plan"):
        begin_year(
            partnership=world.fairmead,
            title="Plan",
            starts_on=date(2026, 4, 1),
            ends_on=date(2027, 3, 31),
            by=world.holder[kind],
            now=now,
        )


def _changed(year: PlanYear, world: World, now: datetime, **fields: object) -> None:
    given: dict[str, object] = {
        "title": year.title,
        "starts_on": year.starts_on,
        "ends_on": year.ends_on,
        "lead_words": "Safe, seen, heard.",
        "seen_version": year.version,
    }
    change_year(year=year, by=world.manager, now=now, **{**given, **fields})


def test_change_year_that_another_saved_first_refused(world: World, now: datetime) -> None:
    year, same = a_year(world, now=now), a_year(world, now=now)
    _changed(year, world, now)
    assert (year.version, year.lead_words, events(year)[-1]) == (2, "Safe, seen, heard.", "plan_year_changed")
    with pytest.raises(ChangedMeanwhileError, match="has saved this since you opened it"):
        _changed(same, world, now, lead_words="Something else")
    assert PlanYear.objects.get(pk=year.pk).lead_words == "Safe, seen, heard."


def test_change_year_that_ends_before_it_starts_refused(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="ends after it starts"):
        _changed(a_year(world, now=now), world, now, ends_on=date(2026, 4, 1))


def test_take_position_by_the_partner_itself(world: World, now: datetime) -> None:
    year = a_year(world, now=now)
    by = partner_of(world, world.police)
    take_position(year=year, agency=world.police, position=Position.AGREES, by=by, now=now)
    assert year.positions.get().agency == world.police
    assert events(year)[-1] == "plan_position_taken"


def test_take_position_of_another_agency_refused(world: World, now: datetime) -> None:
    by = partner_of(world, world.police)
    with pytest.raises(NotAllowedError, match="only Fairmead Health’s own partner"):
        take_position(year=a_year(world, now=now), agency=world.health, position=Position.AGREES, by=by, now=now)


def test_take_position_by_the_manager_needs_a_decision(world: World, now: datetime) -> None:
    year = a_year(world, now=now)
    with pytest.raises(NotAllowedError, match="or a meeting’s decision holds it"):
        take_position(year=year, agency=world.health, position=Position.AGREES, by=world.manager, now=now)
    agreed_by(year, world, [world.health], now, reference="decision:9")
    assert year.positions.get().reference == "decision:9"


def test_take_position_against_without_words_refused(world: World, now: datetime) -> None:
    by = partner_of(world, world.police)
    with pytest.raises(NotAllowedError, match="say why"):
        take_position(
            year=a_year(world, now=now), agency=world.police, position=Position.DOES_NOT_AGREE, by=by, now=now
        )


def test_approve_year_on_three_positions(world: World, now: datetime) -> None:
    year = a_priority(world, now=now).year
    agreed_by(year, world, [world.social_care, world.police], now)
    with pytest.raises(NotAllowedError, match="Fairmead Health has not taken a position"):
        approve_year(year=year, by=world.manager, now=now)
    agreed_by(year, world, [world.health], now)
    approve_year(year=year, by=world.manager, now=now)
    held = PlanYear.objects.get(pk=year.pk)
    assert (held.is_approved, held.approved_by) == (True, world.manager)
    assert events(year)[-1] == "plan_year_approved"


def test_approve_year_that_was_changed_after_a_partner_agreed_refused(
    world: World, now: datetime, client_for: Callable[[Person], Client]
) -> None:
    """What is approved is what each of them read: a priority more, and who agreed before is asked again."""
    year = a_priority(world, now=now).year
    agreed_by(year, world, [world.social_care, world.police], now)
    later = now + timedelta(minutes=5)
    a_priority(world, now=later, title="Children who go missing")
    agreed_by(year, world, [world.health], later)
    with pytest.raises(NotAllowedError, match="Children's Services agreed before the plan was changed: ask again"):
        approve_year(year=year, by=world.manager, now=later)
    for path in (f"years/{year.pk}/", f"years/{year.pk}/approve/"):
        page = client_for(world.manager).get(f"/fairmead/plan/{path}").content.decode()
        assert page.count("Said before the plan was changed.") == 2
    agreed_by(year, world, [world.social_care, world.police], later)
    approve_year(year=year, by=world.manager, now=later)
    assert PlanYear.objects.get(pk=year.pk).is_approved


def test_approve_year_on_a_decision(world: World, now: datetime) -> None:
    year = a_priority(world, now=now).year
    approve_year(year=year, by=world.manager, now=now, decision_reference="decision:9")
    assert PlanYear.objects.get(pk=year.pk).approval_reference == "decision:9"
    with pytest.raises(NotAllowedError, match="approved already"):
        approve_year(year=year, by=world.manager, now=now, decision_reference="decision:9")
    with pytest.raises(NotAllowedError, match="stays as it is"):
        _changed(PlanYear.objects.get(pk=year.pk), world, now)


def test_approve_year_that_a_partner_is_against_refused(world: World, now: datetime) -> None:
    year = a_priority(world, now=now).year
    by = partner_of(world, world.police)
    take_position(
        year=year, agency=world.police, position=Position.DOES_NOT_AGREE, words="No money in it.", by=by, now=now
    )
    with pytest.raises(NotAllowedError, match="Fairmead Police does not agree"):
        approve_year(year=year, by=world.manager, now=now, decision_reference="decision:9")


def test_approve_year_without_a_priority_refused(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="no priority yet"):
        approve_year(year=a_year(world, now=now), by=world.manager, now=now, decision_reference="decision:9")
