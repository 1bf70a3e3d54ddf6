"""Columns of equal length, side by side: what the generator passes about. Pure."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


class Rows(dict[str, Array]):
    """Arrays by column name, all of one length. A day is an int64 count of days since 1 January 1970.

    Rows of which there are none have every column: in a small area nobody may be adopted, and all goes on as elsewhere.
    """

    def __missing__(self, name: str) -> Array:
        if self.size:
            raise KeyError(name)
        return np.zeros(0, dtype=np.int64)

    @property
    def size(self) -> int:
        """How many rows."""
        return next((len(column) for column in self.values()), 0)

    def take(self, which: Array) -> "Rows":
        """The rows that a mask or an index picks, in its order."""
        return Rows({name: column[which] for name, column in self.items()})

    def ordered(self, *names: str) -> "Rows":
        """The rows sorted by these columns, the first counting most."""
        return self.take(np.lexsort([self[name] for name in reversed(names)]))

    def put(self, **columns: Array) -> "Rows":
        """The rows with these columns added or replaced."""
        return Rows({**self, **columns})


def stack(parts: Iterable[Rows]) -> Rows:
    """Rows one after the other. A part without rows is left out; the columns are those of the first that has some."""
    kept = [part for part in parts if part.size]
    if not kept:
        return Rows()
    return Rows({name: np.concatenate([part[name] for part in kept]) for name in kept[0]})


def number_within(keys: Array) -> Array:
    """For rows whose equal keys stand together: 0 for the first of each key, 1 for the second and so on."""
    if not len(keys):
        return np.zeros(0, dtype=np.int64)
    first = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]])
    return np.arange(len(keys)) - np.repeat(first, np.diff(np.r_[first, len(keys)]))
