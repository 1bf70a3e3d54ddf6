"""Keeps the numbers of rows right where a CSV file has blank or broken rows. Pure."""

from typing import Any

import numpy
import pyarrow

from .findings import Finding, Level

MOST_BROKEN = 10_000
"""Broken rows after which a file is no longer read: it was written in another way than its heading."""


class RowNumbers:
    """Told by the parser of every row it had to leave out; gives the numbers of those it kept."""

    def __init__(self, file: str, width: int) -> None:
        self._file = file
        self._width = width
        self._blank: list[int] = []
        self._broken: list[tuple[int, int]] = []

    def take(self, row: Any) -> str:
        """What `pyarrow.csv` calls for a row of another width; every such row is left out of the table."""
        if not row.text.strip():
            self._blank.append(row.number)
            return "skip"
        self._broken.append((row.number, row.actual_columns))
        return "error" if self.are_too_many else "skip"

    @property
    def are_too_many(self) -> bool:
        """Whether reading was given up."""
        return len(self._broken) >= MOST_BROKEN

    def of(self, kept: int) -> Any:
        """The numbers of the `kept` rows as an int32 array: those after the heading without the left out."""
        left_out = numpy.array(sorted([*self._blank, *(number for number, _ in self._broken)]), dtype=numpy.int64)
        numbers = numpy.arange(2, kept + len(left_out) + 2)
        return pyarrow.array(numpy.delete(numbers, left_out - 2), pyarrow.int32())

    def findings(self) -> list[Finding]:
        """A fault for each broken row."""
        cure = f"The heading row has {self._width} cells. Look for a comma in a value without double quotes around it."
        return [
            Finding(Level.FAULT, self._file, "", number, "", f"{width} cells", "row-broken", cure)
            for number, width in self._broken
        ]
