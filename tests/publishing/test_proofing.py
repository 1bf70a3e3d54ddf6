"""What is found in words and tables before a document goes. Pure."""

import pytest

from trefoil.publishing.blocks.shown import Picture, ShownBlock, ShownTable, table_of
from trefoil.publishing.proofing.fault import Fault, Looked
from trefoil.publishing.proofing.looking import looked_at
from trefoil.publishing.prose import links_of, plain

HOSTS = ("trefoil.example.org",)
NAMES = ("Ada Fernwhistle",)


def block(*tables: ShownTable, title: str = "Figures", sentences: tuple[str, ...] = ()) -> ShownBlock:
    return ShownBlock("budget", title, sentences, "", tables)


def found(text: str = "", *blocks: ShownBlock) -> list[tuple[str, bool]]:
    """The kind of each fault and whether it holds back."""
    return [(one.kind, one.blocks) for one in faults(text, *blocks)]


def faults(text: str = "", *blocks: ShownBlock) -> tuple[Fault, ...]:
    section = Looked(3, plain(text), links_of(text), blocks)
    return looked_at([section], names=NAMES, own_hosts=HOSTS)


def gave(*amounts: str, total: str, shares: tuple[str, ...] = ()) -> ShownTable:
    """Partners' contributions, with their shares where there are some."""
    rows = [[f"Partner {place}", amount, *shares[place : place + 1]] for place, amount in enumerate(amounts)]
    rows.append(["Total", total, *(["100%"] if shares else [])])
    return table_of("Gave", ("Partner", "Agreed", *(["Share"] if shares else [])), rows)


def test_totals_that_do_not_add_up_hold_back() -> None:
    (fault,) = faults("", block(gave("£121,000", "£47,000", total="£168,010")))
    assert (fault.kind, fault.blocks) == ("sum", True)
    assert fault.words == "Gave: Agreed says £168,010 in all, and its rows make 168,000."
    assert "records" in fault.cure
    assert found("", block(gave("£121,000", "£47,000", total="£168,000"))) == []


def test_totals_of_rounded_counts_and_hidden_figures_are_left_alone() -> None:
    rounded = ("Counts are rounded to the nearest 5, so parts may not add up to their total.",)
    assert found("", block(gave("120", "45", total="170"), sentences=rounded)) == []
    assert found("", block(gave("120", "45", total="190"), sentences=rounded)) == [("sum", True)]
    assert found("", block(gave("120", "fewer than 6", total="300"))) == []


def test_shares_that_disagree_with_their_amounts_hold_back() -> None:
    (fault,) = faults("", block(gave("£75", "£25", total="£100", shares=("76%", "25%"))))
    assert fault.words == "Gave: Partner 0 says 76%, and £75 of £100 is 75.0%."
    assert fault.kind == "share"
    thirds = gave("£1", "£1", "£1", total="£3", shares=("33%", "33%", "33.3%"))
    assert found("", block(thirds)) == []


@pytest.mark.parametrize(
    "text",
    [
        "3 children came.",
        "We met four disabled children.",
        "Two young people said so.",
        "Of them 5 families moved.",
        "Two unaccompanied asylum-seeking children came.",
        "Three of the children went home.",
        "Four out of our young people said so.",
        "There were 2 deaths.",
        "2 care leavers were heard.",
        "Two young carers spoke.",
        "Three victims were named.",
    ],
)
def test_small_numbers_typed_by_hand_hold_back(text: str) -> None:
    assert found(text) == [("small", True)]


@pytest.mark.parametrize(
    "text",
    [
        "Two head teachers sit there.",
        "Two children’s homes are here.",
        "Three child protection conferences met.",
        "Year 5 pupils were asked.",
        "Five days of training for parents.",
        "One rapid review was finished.",
        "Sixteen children were asked.",
        "Four of five audits about children were good.",
        "Two partners met families.",
        "Three staff visited families.",
        "One of the reasons why children wait is post.",
        "Two of the three partners met families.",
        "Three in four children were seen.",
    ],
)
def test_numbers_that_count_no_child_are_left_alone(text: str) -> None:
    assert found(text) == []


def test_one_of_somebody_is_worth_a_look() -> None:
    assert found("One family said so.") == [("small", False)]


def test_figures_that_no_record_gives_are_worth_a_look() -> None:
    given = block(
        table_of("Decisions", ("Period", "Figure"), [("2025", "83%"), ("2026", "£1,200")]), title="140 in May"
    )
    assert found("It was 83%, or 83 per cent; £1,200 and 140 children; 12 of them on 3 March 2026.", given) == []
    said = [one.words for one in faults("It was 87% of £1,300 for 150 children.", given)]
    assert [one.partition(" stands")[0] for one in said] == ["“87%”", "“£1,300”", "“150”"]
    assert found("It was 87%.", given) == [("figure", False)]


def test_people_with_an_account_are_named_for_a_look() -> None:
    assert found("The chair, Ada Fernwhistle, said so.") == [("person", False)]
    assert found("Adalbert and Fernwhistles are others.") == []


@pytest.mark.parametrize(
    "address",
    [
        "https://schools.invalid/x",
        "http://localhost/a",
        "https://10.1.2.3/a",
        "https://files.council.local/a",
        "https://trefoil.example.org/fairmead/",
        "mailto:somebody",
        "https://intranet/a",
        "https://[::1]/a",
        "https://[bad/a",
    ],
)
def test_links_that_the_public_cannot_follow_hold_back(address: str) -> None:
    assert found(f"See [it]({address}).") == [("link", True)]


def test_links_that_lead_to_the_web_are_left_alone() -> None:
    assert found("See [it](https://www.gov.uk/a) or [write](mailto:a@council.gov.uk).") == []


def test_pictures_without_words_hold_back() -> None:
    drawn = ShownBlock("indicator", "Decisions", (), "", picture=Picture("<svg/>", "<svg/>", " "))
    assert found("", drawn) == [("picture", True)]


def test_key_is_the_same_for_the_same_words_and_fits() -> None:
    first, again, other = faults("3 children."), faults("It was 3 children."), faults("4 children.")
    assert first[0].key == again[0].key != other[0].key
    assert len(Fault("picture", 10**9, "x", "", True).key) <= 30


def test_what_holds_back_comes_first() -> None:
    assert found("Ada Fernwhistle met 3 children.") == [("small", True), ("person", False)]
