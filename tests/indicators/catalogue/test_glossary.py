"""The glossary defines the words that screens and definitions use."""

from pathlib import Path

import pytest

GLOSSARY = Path(__file__).parents[3] / "docs" / "glossary.md"

WORDS = """
contact; referral; strategy discussion; section 47; ICPC; child protection plan; child in need
looked-after child; child in care; care leaver; MASH; BRAG; LADO; CDOP; LCSPR; rapid review; DSL
section 11; XmR; usual range
statistical neighbours; polarity; RAG; suppression; early help; threshold; core group; private fostering; NEET
return interview; significant harm; working together; restated; numerator; cumulative; rolling; snapshot
variance
""".replace("\n", ";").split(";")


def defined() -> list[tuple[str, str]]:
    """(word, meaning) of each line of each table."""
    lines = [line for line in GLOSSARY.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [(word, meaning) for word, meaning in cells if word != "word"]


@pytest.mark.parametrize("word", [word.strip() for word in WORDS if word.strip()])
def test_glossary_defines(word: str) -> None:
    assert any(word.lower() in term.lower() for term, _ in defined())


def test_glossary_explains_in_sentences_and_once() -> None:
    terms = [term for term, _ in defined()]
    assert len(set(terms)) == len(terms)
    assert [term for term, meaning in defined() if not meaning.endswith(".")] == []
