"""The tree of parts: what a writer typed and what a block shows, in their order."""

from tests.publishing.outputs.made import UNSETTLING, paper
from trefoil.publishing.outputs.paper import parts_of
from trefoil.publishing.outputs.tree import Drawing, Grid, Heading, Listing, Paragraph, Run


def test_parts_of_keeps_what_was_typed() -> None:
    words, deep = parts_of("A **bold _both_** [way](https://a.example)\nfurther\n\n3. x\n   - y\n")
    assert isinstance(words, Paragraph)
    assert words.runs == (
        Run("A "),
        Run("bold ", bold=True),
        Run("both", bold=True, italic=True),
        Run(" "),
        Run("way", href="https://a.example"),
        Run(" further"),
    )
    assert isinstance(deep, Listing)
    assert (deep.ordered, deep.start) == (True, 3)
    ((first, inner),) = deep.items
    assert isinstance(first, Paragraph)
    assert isinstance(inner, Listing)
    assert not inner.ordered


def test_paper_has_sections_blocks_and_what_was_left_out() -> None:
    made = paper()
    assert [one.title for one in made.sections] == ["The year", "Next year", "About this document"]
    kinds = [type(part) for part in made.sections[0].parts]
    assert kinds[-5:] == [Heading, Paragraph, Drawing, Grid, Paragraph]
    said = list(made.words)
    assert "Nothing is written here." in said
    assert "1 of 2 things that Working Together 2023 asks for are there." in said
    assert "What was done (YR18-M2): left out. Nothing took effect in this year." in said
    assert "“3 children” is said. Set aside, in “The year”. Of a nation." in said
    assert "Hash (SHA-256): abc123" in said
    assert UNSETTLING in said
    assert made.about == "Yearly report, 1 April 2025 to 31 March 2026, under Working Together 2023"
