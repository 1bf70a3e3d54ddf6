"""Plans: what was asked of the tables once, as SQL, so that the same question need not be built again.

Ibis and SQLGlot take seconds of processor time to turn the catalogue into SQL, more than DuckDB takes to answer it for
a borough. The SQL depends on the engine's code and on the definitions alone, never on an area, a date or a child: it is
kept for the process, and in a folder between processes where one is given.
"""

import hashlib
import json
import os
from collections.abc import Iterable
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
        self._place = folder / f"plans-{backend}-{fingerprint()}.json" if folder else None
        self._new = False
        if self._place and self._place.is_file():
            self._held.update(_read(self._place))

    def get(self, question: str) -> Plan | None:
        """The plan of a question, if it was ever asked."""
        return self._held.get(question)

    def put(self, question: str, plan: Plan) -> None:
        """Remember the plan of a question."""
        self._held[question] = plan
        self._new = True

    def save(self) -> None:
        """Write what is new to the folder, in the place of plans of earlier versions."""
        if not (self._place and self._new):
            return
        self._place.parent.mkdir(parents=True, exist_ok=True)
        whole = {question: [plan.sql, *plan.uses] for question, plan in sorted(self._held.items())}
        arriving = self._place.with_suffix(f".{os.getpid()}")
        arriving.write_text(json.dumps(whole), encoding="utf-8")
        arriving.replace(self._place)
        for older in self._place.parent.glob(f"{self._place.name.rpartition('-')[0]}-*.json"):
            if older != self._place:
                older.unlink(missing_ok=True)
        self._new = False


@cache
def _held(_backend: str) -> dict[str, Plan]:
    """What this process remembers, by backend."""
    return {}


def _read(place: Path) -> dict[str, Plan]:
    """The plans of a file; none when it cannot be read, for then they are made anew."""
    try:
        whole = json.loads(place.read_text(encoding="utf-8"))
        return {question: Plan(sql, tuple(uses)) for question, (sql, *uses) in whole.items()}
    except (OSError, ValueError, AttributeError, TypeError):
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
