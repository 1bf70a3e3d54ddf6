"""What a stored extract says about itself. Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

FORMAT = 1

Days = tuple[date, date]


class StoreError(Exception):
    """A stored extract cannot be read or written. The text says which and what to do."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """`manifest.json` of a stored extract; the fields are explained in docs/decisions/0010-extracts.md.

    `keep_until`: the last day on which it may be kept, None when nobody has said.
    """

    area: str
    extract: str
    shape: str
    edition: str
    as_at: date
    covers: Mapping[str, Days] = field(default_factory=dict)
    carries: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rows: Mapping[str, int] = field(default_factory=dict)
    keep_until: date | None = None

    def to_json(self) -> str:
        """The text of the file, the same for the same manifest."""
        whole = {
            "format": FORMAT,
            "area": self.area,
            "extract": self.extract,
            "shape": self.shape,
            "edition": self.edition,
            "as_at": self.as_at.isoformat(),
            "keep_until": self.keep_until.isoformat() if self.keep_until else None,
            "covers": {table: [day.isoformat() for day in days] for table, days in sorted(self.covers.items())},
            "carries": {table: list(fields) for table, fields in sorted(self.carries.items())},
            "rows": dict(sorted(self.rows.items())),
        }
        return json.dumps(whole, indent=1) + "\n"


def manifest_from(text: str) -> Manifest:
    """Read the text of a manifest. Raises StoreError when it is not one, or of a later format."""
    try:
        whole = json.loads(text)
        if whole["format"] != FORMAT:
            raise StoreError(
                f"The extract was stored in format {whole['format']}; this version reads format {FORMAT}. "
                "Load the extract again."
            )
        return _manifest(whole)
    except (ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise StoreError("The manifest of the extract is damaged. Load the extract again.") from wrong


def _manifest(whole: Mapping[str, Any]) -> Manifest:
    return Manifest(
        area=whole["area"],
        extract=whole["extract"],
        shape=whole["shape"],
        edition=whole["edition"],
        as_at=date.fromisoformat(whole["as_at"]),
        covers={
            table: (date.fromisoformat(first), date.fromisoformat(last))
            for table, (first, last) in whole["covers"].items()
        },
        carries={table: tuple(fields) for table, fields in whole["carries"].items()},
        rows={table: int(rows) for table, rows in whole["rows"].items()},
        keep_until=date.fromisoformat(whole["keep_until"]) if whole.get("keep_until") else None,
    )
