"""How a text reads: syllables, ages, and the sentences that are too long. Also what a report leaves untold."""

from datetime import datetime
from decimal import Decimal

import pytest

from tests.plan.made import a_priority
from tests.publishing.made import a_document, put_in, section_of
from tests.world import World
from trefoil.plan.models import PlanYear
from trefoil.publishing.blocks.shown import ShownBlock, table_of
from trefoil.publishing.content import lines_of, written
from trefoil.publishing.enums import BlockKind
from trefoil.publishing.proofing.fault import Looked
from trefoil.publishing.proofing.reading_age import hard_to_read, measured, syllables_of
from trefoil.publishing.proofing.results import without_result

PLAIN = "The nurse came to see the child at home. " * 15
HEAVY = (
    "Multi-agency organisational accountability arrangements necessitate comprehensive interdisciplinary consideration "
    "of safeguarding responsibilities throughout every participating establishment. "
) * 8


@pytest.mark.parametrize(
    ("word", "number"),
    [("child", 1), ("made", 1), ("family", 3), ("table", 2), ("wanted", 2), ("asked", 1), ("services", 3), ("the", 1)],
)
def test_syllables_of(word: str, number: int) -> None:
    assert syllables_of(word) == number


def test_measured_of_plain_and_heavy_words() -> None:
    plain, heavy = measured(PLAIN), measured(HEAVY)
    assert plain is not None
    assert heavy is not None
    assert (plain.words, plain.sentences) == (135, 15)
    assert plain.age < 9 < Decimal(18) < heavy.age
    assert heavy.longest[0][1].startswith("Multi-agency organisational")
    assert measured("Too short.") is None


def said(text: str) -> list[str]:
    return [one.words for one in hard_to_read([Looked(3, text, (), ())])]


def test_hard_to_read_gives_the_place() -> None:
    (words,) = said(HEAVY)
    assert "(Flesch-Kincaid)" in words
    assert "“Multi-agency organisational accountability arrangements" in words
    assert said(PLAIN) == []


def test_hard_to_read_finds_one_long_sentence_in_plain_words() -> None:
    (words,) = said("It is so. " + "and we go on " * 12 + "to the end.")
    assert words == "A sentence has 51 words: “and we go on and we go on …”."


def test_without_result_names_finished_actions() -> None:
    rows = [
        ("Use the toolkit", "Council", "Done", "Not judged yet"),
        ("Write the letter", "Council", "Closed", "Impact shown"),
        ("Train", "Health", "Under way", "Not known yet"),
    ]
    block = ShownBlock(
        "priority", "Neglect", (), "", (table_of("Actions", ("Action", "Agency", "Status", "Impact"), rows),)
    )
    (fault,) = without_result([Looked(3, "", (), (block,))])
    assert fault.words == "Neglect: 1 finished action has no result: Use the toolkit."
    assert not fault.blocks


def test_priority_of_the_year_that_stands_nowhere_is_found(world: World, now: datetime) -> None:
    priority = a_priority(world, now=now)
    PlanYear.objects.update(starts_on="2025-04-01", ends_on="2026-03-31")
    document = a_document(world, now=now)

    def found() -> list[str]:
        lines = lines_of(document, written(document, today=now.date()))
        return [one.why for one in lines if one.key.startswith("priority:")]

    assert found() == ["“Neglect”, a priority of the year, stands nowhere in the report."]
    put_in(section_of(document, "priorities"), BlockKind.PRIORITY, str(priority.pk), world, now=now)
    assert found() == []
