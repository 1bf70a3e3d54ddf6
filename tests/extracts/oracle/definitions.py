"""The `[extract]` of every definition file, read as it stands."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[3] / "trefoil" / "indicator_definitions"


@dataclass(frozen=True)
class Asked:
    """What one indicator asks, in the words of the definition."""

    id: str
    unit: str
    subject: str
    count: str
    where: str = ""
    numerator: str = ""
    sum: str = ""
    by: dict[str, str] = field(default_factory=dict)
    parts: dict[str, dict[str, str]] = field(default_factory=dict)
    window: str = ""
    per: str = ""

    @property
    def is_share(self) -> bool:
        """Whether it is the percentage that each category has of all."""
        return self.unit == "percent" and not (self.numerator or self.sum)


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def asked() -> dict[str, Asked]:
    """Every indicator that is counted from extracts, by id."""
    found = {}
    for path in sorted(FOLDER.glob("*/*.toml")):
        definition = _read(path)
        if "extract" in definition:
            extract = {name: value for name, value in definition["extract"].items() if name != "note"}
            found[definition["id"]] = Asked(definition["id"], definition["unit"], **extract)
    return found
