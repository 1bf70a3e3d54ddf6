"""What a partnership settles: local lengths, sign-offs, school terms, and the clocks that they reach."""

from datetime import date, datetime

import pytest

from tests.clocks.test_clocks import at, started
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.audit.models import AuditEvent
from trefoil.clocks.enums import ClockMoveKind, Status
from trefoil.clocks.models import LocalLimit, SchoolTerm
from trefoil.clocks.operations import (
    end_local_limit,
    enter_school_term,
    remove_school_term,
    set_local_limit,
    sign_off_rule,
)
from trefoil.clocks.queries import limit_held, sign_off_of
from trefoil.clocks.reckoning.kinds import Kind, Unit

REASON = "The board of 3 November decided it."


def local(world: World, now: datetime, rule_id: str = "ESC-1", **given: object) -> LocalLimit:
    facts = {"length": 3, "unit": Unit.WORKING_DAYS, "starts_on": date(2026, 11, 16), "reason": REASON} | given
    return set_local_limit(partnership=world.fairmead, rule_id=rule_id, by=world.manager, now=now, **facts)


def test_local_limit_holds_for_what_starts_from_its_day(world: World, now: datetime) -> None:
    limit = local(world, now)
    before, after = started(world, now, started_at=at(13)), started(world, now, started_at=at(16))
    assert (before.due_day, before.local_limit) == (date(2026, 11, 20), None)
    assert (after.due_day, after.local_limit) == (date(2026, 11, 19), limit)
    assert limit.words == "3 working days"


def test_local_limit_works_open_clocks_out_again_and_says_so(world: World, now: datetime) -> None:
    clock, earlier = started(world, now, started_at=at(16)), started(world, now, started_at=at(13))
    local(world, now)
    clock.refresh_from_db()
    earlier.refresh_from_db()
    assert (clock.due_day, earlier.due_day) == (date(2026, 11, 19), date(2026, 11, 20))
    move = clock.moves.get(kind=ClockMoveKind.RECKONED)
    assert (move.due_before.day, move.due_after.day, move.words) == (23, 19, "Local limit of 3 working days set.")
    assert AuditEvent.objects.get(event="local_limit_set").detail["clocks"] == 1


def test_local_limit_gives_a_date_where_none_is_known(world: World, now: datetime) -> None:
    clock = started(world, now, "FD-WRITE", started_at=at(20))
    local(world, now, "FD-WRITE", length=48, unit=Unit.HOURS)
    clock.refresh_from_db()
    assert clock.due_at == at(22)
    assert clock.status_at(now) is Status.LATE


def test_local_limit_makes_a_count_without_limit_a_limit(world: World, now: datetime) -> None:
    local(world, now, "FD-BRAG-B", length=2)
    held = limit_held(world.fairmead, "FD-BRAG-B", date(2026, 11, 20))
    assert (held.limit.kind, held.limit.words) == (Kind.MAX, "2 working days")


def test_later_local_limit_ends_the_earlier(world: World, now: datetime) -> None:
    first = local(world, now)
    local(world, now, length=2, starts_on=date(2026, 12, 1))
    first.refresh_from_db()
    assert first.ends_on == date(2026, 11, 30)
    assert limit_held(world.fairmead, "ESC-1", date(2026, 11, 30)).limit.length == 3
    assert limit_held(world.fairmead, "ESC-1", date(2026, 12, 1)).limit.length == 2
    assert limit_held(world.harbury, "ESC-1", date(2026, 12, 1)).limit.length == 5


@pytest.mark.parametrize(
    ("rule_id", "given", "says"),
    [
        ("CLA-R1", {}, "set nationally"),
        ("PL-ACTION", {}, "set nationally"),
        ("ESC-1", {"length": 0}, "at least 1"),
        ("ESC-1", {"reason": "so"}, "say who decided"),
        ("MT-PAPERS", {"unit": Unit.WORKING_HOURS}, "not counted backwards"),
    ],
)
def test_local_limit_is_refused(world: World, now: datetime, rule_id: str, given: dict[str, object], says: str) -> None:
    with pytest.raises(NotAllowedError, match=says):
        local(world, now, rule_id, **given)
    assert not LocalLimit.objects.exists()


