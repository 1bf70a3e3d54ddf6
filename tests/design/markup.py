"""Markup as a tree, so that tests ask about elements and not about spaces."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"input", "meta", "link", "br", "img", "path", "circle", "rect"}


@dataclass
class Element:
    """One element: tag, attributes, and what stands in it, text and elements in their order."""

    tag: str
    attrs: dict[str, str]
    content: list["Element | str"] = field(default_factory=list)

    @property
    def children(self) -> list["Element"]:
        """The elements directly in this one."""
        return [part for part in self.content if isinstance(part, Element)]

    def _texts(self) -> Iterator[str]:
        for part in self.content:
            if isinstance(part, Element):
                yield from part._texts()
            else:
                yield part

    def walk(self) -> Iterator["Element"]:
        """This element and all beneath it."""
        yield self
        for child in self.children:
            yield from child.walk()

    def all(self, tag: str, **attrs: str) -> list["Element"]:
        """Elements with the tag and attributes; `class_` asks for one class among several."""
        wanted_class = attrs.pop("class_", None)
        return [
            one
            for one in self.walk()
            if one.tag == tag
            and all(one.attrs.get(name.replace("_", "-")) == value for name, value in attrs.items())
            and (wanted_class is None or wanted_class in one.attrs.get("class", "").split())
        ]

    def one(self, tag: str, **attrs: str) -> "Element":
        """The only such element."""
        found = self.all(tag, **attrs)
        assert len(found) == 1, f"{len(found)} of {tag} {attrs}"
        return found[0]

    def words(self) -> str:
        """All text, with single spaces."""
        return " ".join(" ".join(self._texts()).split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("root", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].content.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].content.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open[-1].tag == tag, f"{tag} closes {self.open[-1].tag}"
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].content.append(data)


def read_markup(markup: str) -> Element:
    """The tree of some markup. Fails when an element is closed by another's end."""
    reader = _Reader()
    reader.feed(markup)
    assert len(reader.open) == 1, [element.tag for element in reader.open]
    return reader.open[0]
