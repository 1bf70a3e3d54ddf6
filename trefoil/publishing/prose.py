"""A writer's text as safe HTML, and its words counted. A small part of CommonMark. Pure: no database.

Paragraphs, headings (below the section's own), lists, emphasis and links to the web. HTML that is typed is shown as
it was typed; pictures and tables are blocks, not text.
"""

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

RULES = ("heading", "list", "emphasis", "link", "escape")
CLASSES = {
    "paragraph_open": "govuk-body",
    "bullet_list_open": "govuk-list govuk-list--bullet",
    "ordered_list_open": "govuk-list govuk-list--number",
    "heading_open": "govuk-heading-s",
    "link_open": "govuk-link",
}
LINKS = re.compile(r"(https?://|mailto:)", re.IGNORECASE)
WORD = re.compile(r"\w+(?:[’'-]\w+)*")
SECTION_LEVEL = 2


class _Parser(MarkdownIt):
    """The library's parser, whose links lead to the web or to a mailbox: nothing that a browser would run."""

    def validateLink(self, url: str) -> bool:  # noqa: N802  # the library's name
        return LINKS.match(url.strip()) is not None


def as_html(text: str, *, level: int = SECTION_LEVEL) -> str:
    """The text as HTML that can be trusted. `level` is that of the heading it stands under; its own are one deeper."""
    parser, tokens = _parser(), parsed(text)
    _dress(tokens, f"h{level + 1}")
    return str(parser.renderer.render(tokens, parser.options, {}))


def parsed(text: str) -> list[Token]:
    """The text as tokens of the library, for those who make something else of it than HTML."""
    return _parser().parse(text)


def plain(text: str) -> str:
    """The words alone, a line for each paragraph."""
    return "\n".join("".join(_texts(token.children or ())) for token in parsed(text) if token.type == "inline")


def links_of(text: str) -> tuple[str, ...]:
    """Where its links lead, in their order."""
    inside = (child for token in parsed(text) for child in token.children or ())
    return tuple(str(one.attrs["href"]) for one in inside if one.type == "link_open")


def count_words(text: str) -> int:
    """How many words a text has, marks and addresses of links left out."""
    plain = " ".join(_texts(parsed(text)))
    return len(WORD.findall(plain))


def _parser() -> MarkdownIt:
    return _Parser("zero", {"html": False, "typographer": False}).enable(list(RULES))


def _dress(tokens: Sequence[Token], heading: str) -> None:
    """Give each part the design's class, and every heading the one level that fits."""
    for token in tokens:
        if token.type in CLASSES:
            token.attrSet("class", CLASSES[token.type])
        if token.type in {"heading_open", "heading_close"}:
            token.tag = heading
        _dress(token.children or (), heading)


def _texts(tokens: Sequence[Token]) -> list[str]:
    return [
        part for token in tokens for part in ([token.content] if token.type == "text" else _texts(token.children or ()))
    ]
