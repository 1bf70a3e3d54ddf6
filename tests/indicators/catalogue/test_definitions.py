"""The shipped definitions: all there, owned, fresh, and fit for the pack."""

from datetime import date
from pathlib import Path

from trefoil.indicators.catalogue.loader import DEFINITIONS, catalogue
from trefoil.indicators.catalogue.schema import CHILDREN_0_17, Definition
from trefoil.indicators.catalogue.vocabulary import Theme, Unit

CORE = (Path(__file__).parent / "core_indicators.txt").read_text(encoding="utf-8").split()
ON_DAY = date(2026, 11, 22)


def test_catalogue_reads_every_file() -> None:
    assert len(catalogue()) == len(list(DEFINITIONS.glob("*/*.toml")))
    assert catalogue() is catalogue()


def test_catalogue_holds_every_core_indicator() -> None:
    assert len(CORE) == 137
    assert [id_ for id_ in CORE if id_ not in catalogue()] == []
    assert {definition.id for definition in catalogue() if definition.core} == set(CORE)


def test_every_theme_has_indicators_and_a_title() -> None:
    assert catalogue().themes == tuple(Theme)
    assert [theme.order for theme in Theme] == list(range(1, len(Theme) + 1))
    assert len({theme.title for theme in Theme}) == len(Theme)


def test_no_definition_is_due_for_review() -> None:
    assert [definition.id for definition in catalogue() if definition.needs_review(ON_DAY)] == []


def test_reviews_are_spread_over_the_year() -> None:
    months = {(definition.next_review_on.year, definition.next_review_on.month) for definition in catalogue()}
    assert {year for year, _ in months} == {2027}
    assert len(months) >= 10


def test_titles_are_not_used_twice() -> None:
    titles = [definition.title for definition in catalogue()]
    assert len(set(titles)) == len(titles)
    short = [definition.short_title for definition in catalogue()]
    assert len(set(short)) == len(short)


def texts(definition: Definition) -> list[str]:
    return [definition.meaning, definition.cautions, definition.numerator, definition.denominator]


def test_texts_are_sentences_without_exclamation() -> None:
    for definition in catalogue():
        for text in filter(None, texts(definition)):
            assert text.endswith((".", "?")), (definition.id, text)
            assert "!" not in text, definition.id


def test_no_two_meanings_are_the_same() -> None:
    meanings = [definition.meaning for definition in catalogue()]
    assert len(set(meanings)) == len(meanings)


def test_rates_per_10000_divide_by_children() -> None:
    for definition in catalogue():
        if definition.unit is Unit.PER_10000:
            assert definition.population.startswith(("children", CHILDREN_0_17)), definition.id


def test_context_has_no_default_target() -> None:
    for definition in catalogue():
        if definition.default_target:
            assert definition.polarity.judges, definition.id


def test_published_measures_are_not_claimed_as_the_same_twice() -> None:
    claimed = [d.published.measure for d in catalogue() if d.published and d.published.same]
    assert len(set(claimed)) == len(claimed)


def test_core_list_is_sorted_and_has_no_repeats() -> None:
    assert sorted(set(CORE)) == CORE
