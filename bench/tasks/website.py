"""A public site built, and read by many at once."""

import asyncio
import json
import time
from collections.abc import Iterator
from itertools import cycle, islice

from django.utils import timezone

from trefoil.website.folder import CURRENT, MANIFEST, store
from trefoil.website.keeping import keep_site
from trefoil.website.models import Site
from trefoil.website.operations import change_site
from trefoil.website.queries import sites

HOST = "fairmead.example.org"
OK = b"HTTP/1.1 200"


def build() -> dict[str, object]:
    """The demo's site at a host name of its own: how long a first building takes, one after a change, and none."""
    site, now = sites()[0], timezone.now()
    by = site.changed_by
    assert by is not None
    site.is_on = False
    keep_site(site, by=None, now=now)
    site.is_on = True
    if site.host != HOST:
        change_site(site=site, facts={"host": HOST}, seen_version=site.version, by=by, now=now)
    first = _seconds(site)
    site.lead = f"{site.lead} Something else."
    changed, nothing = _seconds(site), _seconds(site)
    manifest = json.loads((store() / site.partnership.slug / CURRENT / MANIFEST).read_text())
    pages = [name.removesuffix("index.html") for name in manifest["files"] if name.endswith("index.html")]
    sizes = [len(content) for content in _packed(site.partnership.slug, pages)]
    return {
        "first": first,
        "changed": changed,
        "nothing": nothing,
        "pages": pages,
        "kilobytes": sum(sizes) / len(sizes) / 1024,
    }


def _packed(slug: str, pages: list[str]) -> Iterator[bytes]:
    public = store() / slug / CURRENT / "public"
    return ((public / f"{page}index.html.gz").read_bytes() for page in pages)


def _seconds(site: Site) -> float:
    started = time.perf_counter()
    keep_site(site, by=None, now=timezone.now())
    return time.perf_counter() - started


def read(port: int, pages: list[str], readers: int, seconds: float) -> dict[str, object]:
    """So many readers, each page after page over a connection of its own, as long as said."""
    return asyncio.run(_read(port, pages, readers, seconds))


async def _read(port: int, pages: list[str], readers: int, seconds: float) -> dict[str, object]:
    end = time.perf_counter() + seconds
    going = [_reader(port, list(islice(cycle(pages), at, at + len(pages))), end) for at in range(readers)]
    started = time.perf_counter()
    done = await asyncio.gather(*going)
    spent = time.perf_counter() - started
    return {
        "seconds": spent,
        "waited": [waited for one, _ in done for waited in one],
        "wrong": sum(wrong for _, wrong in done),
    }


async def _reader(port: int, pages: list[str], end: float) -> tuple[list[float], int]:
    """Milliseconds waited for each page, and how many were not answered as they should be."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    waited, wrong = [], 0
    for page in cycle(pages):
        started = time.perf_counter()
        if started >= end:
            break
        writer.write(f"GET /{page} HTTP/1.1\r\nHost: {HOST}\r\nAccept-Encoding: gzip\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
        await reader.readexactly(length)
        waited.append((time.perf_counter() - started) * 1000)
        wrong += not head.startswith(OK)
        if b"connection: close" in head.lower():
            writer.close()
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.close()
    return waited, wrong
