"""The rules that are shipped: all of the published list, each with a source, and the edition in force on a day."""

import csv
from datetime import date
from pathlib import Path

import pytest

from trefoil.clocks.reckoning.kinds import Kind
from trefoil.clocks.rulebook.loader import RuleNotInForceError, rulebook
from trefoil.clocks.rulebook.schema import Rule
from trefoil.clocks.rulebook.vocabulary import Confidence, Group

# Kind, length and unit of the 112 limits of the list that the packs were made from, without its words.
PUBLISHED = Path(__file__).with_name("published_limits.csv")
ROOMS_OWN = {"PL-ACTION", "PL-UPDATE", "PL-RETEST", "PL-RISK", "MT-PAPERS", "MT-MINUTES"}
IN_2023 = date(2024, 6, 1)


def published() -> list[dict[str, str]]:
    with PUBLISHED.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_every_published_limit_is_carried_over() -> None:
    rows = published()
    assert len(rows) == 112
    assert set(rulebook()) == {row["id"] for row in rows} | ROOMS_OWN


@pytest.mark.parametrize("row", published(), ids=lambda row: row["id"])
def test_number_is_the_published_one(row: dict[str, str]) -> None:
    rule = rulebook().on(row["id"], IN_2023).rule
    kind = {"target_pct": Kind.COHORT}.get(row["kind"]) or Kind(row["kind"])
    assert rule.kind is kind
    if rule.kind is Kind.FIXED:
        assert (rule.fixed_day, row["length"]) == ("09-30", "30 September")
    elif rule.trigger is not None and row["length"]:
        assert (str(rule.trigger.count), rule.trigger.in_a_row) == (row["length"], row["unit"])
    else:
        assert (str(rule.length or ""), rule.length and rule.unit) == (
            row["length"],
            row["unit"] if row["length"] else None,
        )


def every_rule() -> list[tuple[str, Rule]]:
    return [(one.edition.id, one.rule) for rule_id in rulebook() for one in rulebook().editions_of(rule_id)]


def test_every_group_has_rules() -> None:
    assert [group for group in Group if not rulebook().in_group(group, IN_2023)] == []


def test_rules_of_the_latest_edition_are_unsure() -> None:
    latest = [rule for edition, rule in every_rule() if edition == "wt2026"]
    assert len(latest) == 17
    assert {rule.confidence for rule in latest} == {Confidence.UNSURE}


def test_rules_that_may_not_change_are_those_of_law_and_statutory_guidance() -> None:
    changeable = {edition for edition, rule in every_rule() if rule.may_change}
    fixed = {rule.id for edition, rule in every_rule() if edition == "local" and not rule.may_change}
    assert "local" in changeable
    assert fixed == {"PL-ACTION", "PL-UPDATE", "PL-RETEST", "PL-RISK"}


def test_looked_after_and_child_protection_clocks_know_no_pause() -> None:
    groups = {Group.LOOKED_AFTER, Group.CHILD_PROTECTION}
    assert [rule.id for _, rule in every_rule() if rule.group in groups and rule.may_pause] == []


def test_rapid_review_is_prompt_then_fifteen_days_then_unsure() -> None:
    book = rulebook()
    words = [
        (book.on("SI-RR", day).edition.id, book.on("SI-RR", day).rule.limit.words)
        for day in (date(2018, 7, 4), date(2023, 12, 14), date(2023, 12, 15), date(2026, 3, 17), date(2026, 3, 18))
    ]
    assert words == [
        ("wt2018", ""),
        ("wt2018", ""),
        ("wt2023", "15 working days"),
        ("wt2023", "15 working days"),
        ("wt2026", "15 working days"),
    ]


def test_day_before_every_edition_is_said() -> None:
    with pytest.raises(RuleNotInForceError, match="no edition of SI-RR held on 3 July 2018"):
        rulebook().on("SI-RR", date(2018, 7, 3))
    assert rulebook().latest("SI-RR", date(2018, 7, 3)).edition.id == "wt2026"


def test_unknown_rule_and_edition_are_said() -> None:
    with pytest.raises(LookupError, match="there is no time limit XX-1"):
        rulebook().editions_of("XX-1")
    with pytest.raises(LookupError, match="SI-RR is not in the edition law"):
        rulebook().of_edition("SI-RR", "law")
