"""A publication as JSON and back: the exact table for later comparison, the shown one for readers. Pure."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from ..suppression.differencing import EarlierPublication
from ..suppression.published import Mark, PublishedTable, ShownCell
from ..suppression.tables import Cell, Sum, Table

Json = dict[str, Any]


def exact_as_json(table: Table) -> Json:
    """Counts, what they cover, and sums. Shares are left out: they follow from what is shown."""
    return {
        "cells": [
            {"key": cell.key, "count": cell.count, "measure": cell.measure, "covers": sorted(cell.covers)}
            for cell in table.cells
        ],
        "sums": [{"total": each.total, "parts": list(each.parts)} for each in table.sums],
    }


def shown_as_json(published: PublishedTable, labels: Mapping[str, str]) -> Json:
    """What a reader sees, line by line, with no exact count in it."""
    return {
        "cells": [
            {"key": key, "label": labels[key], "mark": cell.mark.value, "value": cell.value}
            for key, cell in published.cells.items()
        ],
        "shares": [{"label": labels[key], "text": share.text} for key, share in published.shares.items()],
        "notes": list(published.notes),
    }


def digest_of(exact: Json, shown: Json) -> str:
    """SHA-256 of both, so that what is confirmed is what was looked at."""
    return hashlib.sha256(json.dumps([exact, shown], sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def earlier_from(exact: Json, shown: Json) -> EarlierPublication:
    """An edition as the differencing check takes it."""
    table = Table(
        tuple(Cell(cell["key"], cell["count"], cell["measure"], frozenset(cell["covers"])) for cell in exact["cells"]),
        tuple(Sum(each["total"], tuple(each["parts"])) for each in exact["sums"]),
    )
    cells = {cell["key"]: ShownCell(cell["key"], Mark(cell["mark"]), cell["value"]) for cell in shown["cells"]}
    return EarlierPublication(table, PublishedTable(cells, {}, tuple(shown["notes"])))


def line_text(line: Json) -> str:
    """What stands in the table for a stored cell: a rounded number, or the words of its mark."""
    return str(line["mark"]) if line["value"] is None else f"{line['value']:,}"
