"""A whole site as files: what each holds, what a server answers it with, and what a search finds."""

import hashlib
import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib.resources import files as package_files
from importlib.resources.abc import Traversable
from typing import Any

from trefoil.people.models import Partnership
from trefoil.publishing import public

from .facts import SiteFacts
from .pages.making import Stock, pages_of
from .pages.page import GONE, OK, Page, written
from .pages.shelves import SHELVES, addresses_of
from .searching import Entry

logger = logging.getLogger("trefoil.website")
HTML = "text/html; charset=utf-8"
EXIT = "https://www.bbc.co.uk/weather"
"""Where “Leave this site” leads: the page that GOV.UK’s own component leads to."""
ROOMS = (
    ("Worried about a child?", "worried/"),
    ("Arrangements", "arrangements/"),
    ("Reports", "reports/"),
    ("Reviews", "reviews/"),
    ("Learning", "learning/"),
    ("Policies", "policies/"),
    ("Contact", "contact/"),
)
ReadFile = Callable[[str, str, str], bytes | None]


@dataclass(frozen=True)
class File:
    """One file of a site, and how it is answered. `saved_as` is the name that it is taken away under, if it is."""

    name: str
    content: bytes
    content_type: str
    status: int = OK
    saved_as: str = ""
    lasts: bool = False


@dataclass(frozen=True)
class Built:
    """A site, ready to be written down. `digest` is of everything that it was made from."""

    digest: str
    files: tuple[File, ...]
    assets: dict[str, str]
    entries: tuple[Entry, ...]
    gone: tuple[str, ...]
    editions: tuple[str, ...]
    kept: dict[str, dict[str, dict[str, str]]]


@cache
def way_of_building() -> str:
    """A hash of the templates, styles and code that pages are made by."""
    root = package_files(__package__)
    return hashlib.sha256(b"".join(one.read_bytes() for one in _below(root))).hexdigest()


def _below(folder: Traversable) -> list[Traversable]:
    inside = sorted(folder.iterdir(), key=lambda one: one.name)
    files = [one for one in inside if one.is_file() and one.name.endswith((".html", ".css", ".js", ".svg", ".py"))]
    return [*files, *(deeper for one in inside if one.is_dir() for deeper in _below(one))]


