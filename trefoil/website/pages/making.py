"""Every page of a site, from its facts and the editions. Pure: what is not handed in cannot come out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from trefoil.publishing.public import PublicEdition, TakenDown

from ..facts import SiteFacts
from .page import GONE, NOT_FOUND, Crumb, Page
from .shelves import OF_A_PERIOD, SHELF_OF, SHELVES, Shelf, edition_path

HOME = Crumb("Home", "")
NEWEST = 4


@dataclass(frozen=True)
class Stock:
    """What a site is made from. `folders` is document -> its folder on the site."""

    facts: SiteFacts
    editions: tuple[PublicEdition, ...]
    gone: tuple[TakenDown, ...]
    folders: dict[int, str]

    def path(self, edition: PublicEdition | TakenDown) -> str:
        return edition_path(self.folders[edition.document], edition.number)


@dataclass(frozen=True)
class Line:
    """A document in a list: its newest edition, where it stands, and where its earlier editions are if it has any."""

    edition: PublicEdition
    path: str
    earlier: str


def pages_of(stock: Stock) -> Iterator[Page]:
    """All pages: the partnership's own words first, then shelves, documents and editions, then what is not there."""
    yield from _own_pages(stock)
    for shelf in SHELVES:
        yield _shelf(shelf, stock)
    for key in dict.fromkeys([*(one.document for one in stock.editions), *(one.document for one in stock.gone)]):
        yield _document(key, stock)
    for edition in stock.editions:
        yield _edition(edition, stock)
    for gone in stock.gone:
        yield _gone(gone, stock)
    yield Page("", "not_found", "Page not found", "There is no page at this address.", status=NOT_FOUND)


def _own_pages(stock: Stock) -> Iterator[Page]:
    facts = stock.facts
    arrangements = _lines(stock, SHELVES[0])
    newest = _lines(stock)[:NEWEST]
    yield Page("", "home", facts.name, facts.lead, room="home", context={"newest": newest, "shelves": _shelf_links()})
    yield _own("worried/", "worried", "Worried about a child?", "You do not have to be sure. Tell somebody.")
    yield _own(
        "partners/",
        "partners",
        "Partners and groups",
        "Who works together to keep children safe here.",
        above=(Crumb("Our arrangements", "arrangements/"),),
        room="arrangements/",
        arrangements=arrangements,
    )
    yield _own(
        "training/",
        "training",
        "Training",
        "For people who work or volunteer with children and families.",
        above=(Crumb("Learning", "learning/"),),
        room="learning/",
    )
    yield _own("contact/", "contact", "Contact the partnership", "For questions about the partnership’s own work.")
    yield _own(
        "search/", "search", "Search this site", "Looks through every published document.", shelves=_contents(stock)
    )
    yield _own("accessibility/", "accessibility", "Accessibility statement", "What works, what does not, whom to tell.")
    yield _own("privacy/", "privacy", "Privacy", "This site sets no cookies and counts nobody.")


def _own(
    path: str, template: str, title: str, lead: str, *, above: tuple[Crumb, ...] = (), room: str = "", **context: object
) -> Page:
    return Page(path, template, title, lead, crumbs=(HOME, *above), room=room or path, context=context)


def _shelf_links() -> list[Shelf]:
    return list(SHELVES)


def _shelf(shelf: Shelf, stock: Stock) -> Page:
    """The documents of a shelf under the word of their kind, the newest first."""
    lines = _lines(stock, shelf)
    lines.sort(key=lambda one: shelf.kinds.index(one.edition.kind))
    kinds = [(found, list(group)) for found, group in groupby(lines, key=lambda one: one.edition.kind_words)]
    return Page(
        shelf.path,
        "shelf",
        shelf.title,
        shelf.lead,
        crumbs=(HOME,),
        room=shelf.path,
        context={"shelf": shelf, "kinds": kinds},
    )


def _lines(stock: Stock, shelf: Shelf | None = None) -> list[Line]:
    """The newest public edition of each document, of one shelf or of all, the newest first."""
    found: dict[int, list[PublicEdition]] = {}
    for one in stock.editions:
        if shelf is None or one.kind in shelf.kinds:
            found.setdefault(one.document, []).append(one)
    return [_line(stock, editions) for editions in found.values()]


def _line(stock: Stock, editions: Sequence[PublicEdition]) -> Line:
    newest = max(editions, key=lambda one: one.number)
    others = len(editions) + sum(one.document == newest.document for one in stock.gone) > 1
    return Line(newest, stock.path(newest), stock.folders[newest.document] if others else "")


def _document(key: int, stock: Stock) -> Page:
    """The editions of one document, those that were taken down among them."""
    editions = sorted((one for one in stock.editions if one.document == key), key=lambda one: -one.number)
    gone = sorted((one for one in stock.gone if one.document == key), key=lambda one: -one.number)
    first = (editions or gone)[0]
    count = len(editions)
    lead = (
        f"{count} edition{'' if count == 1 else 's'} can be read here." if count else "No edition can be read any more."
    )
    lines = [(one, stock.path(one)) for one in editions]
    return Page(
        stock.folders[key],
        "document",
        first.title,
        lead,
        crumbs=_above(first),
        room=SHELF_OF[first.kind].path,
        context={"lines": lines, "taken_down": [(one, stock.path(one)) for one in gone]},
    )


def _edition(edition: PublicEdition, stock: Stock) -> Page:
    folder = stock.folders[edition.document]
    numbers = [one.number for one in stock.editions if one.document == edition.document]
    newer = max(numbers) if max(numbers) > edition.number else 0
    return Page(
        stock.path(edition),
        "edition",
        edition.title,
        edition.summary,
        description=edition.summary,
        crumbs=_above(edition),
        room=SHELF_OF[edition.kind].path,
        context={
            "edition": edition,
            "period": edition.period if edition.kind in OF_A_PERIOD else "",
            "folder": folder if len(numbers) > 1 else "",
            "newer": edition_path(folder, newer) if newer else "",
        },
    )


def _gone(gone: TakenDown, stock: Stock) -> Page:
    """What stands at the address of an edition that was taken down, with the way to the newest one that was not."""
    held = max((one.number for one in stock.editions if one.document == gone.document), default=0)
    return Page(
        stock.path(gone),
        "taken_down",
        "This document was taken down",
        f"It was taken down on {gone.on:%-d %B %Y}.",
        crumbs=_above(gone),
        status=GONE,
        room=SHELF_OF[gone.kind].path,
        context={"taken": gone, "newest": edition_path(stock.folders[gone.document], held) if held else ""},
    )


def _above(one: PublicEdition | TakenDown) -> tuple[Crumb, ...]:
    shelf = SHELF_OF[one.kind]
    return HOME, Crumb(shelf.title, shelf.path)


def _contents(stock: Stock) -> list[tuple[Shelf, list[Line]]]:
    """Everything that there is, shelf by shelf, for who cannot search."""
    return [(shelf, lines) for shelf in SHELVES if (lines := _lines(stock, shelf))]
