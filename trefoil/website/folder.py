"""Sites as folders on disk, swapped whole: a reader gets the old site or the new one, never half of each.

    <base>/<slug>/builds/<digest>-<any>/public/...   what a web server may serve
    <base>/<slug>/builds/<digest>-<any>/site.json  what it is answered with, and what a search looks through
    <base>/<slug>/current -> builds/<digest>-<any>   the one that is shown
    <base>/hosts/<host> -> ../<slug>/current   for a web server: its root is hosts/{host}/public

Reading these links needs no database, so a site is served while the database is away.
"""

import fcntl
import gzip
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from .building import Built, File
from .facts import SiteFacts

CURRENT, HOSTS, MANIFEST = "current", "hosts", "site.json"
SMALLEST_ZIPPED = 400
ZIPS = ("text/", "image/svg", "application/xml")


def store() -> Path:
    """Where this installation keeps the sites that it serves."""
    return Path(settings.SITE_STORE)


def shown(folder: Path) -> str:
    """The digest of the site that a folder shows, or nothing."""
    return target_of(folder / CURRENT).rpartition("/")[2].partition("-")[0]


def target_of(link: Path) -> str:
    """Where a link leads, or nothing."""
    try:
        return str(link.readlink())
    except OSError:
        return ""


def put(folder: Path, built: Built, facts: SiteFacts, *, made_at: str) -> None:
    """Write a site beside the one that is shown and swap them. What was shown before is deleted, for good."""
    builds = folder / "builds"
    builds.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        made = Path(tempfile.mkdtemp(prefix=f"{built.digest}-", dir=builds))
        made.chmod(0o755)
        for file in built.files:
            _write(made / "public" / file.name, file)
        (made / MANIFEST).write_text(json.dumps(_manifest(built, facts, made_at)))
        point(folder / CURRENT, f"builds/{made.name}")
        for old in builds.iterdir():
            if old.name != made.name:
                shutil.rmtree(old, ignore_errors=True)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One writer at a time: the worker, a command and a page may build the same site."""
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def point(link: Path, target: str) -> None:
    """Make a link lead somewhere else in one step."""
    link.parent.mkdir(parents=True, exist_ok=True)
    beside = link.with_name(f".{link.name}.{os.getpid()}")
    beside.unlink(missing_ok=True)
    beside.symlink_to(target)
    beside.replace(link)


def show_at(base: Path, host: str, slug: str) -> None:
    """Let a host name lead to a site, and no other name of an earlier day."""
    hide(base, slug, but=host)
    if host:
        point(base / HOSTS / host, f"../{slug}/{CURRENT}")


def hide(base: Path, slug: str, *, but: str = "") -> None:
    """Take away every host name that leads to a site."""
    hosts = base / HOSTS
    for link in hosts.iterdir() if hosts.is_dir() else ():
        if link.name != but and target_of(link) == f"../{slug}/{CURRENT}":
            link.unlink(missing_ok=True)


def remove(base: Path, slug: str) -> None:
    """Take a site away altogether: its names first, then its files."""
    hide(base, slug)
    (base / slug / CURRENT).unlink(missing_ok=True)
    shutil.rmtree(base / slug, ignore_errors=True)


@dataclass(frozen=True)
class Kept:
    """Files of editions in the site that is shown, so that a PDF is set once."""

    folder: Path

    def __call__(self, digest: str, kind: str, way: str) -> bytes | None:
        """The file of an edition, if this very one was written before, by the same code."""
        try:
            held = json.loads((self.folder / CURRENT / MANIFEST).read_text())
            name = held["kept"][way][digest][kind]
            content = (self.folder / CURRENT / "public" / name).read_bytes()
        except (OSError, KeyError):
            return None
        return content if etag(content) == held["files"][name]["etag"] else None


def etag(content: bytes) -> str:
    """What a browser asks by whether it has the newest. Weak, since it is the same for the packed file."""
    return f'W/"{hashlib.sha256(content).hexdigest()[:20]}"'


def _write(path: Path, file: File) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(file.content)
    if is_zipped(file):
        path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(file.content, 9, mtime=0))


def is_zipped(file: File) -> bool:
    """Whether a packed copy lies beside it, for a web server to send as it is."""
    return file.content_type.startswith(ZIPS) and len(file.content) >= SMALLEST_ZIPPED


def _manifest(built: Built, facts: SiteFacts, made_at: str) -> dict[str, Any]:
    return {
        "made_at": made_at,
        "digest": built.digest,
        "facts": asdict(facts),
        "assets": built.assets,
        "editions": built.editions,
        "taken_down": built.gone,
        "kept": built.kept,
        "entries": [asdict(one) for one in built.entries],
        "files": {one.name: _facts_of(one) for one in built.files},
    }


def _facts_of(file: File) -> dict[str, Any]:
    held = asdict(file)
    del held["name"], held["content"]
    return {**held, "etag": etag(file.content), "zipped": is_zipped(file)}
