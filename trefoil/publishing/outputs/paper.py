"""From a document's content, as it is frozen, to the tree of parts. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from ..blocks.shown import ShownBlock
from ..prose import parsed
from ..words import period_words
from .tree import Drawing, Grid, Heading, Listing, Paper, PaperSection, Paragraph, Part, Run

EMPTY = "Nothing is written here."


@dataclass(frozen=True)
class Standing:
    """What a document is at the moment that it is given out: the mark of a draft, what its reader must know, and the
    facts of an edition that stand at its end."""

    mark: str
    notice: tuple[str, ...]
    footer: str
    on: date
    facts: tuple[tuple[str, str], ...] = ()


def paper_of(content: dict[str, Any], standing: Standing) -> Paper:
    """The tree of a content."""
    starts_on, ends_on = (date.fromisoformat(content[name]) for name in ("starts_on", "ends_on"))
    under = f", under {content['law']}" if content["law"] else ""
    sections = tuple(_section(one) for one in content["sections"])
    return Paper(
        title=content["title"],
        partnership=content["partnership"],
        about=f"{content['kind']}, {period_words(starts_on, ends_on)}{under}",
        mark=standing.mark,
        notice=standing.notice,
        footer=standing.footer,
        on=standing.on,
        sections=(*sections, _about(content, standing)),
    )


def parts_of(text: str) -> tuple[Part, ...]:
    """A writer's text as parts."""
    return tuple(_parts(SyntaxTreeNode(parsed(text)).children))


def _section(held: dict[str, Any]) -> PaperSection:
    parts = parts_of(held["prose"]) or (_quiet(EMPTY),)
    blocks = [part for one in held["blocks"] for part in _block(ShownBlock.of_json(one))]
    return PaperSection(held["key"], held["title"], (*parts, *blocks))


def _block(shown: ShownBlock) -> Iterator[Part]:
    yield Heading((Run(shown.title),))
    if shown.sentences:
        yield _plain(" ".join(shown.sentences))
    if shown.picture:
        yield Drawing(shown.picture.wide, shown.picture.words)
    for table in shown.tables:
        if table.rows:
            yield Grid(table)
    if shown.trouble:
        yield Paragraph((Run("Note: ", bold=True), Run(shown.trouble)))
    if shown.source:
        yield _quiet(shown.source)


def _about(content: dict[str, Any], standing: Standing) -> PaperSection:
    """The last section: how it stood against the law, what was left out and why, and the facts of an edition."""
    asked = [one for one in content["check"] if ":" not in one["key"]]
    present = sum(one["found"] == "present" for one in asked)
    parts: list[Part] = []
    if asked:
        parts.append(_plain(f"{present} of {len(asked)} things that {content['law']} asks for are there."))
    left_out = [one for one in content["check"] if one["found"] == "overruled"]
    if left_out:
        items = tuple((_plain(_left_out(one)),) for one in left_out)
        parts.append(Listing(ordered=False, start=1, items=items))
    parts += [
        Paragraph((Run(f"{one['name']}: ", bold=True), Run(one["words"], href=one["href"])))
        for one in content.get("care", [])
    ]
    parts += [Paragraph((Run(f"{name}: ", bold=True), Run(words))) for name, words in standing.facts]
    return PaperSection("about", "About this document", tuple(parts) or (_plain(content["partnership"]),))


def _left_out(one: dict[str, Any]) -> str:
    """An item of the law that was left out, or what was found in words or figures and stands."""
    if ":" in one["key"]:
        return f"{one['why']} Set aside, in “{one['section']}”. {one['reason']}"
    return f"{one['words']} ({one['key']}): left out. {one['reason']}"


def _plain(words: str) -> Paragraph:
    return Paragraph((Run(words),))


def _quiet(words: str) -> Paragraph:
    return Paragraph((Run(words),), quiet=True)


def _parts(nodes: Sequence[SyntaxTreeNode]) -> Iterator[Part]:
    for node in nodes:
        if node.type == "heading":
            yield Heading(_runs(node))
        elif node.type == "paragraph":
            yield Paragraph(_runs(node))
        elif node.type in {"bullet_list", "ordered_list"}:
            items = tuple(tuple(_parts(item.children)) for item in node.children)
            yield Listing(node.type == "ordered_list", int(node.attrs.get("start", 1)), items)


def _runs(node: SyntaxTreeNode) -> tuple[Run, ...]:
    """The runs of a paragraph or a heading: its one child holds them as flat tokens."""
    inline = node.children[0].token if node.children else None
    return tuple(_flat(inline.children or ())) if inline else ()


def _flat(tokens: Sequence[Token]) -> Iterator[Run]:
    bold = italic = 0
    href = ""
    for token in tokens:
        if token.type.startswith("strong"):
            bold += token.nesting
        elif token.type.startswith("em_"):
            italic += token.nesting
        elif token.type.startswith("link"):
            href = str(token.attrs.get("href", "")) if token.nesting > 0 else ""
        elif token.content:
            yield Run(token.content.replace("\n", " "), bold > 0, italic > 0, href)