def digest_of(facts: SiteFacts, partnership: Partnership) -> str:
    """A hash of everything that the site would be made from now: when it is the same, so is the site."""
    parts = [way_of_building(), public.state_of(partnership), json.dumps(asdict(facts), sort_keys=True)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def build(facts: SiteFacts, partnership: Partnership, *, kept: ReadFile) -> Built:
    """The site as it would be now. `kept` gives a file of an earlier building: by the edition's hash, kind and way."""
    written = [_with_files(one, kept) for one in public.published(partnership)]
    stock = stock_of(facts, tuple(one for one, _ in written), public.taken_down(partnership), partnership)
    downloads = [file for one, contents in written for file in _downloads(stock, one, contents)]
    return assemble(stock, downloads, digest=digest_of(facts, partnership))


def _with_files(edition: public.PublicEdition, kept: ReadFile) -> tuple[public.PublicEdition, dict[str, bytes]]:
    """An edition with its files, those that were written before taken over.

    A file that cannot be made is left out and told to who looks after the installation: what was taken down meanwhile
    must not stay because of it.
    """
    contents: dict[str, bytes] = {}
    way = public.way_of_writing()
    for kind in [one.kind for one in edition.files]:
        try:
            contents[kind] = kept(edition.digest, kind, way) or public.file_of(edition, kind)
        except public.CannotWriteError:
            logger.exception("a file of a public edition cannot be made and is left out of the site")
    return replace(edition, files=tuple(one for one in edition.files if one.kind in contents)), contents


def stock_of(
    facts: SiteFacts,
    editions: tuple[public.PublicEdition, ...],
    gone: tuple[public.TakenDown, ...],
    partnership: Partnership,
) -> Stock:
    """What the pages are made from, each document with its lasting address."""
    kinds = {one.document: one.kind for one in editions} | {one.document: one.kind for one in gone}
    titled = [(key, kinds[key], title) for key, title in public.first_titles(partnership) if key in kinds]
    return Stock(facts, editions, gone, addresses_of(titled))


def assemble(stock: Stock, downloads: list[File], *, digest: str) -> Built:
    """Pages, assets and files together."""
    assets = _assets(stock.facts)
    around = around_of(stock.facts, {name: file.name for name, file in assets.items()})
    pages = list(pages_of(stock))
    files = [File(one.file, written(one, around, root=stock.facts.root), HTML, one.status) for one in pages]
    return Built(
        digest=digest,
        files=(*files, *assets.values(), *downloads, *_for_robots(stock.facts, pages)),
        assets={name: file.name for name, file in assets.items()},
        entries=tuple(_entries(stock)),
        gone=tuple(one.path for one in pages if one.status == GONE),
        editions=tuple(one.digest for one in stock.editions),
        kept={public.way_of_writing(): _kept_of(stock)},
    )


def around_of(facts: SiteFacts | Mapping[str, Any], assets: Mapping[str, str]) -> dict[str, object]:
    """What stands around every page, those too that are written later, such as the answer to a search."""
    return {"facts": facts, "assets": assets, "rooms": ROOMS, "exit": EXIT}


def _assets(facts: SiteFacts) -> dict[str, File]:
    """Style, script and icon under names with their own hash, so that a browser may keep them for good."""
    folder = package_files(__package__) / "assets"
    contents = {
        "style": (
            f":root {{ --own: {facts.colour}; }}\n".encode() + (folder / "site.css").read_bytes(),
            "css",
            "text/css",
        ),
        "script": ((folder / "site.js").read_bytes(), "js", "text/javascript"),
        "icon": ((folder / "icon.svg").read_bytes().replace(b"#22593a", facts.colour.encode()), "svg", "image/svg+xml"),
    }
    return {name: _asset(*one) for name, one in contents.items()}


def _asset(content: bytes, ending: str, content_type: str) -> File:
    name = f"assets/{hashlib.sha256(content).hexdigest()[:12]}.{ending}"
    return File(name, content, f"{content_type}; charset=utf-8", lasts=True)


def _downloads(stock: Stock, edition: public.PublicEdition, contents: Mapping[str, bytes]) -> list[File]:
    """The files of an edition in its folder: the PDF is shown, the others are saved."""
    return [
        File(
            f"{stock.path(edition)}{one.name}",
            contents[one.kind],
            one.content_type,
            saved_as=one.name if one.kind != "pdf" else "",
        )
        for one in edition.files
    ]


def _kept_of(stock: Stock) -> dict[str, dict[str, str]]:
    """The hash of an edition -> kind of file -> where it lies, for the next building."""
    return {one.digest: {file.kind: f"{stock.path(one)}{file.name}" for file in one.files} for one in stock.editions}


def _for_robots(facts: SiteFacts, pages: list[Page]) -> list[File]:
    """What search engines ask for; an invented site stays out of them."""
    if facts.is_invented or not facts.host:
        return [File("robots.txt", b"User-agent: *\nDisallow: /\n", "text/plain; charset=utf-8")]
    base = f"https://{facts.host}/"
    urls = "".join(f"<url><loc>{base}{one.path}</loc></url>" for one in pages if one.status == OK)
    sitemap = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'
    robots = f"User-agent: *\nDisallow: /search/results/\nSitemap: {base}sitemap.xml\n"
    return [
        File("robots.txt", robots.encode(), "text/plain; charset=utf-8"),
        File("sitemap.xml", sitemap.encode(), "application/xml; charset=utf-8"),
    ]


def _entries(stock: Stock) -> list[Entry]:
    """Every section of every document's newest public edition, and the site's own pages by their titles."""
    newest: dict[int, public.PublicEdition] = {}
    for one in stock.editions:
        held = newest.get(one.document)
        newest[one.document] = one if held is None or one.number > held.number else held
    sections = [
        Entry(f"{stock.path(edition)}#{one.key}", one.title, edition.title, one.text)
        for edition in newest.values()
        for one in edition.sections
    ]
    own = [Entry(shelf.path, shelf.title, "", shelf.lead) for shelf in SHELVES]
    return [
        *own,
        Entry("worried/", "Worried about a child?", "", "Who to call: 999, the front door, Childline."),
        *sections,
    ]
