"""Names replaced by roles, and what is left for a person to look at."""

import pytest

from trefoil.reviews.chronology.redaction import UNKNOWN, Redactor, check_role, names_of_child

LIST = {"Wren Tumblethwaite": "the child", "Wren": "the child", "12 Lark Lane": "the home", "O'Malley": "the GP"}


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("Wren Tumblethwaite was seen.", "the child was seen."),
        ("WREN’S mother, wren's bed", "the child’S mother, the child’s bed"),
        ("Wren\nTumblethwaite at 12  Lark Lane", "the child at the home"),
        ("Dr O’Malley and Dr O'Malley", "Dr the GP and Dr the GP"),
        ("Wr\u200ben slept", "the child slept"),
        ("A wrench and Wrenfield", "A wrench and Wrenfield"),
        ("", ""),
    ],
)
def test_redacted_replaces_every_spelling_of_a_listed_word(text: str, redacted: str) -> None:
    assert Redactor(LIST).redacted(text) == redacted
    assert not Redactor(LIST).holds_listed(redacted)


def test_redacted_with_an_empty_list_changes_nothing() -> None:
    assert Redactor({}).redacted("Wren was seen.") == "Wren was seen."
    assert not Redactor({}).holds_listed("Wren was seen.")


def test_redacted_hides_a_letter_with_another_plain_form() -> None:
    assert Redactor({"Ali": "the uncle"}).redacted("Alı came") == f"{UNKNOWN} came"


def test_left_over_names_misspellings_and_capitals_in_a_sentence() -> None:
    redactor = Redactor(LIST)
    text = redactor.redacted("On Monday Wren saw Tumblethwait with Mrs Finch. Nobody else came.")
    assert redactor.left_over(text) == ["Tumblethwait", "Mrs", "Finch"]
    assert redactor.left_over("the child was at the home. Then the GP came in March.") == []


@pytest.mark.parametrize(
    ("words", "role", "wrong"),
    [
        ("W", "the child", "at least 2 letters"),
        ("Wren", " ", "Say which role"),
        ("Wren", "Wren’s mother", "the word that it should hide"),
        ("Finch", "the aunt of Wren", "another word of the list"),
        ("Finch", "the aunt", ""),
    ],
)
def test_check_role_refuses_what_would_give_a_name_away(words: str, role: str, wrong: str) -> None:
    said = check_role(words, role, ["Wren"])
    assert wrong in said
    assert bool(said) == bool(wrong)


def test_redacted_hides_the_child_though_nobody_listed_the_name() -> None:
    names = names_of_child("Will May Tumblethwaite", "12 Lark Lane, Fairmead")
    redactor = Redactor({"Will": "child 1"}, names)
    said = redactor.redacted(
        "Will Tumblethwaite, WILL MAY and Mrs Tumblethwaite at 12 Lark Lane will come. She may not."
    )
    assert said == (
        "child 1 [the family’s name], child 1 [the family’s name] and Mrs [the family’s name] at [the home] "
        "child 1 come. She may not."
    )
    assert redactor.holds_listed("Tumblethwaite")
    assert not redactor.holds_listed(said.replace("Will", ""))
    assert redactor.left_over(said) == ["Mrs"]


@pytest.mark.parametrize(("name", "address"), [("", ""), ("  ", " , ")])
def test_names_of_child_of_nothing_is_nothing(name: str, address: str) -> None:
    assert names_of_child(name, address) == {}
