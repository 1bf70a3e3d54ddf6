"""The check against the law's edition: present, missing and why, overruled. Pure."""

from trefoil.publishing.checking import Line, Place, Trouble, check_words, checked
from trefoil.publishing.enums import Found
from trefoil.publishing.patterns.reading import pattern_of

PATTERN = pattern_of("yearly_report")
ENOUGH = "word " * 20


def place(key: str = "summary", prose: str = ENOUGH, answers: tuple[str, ...] = (), *blocks: str) -> Place:
    return Place(1, key, "The year in brief", prose, answers, frozenset(blocks))


def line_of(key: str, *places: Place, troubles: tuple[Trouble, ...] = (), **overruled: str) -> Line:
    given = {name.replace("_", "-"): reason for name, reason in overruled.items()}
    found = {line.key: line for line in checked(PATTERN, "WT2023", places, troubles, given)}
    return found[key]


def test_checked_finds_what_has_words_and_is_claimed() -> None:
    line = line_of("YR18-M1", place(answers=("YR18-M1",)))
    assert (line.found, line.why, line.must) == (Found.PRESENT, "", True)
    assert line.place is not None
    assert line.place.key == "summary"


def test_checked_misses_what_is_hardly_written() -> None:
    line = line_of("YR18-M1", place(prose="A few words.", answers=("YR18-M1",)))
    assert (line.found, line.why) == (Found.MISSING, "Hardly anything is written there yet.")


def test_checked_misses_what_nobody_claims() -> None:
    assert line_of("YR18-M1", place()).why == "Nobody has said that the section answers it."


def test_checked_misses_the_figures_that_are_wanted() -> None:
    claimed = ("YR23-3",)
    line = line_of("YR23-3", place("priorities", ENOUGH, claimed, "budget"))
    assert line.why == "It wants figures: a priority of the plan, with its impact."
    assert line_of("YR23-3", place("priorities", ENOUGH, claimed, "priority")).found is Found.PRESENT


def test_checked_does_not_take_an_answer_from_another_place() -> None:
    line = line_of("YR18-M1", place("money", ENOUGH, ("YR18-M1",)))
    assert (line.found, line.place) == (Found.MISSING, None)
    assert line.why == "No section of this document has room for it."


def test_checked_counts_an_overruling_only_while_something_is_missing() -> None:
    reason = "It is said elsewhere."
    assert line_of("YR18-M1", place(), YR18_M1=reason).found is Found.OVERRULED
    assert line_of("YR18-M1", place(), YR18_M1=reason).reason == reason
    assert line_of("YR18-M1", place(answers=("YR18-M1",)), YR18_M1=reason).found is Found.PRESENT


def test_checked_holds_figures_back_that_something_is_wrong_with() -> None:
    trouble = Trouble(7, place(), "The total is £10 too high.")
    line = line_of("block:7", troubles=(trouble,))
    assert (line.found, line.why) == (Found.FAULT, "The total is £10 too high.")


def test_checked_asks_only_what_the_edition_asks() -> None:
    asked = {law: {line.key for line in checked(PATTERN, law, (), (), {})} for law in PATTERN.laws}
    assert "YR23-1" not in asked["WT2018"]
    assert "YR18-S1" not in asked["WT2023"]
    assert "WT26-6" in asked["WT2026"]
    assert all({"YR18-M1", "YR18-M2"} <= keys for keys in asked.values())


def test_check_words_count_what_is_there_missing_and_set_aside() -> None:
    lines = checked(PATTERN, "WT2023", [place(answers=("YR18-M1",))], [], {"YR18-M2": "It is said elsewhere."})
    assert check_words(lines, "WT2023") == (
        "1 of 16 things that Working Together 2023 asks for are there. 14 are missing. 1 was set aside with a reason."
    )


def test_check_words_without_anything_asked() -> None:
    assert check_words((), "") == "No edition of the law asks anything of this kind of document."
    trouble = checked(pattern_of("committee_report"), "", (), [Trouble(1, place(), "No figure.")], {})
    assert check_words(trouble, "") == "1 thing must be mended before it goes out."
