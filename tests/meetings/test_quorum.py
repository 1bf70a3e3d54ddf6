"""Whether enough of the right people are there."""

from datetime import datetime, timedelta

from trefoil.meetings.enums import Presence
from trefoil.meetings.quorum import QuorumRule, Seat, quorum_of
from trefoil.meetings.timing import minutes_over, running_times

COUNCIL, POLICE, HEALTH = (1, "Council"), (2, "Police"), (3, "Health")
RULE = QuorumRule(2, (COUNCIL, POLICE))


def test_quorum_met_by_number_and_partners() -> None:
    found = quorum_of(RULE, [Seat(1, Presence.PRESENT), Seat(2, Presence.PRESENT), Seat(3, Presence.APOLOGIES)])
    assert found.met
    assert found.words == "Quorate: 2 members present, 2 needed."


def test_quorum_not_met_without_a_named_partner() -> None:
    found = quorum_of(RULE, [Seat(1, Presence.PRESENT), Seat(3, Presence.PRESENT)])
    assert not found.met
    assert found.missing == ("Police",)
    assert found.words == "Not quorate: 2 members present, 2 needed. Nobody from Police."


def test_quorum_not_met_by_number() -> None:
    found = quorum_of(QuorumRule(2, (COUNCIL,)), [Seat(1, Presence.PRESENT)])
    assert not found.met
    assert found.words == "Not quorate: 1 member present, 2 needed."


def test_quorum_counts_a_substitute_unless_the_terms_say_no() -> None:
    seats = [Seat(1, Presence.SUBSTITUTE), Seat(2, Presence.PRESENT)]
    assert quorum_of(RULE, seats).met
    assert not quorum_of(QuorumRule(2, (COUNCIL, POLICE), substitutes_count=False), seats).met


def test_quorum_names_everybody_missing() -> None:
    found = quorum_of(QuorumRule(1, (COUNCIL, POLICE, HEALTH)), [])
    assert found.words.endswith("Nobody from Council, Police and Health.")


def test_rule_says_what_a_quorum_is() -> None:
    assert RULE.words == "A quorum is 2 members, with somebody of Council and Police."
    assert QuorumRule(1).words == "A quorum is 1 member."


def test_running_times_follow_each_other() -> None:
    starts = datetime(2026, 11, 24, 10, 0)  # noqa: DTZ001  the arithmetic is the same anywhere
    first, second = running_times(starts, [5, 25])
    assert (first.begins, first.ends) == (starts, starts + timedelta(minutes=5))
    assert second.ends == starts + timedelta(minutes=30)
    assert minutes_over([60, 90], 120) == 30
    assert minutes_over([60], 120) == -60