def test_local_limit_is_refused_before_one_that_is_set_and_to_others(world: World, now: datetime) -> None:
    local(world, now)
    with pytest.raises(NotAllowedError, match="from 16 November 2026; choose a later day"):
        local(world, now, starts_on=date(2026, 11, 16))
    with pytest.raises(NotAllowedError, match="your duties"):
        set_local_limit(
            partnership=world.fairmead,
            rule_id="ESC-1",
            length=1,
            unit=Unit.WEEKS,
            starts_on=date(2027, 1, 1),
            reason=REASON,
            by=world.bob,
            now=now,
        )


def test_end_of_a_local_limit_brings_the_national_one_back(world: World, now: datetime) -> None:
    limit, clock = local(world, now), started(world, now, started_at=at(20))
    end_local_limit(limit=limit, ends_on=date(2026, 11, 18), by=world.manager, now=now)
    clock.refresh_from_db()
    assert (clock.due_day, clock.local_limit) == (date(2026, 11, 27), None)
    assert clock.moves.get(kind=ClockMoveKind.RECKONED).words == "The local limit ended."
    assert AuditEvent.objects.filter(event="local_limit_ended").count() == 1
    with pytest.raises(NotAllowedError, match="ended already"):
        end_local_limit(limit=limit, ends_on=date(2026, 11, 18), by=world.manager, now=now)


def test_end_of_a_local_limit_is_refused_before_its_start(world: World, now: datetime) -> None:
    limit = local(world, now)
    with pytest.raises(NotAllowedError, match="must not come before"):
        end_local_limit(limit=limit, ends_on=date(2026, 11, 1), by=world.manager, now=now)


def test_sign_off_is_kept_for_the_edition_in_force(world: World, now: datetime) -> None:
    words = "Our procedures, section 4: 15 working days."
    signed = sign_off_rule(partnership=world.fairmead, rule_id="SI-RR", words=words, by=world.manager, now=now)
    assert signed.edition == "wt2026"
    assert sign_off_of(world.fairmead, "SI-RR", "wt2026") == signed
    assert sign_off_of(world.fairmead, "SI-RR", "wt2023") is None
    assert sign_off_of(world.harbury, "SI-RR", "wt2026") is None
    assert AuditEvent.objects.get(event="rule_signed_off").reason == words


def test_sign_off_is_refused(world: World, now: datetime) -> None:
    def sign(rule_id: str, words: str = "Looked it up.", by: object = world.manager) -> None:
        sign_off_rule(partnership=world.fairmead, rule_id=rule_id, words=words, by=by, now=now)

    with pytest.raises(NotAllowedError, match="not marked unsure"):
        sign("CLA-R1")
    with pytest.raises(NotAllowedError, match="say what you looked up"):
        sign("SI-RR", words="yes")
    with pytest.raises(NotAllowedError, match="your duties"):
        sign("SI-RR", by=world.bob)
    sign("SI-RR")
    with pytest.raises(NotAllowedError, match="signed off already"):
        sign("SI-RR")


def term(world: World, now: datetime, first: date, last: date, name: str = "Autumn 1") -> SchoolTerm:
    return enter_school_term(
        partnership=world.fairmead, name=name, starts_on=first, ends_on=last, by=world.manager, now=now
    )


def test_school_term_gives_a_date_to_what_waits(world: World, now: datetime) -> None:
    clock = started(world, now, "ED-CME20")
    held = term(world, now, date(2026, 11, 2), date(2026, 12, 18))
    clock.refresh_from_db()
    assert clock.due_day == date(2026, 11, 30)
    assert clock.moves.get(kind=ClockMoveKind.RECKONED).words == "School terms changed: Autumn 1."
    remove_school_term(term=held, by=world.manager, now=now)
    clock.refresh_from_db()
    assert clock.due_at is None
    assert AuditEvent.objects.filter(event__startswith="school_term").count() == 2


def test_school_term_is_refused(world: World, now: datetime) -> None:
    term(world, now, date(2026, 11, 2), date(2026, 12, 18))
    with pytest.raises(NotAllowedError, match="shares days with “Autumn 1”"):
        term(world, now, date(2026, 12, 18), date(2027, 1, 20))
    with pytest.raises(NotAllowedError, match="must not come before"):
        term(world, now, date(2027, 2, 2), date(2027, 2, 1))
    with pytest.raises(NotAllowedError, match="your duties"):
        enter_school_term(
            partnership=world.fairmead,
            name="x",
            starts_on=date(2027, 1, 4),
            ends_on=date(2027, 2, 12),
            by=world.bob,
            now=now,
        )
