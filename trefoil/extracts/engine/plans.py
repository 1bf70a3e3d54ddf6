"""Plans: what was asked of the tables once, as SQL, so that the same question need not be built again.

Ibis and SQLGlot take seconds of processor time to turn the catalogue into SQL, more than DuckDB takes to answer it for
a borough. The SQL depends on the engine's code and on the definitions alone, never on an area, a date or a child: it is
kept for the process, and in a folder between processes where one is given.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

_CODE = ("trefoil.extracts.engine", "trefoil.extracts.standard")
_TOOLS = ("ibis-framework", "sqlglot", "duckdb")


@dataclass(frozen=True, slots=True)
class Plan:
    """SQL, and the names of the tables that it reads."""

    sql: str
    uses: tuple[str, ...]


class Plans:
    """The plans of one backend. `folder`: where they are kept between processes; None: nowhere."""

    def __init__(self, backend: str, folder: Path | None = None) -> None:
        self._held = _held(backend)
        self._file = _file(folder / f"plans-{backend}-{fingerprint()}.jsonl") if folder else None
        self._new: dict[str, Plan] = {}
        self._read()

    def get(self, question: str) -> Plan | None:
        """The plan of a question, if it was ever asked here, or by now by another process with the same folder."""
        if question not in self._held:
            self._read()
        return self._held.get(question)

    def put(self, question: str, plan: Plan) -> None:
        """Remember the plan of a question."""
        self._held[question] = plan
        self._new[question] = plan

    def save(self) -> None:
        """Add what is new to the folder, in the place of plans of earlier versions."""
        if self._file and self._new:
            self._file.add(self._new)
        self._new = {}

    def _read(self) -> None:
        if self._file:
            self._held.update(self._file.unread())


@dataclass(slots=True)
class _File:
    """A line of JSON for each plan. Lines are only ever added, so that processes that plan at once share the file."""

    place: Path
    read: int = 0

    def unread(self) -> dict[str, Plan]:
        """The plans of the lines that were added since the last look; a line that cannot be read is made anew."""
        try:
            size = self.place.stat().st_size
        except FileNotFoundError:
            size = 0
        if size <= self.read:
            self.read = size  # another file by now, when it is shorter
            return {}
        with self.place.open("rb") as file:
            file.seek(self.read)
            whole, end, _ = file.read(size - self.read).rpartition(b"\n")
        self.read += len(whole) + len(end)
        return dict(found for line in whole.splitlines() if (found := _plan_of(line)))

    def add(self, plans: Mapping[str, Plan]) -> None:
        """Add lines, in one write. Files of earlier versions go.

        The first line is empty: a process that was killed in the middle of a line spoils no line of ours.
        """
        self.place.parent.mkdir(parents=True, exist_ok=True)
        if not self.place.exists():
            for older in self.place.parent.glob(f"{self.place.name.rpartition('-')[0]}-*.json*"):
                older.unlink(missing_ok=True)
        lines = [json.dumps([question, plan.sql, *plan.uses]) + "\n" for question, plan in sorted(plans.items())]
        with self.place.open("ab", buffering=0) as file:
            file.write("".join(["\n", *lines]).encode())


def _plan_of(line: bytes) -> tuple[str, Plan] | None:
    try:
        question, sql, *uses = json.loads(line)
    except (ValueError, TypeError):
        return None
    return question, Plan(sql, tuple(uses))


@cache
def _file(place: Path) -> _File:
    """What this process has read of a file."""
    return _File(place)


@cache
def _held(_backend: str) -> dict[str, Plan]:
    """What this process remembers, by backend."""
    return {}


@cache
def fingerprint() -> str:
    """Of the engine's code, the standard and the tools: another one means other plans."""
    digest = hashlib.sha256("/".join(version(tool) for tool in _TOOLS).encode())
    for package in _CODE:
        for place in _files(files(package).iterdir()):
            digest.update(place.read_bytes())
    return digest.hexdigest()[:16]


def _files(places: Iterable[Traversable]) -> Iterable[Traversable]:
    for place in sorted(places, key=lambda one: one.name):
        if place.is_dir():
            yield from _files(place.iterdir())
        elif place.name.endswith((".py", ".toml", ".json")):
            yield place
