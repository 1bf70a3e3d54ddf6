"""How one definition points at figures of another: `FD01`, or `FD01 | outcome: signposting`.

Pure: no database.
"""

import re
from dataclasses import dataclass

ID_PATTERN = r"[A-Z]{2}\d{2}"
ANY_CATEGORY = "*"

_REFERENCE = re.compile(rf"^({ID_PATTERN})(?: \| (\S.*))?$")


@dataclass(frozen=True, slots=True)
class FigureReference:
    """Figures of another indicator: its id and a breakdown, "" for the whole.

    A category `*` means the sum over every category of that dimension that was returned.
    """

    indicator: str
    breakdown: str = ""

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """(dimension, category) of each part of the breakdown."""
        return split_breakdown(self.breakdown)


def split_breakdown(breakdown: str) -> tuple[tuple[str, str], ...]:
    """`age: 1 to 5 / sex: boys` as (("age", "1 to 5"), ("sex", "boys")); "" as ().

    Raises ValueError when a part is not `dimension: category`.
    """
    if not breakdown:
        return ()
    parts = []
    for part in breakdown.split(" / "):
        dimension, mark, category = part.partition(": ")
        if not (mark and dimension.strip() and category.strip()):
            raise ValueError(f"“{part}” is not written as “dimension: category”")
        parts.append((dimension, category))
    return tuple(parts)


def parse_reference(text: str) -> FigureReference:
    """Read a reference. Raises ValueError with the forms that are understood."""
    found = _REFERENCE.match(text)
    if found is None:
        raise ValueError(f"“{text}” is not a reference; write FD01, or FD01 | outcome: signposting")
    reference = FigureReference(found[1], found[2] or "")
    split_breakdown(reference.breakdown)
    return reference
