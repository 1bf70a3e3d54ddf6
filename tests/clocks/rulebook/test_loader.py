"""Bad rule packs are refused, and the place is named."""

from pathlib import Path

import pytest

from trefoil.clocks.rulebook.loader import RulePackError, load_rulebook

HEADER = """
[edition]
id = "one"
title = "One"
about = "An edition for a test"
source = "Nobody"
in_force_from = 2020-01-01
reviewed_on = 2026-11-22
"""
RULE = """
[[rule]]
id = "FD-DEC"
group = "front_door"
name = "A decision"
starts_when = "it comes in"
kind = "max"
length = 1
unit = "working_days"
stops_when = "it is decided"
responsible = "Somebody"
source = "A text"
confidence = "source"
may_change = false
may_pause = false
"""


def problems(folder: Path, **files: str) -> list[str]:
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    with pytest.raises(RulePackError) as found:
        load_rulebook(folder)
    return [str(problem) for problem in found.value.problems]


def test_sound_pack_is_read(tmp_path: Path) -> None:
    (tmp_path / "one.toml").write_text(HEADER + RULE, encoding="utf-8")
    assert list(load_rulebook(tmp_path)) == ["FD-DEC"]


@pytest.mark.parametrize(
    ("old", "new", "place", "says"),
    [
        ('kind = "max"', 'kind = "soon"', "one.toml: FD-DEC.kind", "Input should be"),
        ("length = 1", "length = 0", "one.toml: FD-DEC.length", "greater than or equal to 1"),
        ("length = 1", 'length = "one"', "one.toml: FD-DEC.length", "valid integer"),
        ('unit = "working_days"\n', "", "one.toml: FD-DEC", "unit is missing"),
        ('unit = "working_days"', 'unit = "fortnights"', "one.toml: FD-DEC.unit", "Input should be"),
        ('group = "front_door"', 'group = "kitchen"', "one.toml: FD-DEC.group", "Input should be"),
        ('source = "A text"\n', "", "one.toml: FD-DEC.source", "Field required"),
        ('confidence = "source"', 'confidence = "unsure"', "one.toml: FD-DEC", "confidence_note is missing"),
        ('kind = "max"', 'kind = "trigger"', "one.toml: FD-DEC", "give it for kind = trigger"),
        ('kind = "max"', 'kind = "fixed"', "one.toml: FD-DEC", "fixed_day is missing"),
        ('kind = "max"', 'kind = "max"\nfixed_day = "09-30"', "one.toml: FD-DEC", "only kind = fixed"),
        ('kind = "max"', 'kind = "max"\nfixed_day = "13-45"', "one.toml: FD-DEC.fixed_day", "month must be"),
        ('kind = "max"', 'kind = "max"\nfixed_day = "Easter"', "one.toml: FD-DEC.fixed_day", "month-day"),
        ('kind = "max"', 'kind = "none"', "one.toml: FD-DEC", "this kind has none"),
        ('kind = "max"', 'kind = "max"\ntarget_percent = 80', "one.toml: FD-DEC", "only a cohort"),
        ('kind = "max"', 'kind = "max"\nmonth_ends = "end_of_month"', "one.toml: FD-DEC", "only a limit in months"),
        ('kind = "max"', 'kind = "max"\nsurprise = 1', "one.toml: FD-DEC.surprise", "Extra inputs"),
        (
            'kind = "max"\nlength = 1\nunit = "working_days"',
            'kind = "before"\nlength = 1\nunit = "working_hours"',
            "one.toml: FD-DEC",
            "not counted backwards",
        ),
        ('kind = "max"', 'kind = "before"', "one.toml: FD-DEC", "cannot pause"),
        ('id = "FD-DEC"', 'id = "front door"', "one.toml: front door.id", "match pattern"),
        ('id = "FD-DEC"\n', "", "one.toml: rule 1.id", "Field required"),
        ('id = "one"', 'id = "two"', "one.toml: edition.id", "does not match the name of the file"),
        (
            "in_force_from = 2020-01-01",
            "in_force_from = 2020-01-01\nin_force_until = 2019-01-01",
            "one.toml: edition",
            "must not come before",
        ),
    ],
)
def test_fault_is_named_with_its_place(tmp_path: Path, old: str, new: str, place: str, says: str) -> None:
    text = HEADER + RULE.replace("may_pause = false", "may_pause = true")
    assert old in text
    (found,) = problems(tmp_path, one=text.replace(old, new, 1))
    assert found.startswith(f"{place}: ")
    assert says in found


@pytest.mark.parametrize(
    ("trigger", "says"),
    [
        ("{ count = 3 }", "give within_days or in_a_row"),
        ('{ count = 3, in_a_row = "weeks" }', "must be a unit of days"),
    ],
)
def test_trigger_says_one_thing(tmp_path: Path, trigger: str, says: str) -> None:
    text = HEADER + RULE.replace('kind = "max"', f'kind = "trigger"\ntrigger = {trigger}')
    (found,) = problems(tmp_path, one=text)
    assert found.startswith("one.toml: FD-DEC.trigger: ")
    assert says in found


def test_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, one="[edition")
    assert found.startswith("one.toml: the file: cannot be read")


def test_folder_without_packs_is_refused(tmp_path: Path) -> None:
    assert problems(tmp_path) == [f"{tmp_path.name}: the file: holds no rule pack"]


def test_rule_twice_in_a_file_is_refused(tmp_path: Path) -> None:
    assert problems(tmp_path, one=HEADER + RULE + RULE) == ["one.toml: FD-DEC: stands in this file twice"]


def test_editions_that_overlap_are_refused(tmp_path: Path) -> None:
    later = (HEADER + RULE).replace('id = "one"', 'id = "two"').replace("2020-01-01", "2024-01-01")
    assert problems(tmp_path, one=HEADER + RULE, two=later) == [
        "two.toml: FD-DEC: is in force at the same time as in one.toml"
    ]


def test_editions_that_follow_one_another_are_read(tmp_path: Path) -> None:
    earlier = HEADER.replace("2020-01-01", "2020-01-01\nin_force_until = 2023-12-31") + RULE
    later = (HEADER + RULE).replace('id = "one"', 'id = "two"').replace("2020-01-01", "2024-01-01")
    (tmp_path / "one.toml").write_text(earlier, encoding="utf-8")
    (tmp_path / "two.toml").write_text(later, encoding="utf-8")
    assert len(load_rulebook(tmp_path).editions_of("FD-DEC")) == 2


def test_pack_without_a_rule_is_refused(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, one="rule = []\n" + HEADER)
    assert "the pack holds no rule" in found
