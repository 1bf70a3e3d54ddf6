"""What is typed by hand: small numbers, figures that no record gives, people's names. Pure."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from trefoil.indicators.suppression.published import SMALL

from ..blocks.shown import ShownBlock
from .fault import Fault, Whole
from .tables import number_of

SMALL_WORDS = ("one", "two", "three", "four", "five")[:SMALL]
PEOPLE = (
    r"(?:child|children|young (?:person|people)|boys?|girls?|bab(?:y|ies)|infants?|toddlers?|siblings?|pupils?|"
    r"teenagers?|adolescents?|famil(?:y|ies)|parents?|mothers?|fathers?|care leavers?|young carers?|victims?|deaths?|"
    r"suicides?)"
)
# Not "one child protection plan" or "two children’s homes", which count no children.
NO_PEOPLE = r"(?![’'\w-])(?! (?:protection|in need|home|homes|death|practice|safeguarding)\b)"
# A word may stand between, as in "two disabled children", but none that makes it another count.
BETWEEN = r"(?!(?:years?|months?|weeks?|days?|hours?|times|of|in|with|for|to|and|or|than|per)\b)[\w-]+"
# Two words only where the second is one that is said of children: "two partners met families" counts no family.
OF_CHILDREN = (
    r"(?:asylum-seeking|looked-after|disabled|young|younger|older|little|small|unborn|teenage|vulnerable|local|"
    r"white|black|asian)"
)
OF_THEM = r"(?:(?:out )?of (?:the|these|those|our|their) )"
# Not "three in four children", which is a share.
NO_SHARE = "".join(rf"(?<!\b{word} in )" for word in SMALL_WORDS)
SMALL_NUMBER = re.compile(
    rf"(?<!\byear ){NO_SHARE}\b(?:[1-{SMALL}]|{'|'.join(SMALL_WORDS)}) "
    rf"{OF_THEM}?(?:{BETWEEN} (?:{OF_CHILDREN} )?)?{PEOPLE}{NO_PEOPLE}",
    re.IGNORECASE,
)
TYPED = re.compile(
    rf"£\d[\d,]*(?:\.\d+)?|\b\d[\d,]*(?:\.\d+)? ?(?:%|per cent\b)|\b\d[\d,]*(?= (?:{BETWEEN} )?{PEOPLE}{NO_PEOPLE})"
)
IN_BLOCK = re.compile(r"£?\d[\d,]*(?:\.\d+)?%?")


def small_numbers(whole: Whole) -> Iterator[Fault]:
    """A number of children or families that is small enough to point at one."""
    cure = f"Say it without the number: “a few”, or “fewer than {SMALL + 1}” where the total cannot give it away."
    for section in whole:
        for said in dict.fromkeys(SMALL_NUMBER.findall(section.text)):
            # "One family" is often nobody in particular.
            blocks = not said.lower().startswith("one ")
            yield Fault("small", section.pk, f"“{said}” could point at a child.", cure, blocks)


def unrecorded(whole: Whole) -> Iterator[Fault]:
    """A percentage, a sum of money or a number of people that no figure in the document gives."""
    known = {_meant(found) for section in whole for found in _figures_of(section.blocks)}
    cure = "Put the figures in beneath the words, so that both say the same; or check the number by hand."
    for section in whole:
        for said in dict.fromkeys(TYPED.findall(section.text)):
            value = number_of(said.replace(" per cent", "%").replace(" %", "%"))
            if value is not None and value > SMALL and _meant(said) not in known:
                words = f"“{said}” stands in the words, and no figure in this document gives it."
                yield Fault("figure", section.pk, words, cure, blocks=False)


def people_named(whole: Whole, names: Sequence[str]) -> Iterator[Fault]:
    """Somebody with an account is named. Some are meant to be, such as the scrutineer."""
    cure = "Name the role in place of the person, unless the person agreed to be named."
    for section in whole:
        for name in names:
            if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", section.text, re.IGNORECASE):
                yield Fault("person", section.pk, f"“{name}” is the name of a person.", cure, blocks=False)


def _figures_of(blocks: Sequence[ShownBlock]) -> Iterator[str]:
    for block in blocks:
        cells = (cell for table in block.tables for row in table.rows for cell in row)
        yield from (found for text in (block.title, *block.sentences, *cells) for found in IN_BLOCK.findall(text))


def _meant(said: str) -> tuple[str, Decimal | None]:
    """A figure with what it is of: money, a share, or a count."""
    plain = said.replace(" per cent", "%").replace(" %", "%")
    kind = "£" if plain.startswith("£") else "%" if plain.endswith("%") else ""
    return kind, number_of(plain)
