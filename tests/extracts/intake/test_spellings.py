"""What a written code means."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trefoil.extracts.intake.spellings import Spellings, may_be_personal
from trefoil.extracts.standard import code_lists

SEX = code_lists()["sex"]
OUTCOMES = code_lists()["contact_outcome"]
FACTORS = code_lists()["assessment_factor"]


def test_read_code_by_its_code_label_or_other_spelling_gives_the_code() -> None:
    spellings = Spellings(SEX, {})

    assert [spellings.read_code(text).kept for text in ("F", "f", "Female", " FEMALE ", "2")] == ["F"] * 5


def test_read_code_that_nobody_knows_is_not_guessed() -> None:
    reading = Spellings(SEX, {}).read_code("Femal")

    assert (reading.kept, reading.unknown, reading.is_valid) == (None, ("Femal",), False)


def test_read_code_that_the_value_map_knows_gives_its_code_or_not_known() -> None:
    spellings = Spellings(SEX, {("sex", "femal"): "F", ("sex", "x"): None, ("gender", "other"): "M"})

    assert (spellings.read_code("Femal").kept, spellings.read_code("FEMAL").mapped) == ("F", ("femal",))
    assert (spellings.read_code("X").kept, spellings.read_code("X").is_valid) == (None, True)
    assert not spellings.read_code("other").is_valid


def test_read_code_by_the_value_map_cannot_change_what_the_list_says() -> None:
    assert Spellings(SEX, {("sex", "female"): "M"}).read_code("Female").kept == "F"


def test_read_code_mapped_to_a_code_that_is_in_no_list_stays_unknown() -> None:
    assert not Spellings(SEX, {("sex", "femal"): "W"}).read_code("Femal").is_valid


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ('{"NEW_REFERRAL_FLAG":"Y","NFA_FLAG":"N","COMMENTS":"free words"}', ",NEW_REFERRAL_FLAG,"),
        (
            '{"OUTCOME_NFA_FLAG":"Yes","OUTCOME_NEW_REFERRAL_FLAG":true,"ADVICE_FLAG":null}',
            ",NEW_REFERRAL_FLAG,NFA_FLAG,",
        ),
        ('{"NFA_FLAG":1}', ",NFA_FLAG,"),
        ('{"NFA_FLAG":"N","NEW_REFERRAL_FLAG":""}', ","),
        ("{}", ","),
        ("[]", ","),
        ('["NFA_FLAG", "NFA_FLAG"]', ",NFA_FLAG,"),
        ("NFA_FLAG, NEW_REFERRAL_FLAG", ",NEW_REFERRAL_FLAG,NFA_FLAG,"),
        ("NFA_FLAG|ADVICE_FLAG", ",NFA_FLAG,ADVICE_FLAG,"),
        ("outcome_nfa_flag", None),
    ],
)
def test_read_codes_in_any_way_of_writing_gives_them_in_the_order_of_the_list(text: str, kept: str | None) -> None:
    reading = Spellings(OUTCOMES, {}).read_codes(text)

    assert reading.kept == kept if kept else not reading.is_valid


def test_read_codes_of_assessment_factors_takes_lists_and_labels_with_commas() -> None:
    label = next(code for code in code_lists()["referral_source"].codes if "," in code.label)
    assert Spellings(FACTORS, {}).read_codes("1A,2B").kept == ",1A,2B,"
    assert Spellings(FACTORS, {}).read_codes('["2B","1A"]').kept == ",1A,2B,"
    assert Spellings(code_lists()["referral_source"], {}).read_codes(label.label).kept == f",{label.code},"


@pytest.mark.parametrize(
    "text", ["{", '{"NFA_FLAG":"maybe"}', '{"NFA_FLAG":{"a":1}}', '[["NFA_FLAG"]]', "[" * 100_000, '"x']
)
def test_read_codes_that_cannot_be_read_is_wrong_and_shows_nothing(text: str) -> None:
    reading = Spellings(OUTCOMES, {}).read_codes(text)

    assert not reading.is_valid
    assert reading.kept is None or "x" not in reading.kept
    if text != '"x':
        assert (reading.broken, reading.unknown) == (True, ())


def test_read_codes_with_an_unknown_name_keeps_it_for_the_value_map_only_when_it_is_a_yes() -> None:
    spellings = Spellings(OUTCOMES, {("contact_outcome", "mystery_flag"): "NFA_FLAG"})

    assert Spellings(OUTCOMES, {}).read_codes('{"OUTCOME_MYSTERY_FLAG":"Y"}').unknown == ("MYSTERY_FLAG",)
    assert Spellings(OUTCOMES, {}).read_codes('{"OUTCOME_MYSTERY_FLAG":"N"}').is_valid
    assert spellings.read_codes('{"OUTCOME_MYSTERY_FLAG":"Y"}').kept == ",NFA_FLAG,"


@settings(max_examples=30)
@given(chosen=st.sets(st.sampled_from([code.code for code in OUTCOMES.codes])), comment=st.text(max_size=30))
def test_read_codes_written_as_json_gives_back_exactly_what_was_chosen(chosen: set[str], comment: str) -> None:
    answers = {code.code: "Y" if code.code in chosen else "N" for code in OUTCOMES.codes}
    for prefix in ("", "OUTCOME_"):
        text = json.dumps({**{prefix + name: said for name, said in answers.items()}, "OUTCOME_COMMENTS": comment})
        kept = Spellings(OUTCOMES, {}).read_codes(text).kept

        assert kept is not None
        assert {part for part in kept.split(",") if part} == chosen
        assert kept.startswith(",")
        assert kept.endswith(",")


@pytest.mark.parametrize(
    ("text", "personal"),
    [
        ("14/03/2015", True),
        ("2015-03-14", True),
        ("A123456789012", True),
        ("N1 1AA", True),
        ("ec1a1bb", True),
        ("a@b", True),
        ("WBRI", False),
        ("Health visitor", False),
        ("3B", False),
        ("Section 20", False),
    ],
)
def test_may_be_personal_holds_for_days_numbers_and_postcodes(text: str, personal: bool) -> None:
    assert may_be_personal(text) is personal
