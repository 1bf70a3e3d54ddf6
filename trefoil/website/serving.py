"""A built site answered from memory: the very bytes that lie in its folder. Asks no database."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from .building import HTML, around_of
from .folder import CURRENT, HOSTS, MANIFEST, target_of
from .pages.page import NOT_FOUND, OK, POLICY, Crumb, Page, written
from .searching import LONGEST_QUESTION, Entry, Ready, ready, search

RESULTS = "search/results/"
NOT_MODIFIED = 304
# For a minute a page may be read without asking again; for a day where nobody can be asked.
FRESH = "public, max-age=60, stale-while-revalidate=60, stale-if-error=86400"
FOR_GOOD = "public, max-age=31536000, immutable"
HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")
LARGEST_IN_MEMORY = 512 * 1024


@dataclass(frozen=True)
class Shown:
    """A site as it was read from its folder. `target` says which one it is."""

    target: str
    public: Path
    files: Mapping[str, Mapping[str, Any]]
    held: Mapping[str, bytes]
    gone: tuple[str, ...]
    entries: tuple[Ready, ...]
    facts: Mapping[str, Any]
    assets: Mapping[str, str]
    made_at: str

    def content(self, name: str) -> bytes:
        """The bytes of a file: small ones from memory."""
        return self.held[name] if name in self.held else (self.public / name).read_bytes()


_SHOWN: dict[Path, Shown] = {}


def site_at_host(base: Path, host: str) -> Path | None:
    """The folder of the site that is found under a host name, as a browser sends it; None where there is none."""
    name = host.lower().partition(":")[0].rstrip(".")
    if not HOST.fullmatch(name):
        return None
    target = target_of(base / HOSTS / name)
    return base / target.split("/")[1] if target else None


def shown_in(folder: Path) -> Shown | None:
    """The site that a folder shows now, read again only when another was put there; None where there is none."""
    for _ in range(2):
        target = target_of(folder / CURRENT)
        held = _SHOWN.get(folder)
        if held is not None and held.target == target:
            return held
        try:
            _SHOWN[folder] = _read(folder, target)
        except FileNotFoundError:
            continue  # swapped while it was read: the next look finds the new one
        return _SHOWN[folder]
    return None


def _read(folder: Path, target: str) -> Shown:
    place = folder / target
    manifest = json.loads((place / MANIFEST).read_text())
    names = [name for name, one in manifest["files"].items() if one["content_type"].startswith(("text/", "image/"))]
    zipped = [f"{name}.gz" for name in names if manifest["files"][name]["zipped"]]
    public = place / "public"
    held = {name: (public / name).read_bytes() for name in (*names, *zipped)}
    return Shown(
        target=target,
        public=public,
        files=manifest["files"],
        held={name: content for name, content in held.items() if len(content) <= LARGEST_IN_MEMORY},
        gone=tuple(manifest["taken_down"]),
        entries=ready(Entry(**one) for one in manifest["entries"]),
        facts=manifest["facts"],
        assets=manifest["assets"],
        made_at=manifest["made_at"],
    )


def answer(request: HttpRequest, folder: Path, path: str) -> HttpResponse:
    """What the site in a folder answers; `path` begins after the site's own beginning, without a slash."""
    if request.method not in {"GET", "HEAD"}:
        response = HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
    else:
        shown = shown_in(folder)
        response = _found(request, shown, path) if shown else HttpResponse("Not found", status=NOT_FOUND)
    response = _guarded(response)
    if response.status_code != NOT_MODIFIED:
        response["Content-Length"] = str(len(response.content))
    if request.method == "HEAD":
        response.content = b""
    return response


def _found(request: HttpRequest, shown: Shown, path: str) -> HttpResponse:
    if path == RESULTS:
        return _results(shown, request.GET.get("q", ""))
    name = f"{path}index.html" if path == "" or path.endswith("/") else path
    if name in shown.files and shown.files[name]["status"] == OK and not name.endswith("/gone.html"):
        return _file(request, shown, name)
    if f"{path}/index.html" in shown.files or f"{path}/" in shown.gone:
        # Relative, so that it leads on within the site wherever that begins.
        return HttpResponse(status=301, headers={"Location": f"{path.rpartition('/')[2]}/"})
    gone = next((one for one in shown.gone if f"{path}/".startswith(one)), None)
    return _file(request, shown, "404.html" if gone is None else f"{gone}gone.html")


def _file(request: HttpRequest, shown: Shown, name: str) -> HttpResponse:
    """A file as it lies there: packed for who takes it packed, and nothing at all for who has it already."""
    facts = shown.files[name]
    status = facts["status"]
    if status == OK and facts["etag"] in _etags(request):
        response = HttpResponse(status=NOT_MODIFIED)
    else:
        packed = facts["zipped"] and "gzip" in request.headers.get("Accept-Encoding", "")
        response = HttpResponse(shown.content(f"{name}.gz" if packed else name), status=status)
        response["Content-Type"] = facts["content_type"]
        if packed:
            response["Content-Encoding"] = "gzip"
        if facts["saved_as"]:
            response["Content-Disposition"] = f'attachment; filename="{facts["saved_as"]}"'
    response["ETag"] = facts["etag"]
    response["Cache-Control"] = FOR_GOOD if facts["lasts"] else FRESH
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _etags(request: HttpRequest) -> set[str]:
    return {one.strip() for one in request.headers.get("If-None-Match", "").split(",")}


def _results(shown: Shown, question: str) -> HttpResponse:
    """The answer to a search. Nothing of the question is kept."""
    asked = " ".join(question.split())[:LONGEST_QUESTION]
    found = search(shown.entries, asked)
    page = Page(
        RESULTS,
        "results",
        f"Search: {asked}" if asked else "Search this site",
        _count_words(len(found)) if asked else "Write what you look for.",
        crumbs=(Crumb("Home", ""), Crumb("Search this site", "search/")),
        context={"asked": asked, "found": found},
    )
    around = around_of(shown.facts, shown.assets)
    return HttpResponse(written(page, around, root=""), content_type=HTML, headers={"Cache-Control": "no-store"})


def _count_words(number: int) -> str:
    if not number:
        return "Nothing holds all of these words. Try fewer, or the beginning of one."
    return f"{number} place{'' if number == 1 else 's'} found."


def _guarded(response: HttpResponse) -> HttpResponse:
    """What every answer of a public site forbids a browser."""
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Frame-Options"] = "DENY"
    response["Referrer-Policy"] = "no-referrer"
    response["Cross-Origin-Opener-Policy"] = "same-origin"
    response["Permissions-Policy"] = ", ".join(f"{name}=()" for name in settings.PERMISSIONS_POLICY)
    if settings.SECURE_HSTS_SECONDS:
        response["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}"
    return response
