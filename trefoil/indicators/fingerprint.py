"""A short mark of what a set of figures says, to notice that somebody changed them in the meantime. Pure."""

import hashlib
import json
from collections.abc import Iterable
from decimal import Decimal

from .rows import FigureRow


def plain(number: Decimal | None) -> str:
    """A number without the zeros that a table adds behind it: `12`, `12.5`; empty for none."""
    if number is None:
        return ""
    return format(number.normalize(), "f")


def fingerprint(rows: Iterable[FigureRow]) -> str:
    """64 hex digits over the content of the rows, whatever their order."""
    said = sorted(
        [
            row.indicator,
            row.breakdown,
            row.period.code,
            plain(row.numerator),
            plain(row.denominator),
            plain(row.value),
            row.missing_reason,
            row.note,
        ]
        for row in rows
    )
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()
