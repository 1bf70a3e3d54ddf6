"""Counted months joined into longer periods, on whole numbers: a row for each group, a column for each month."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from .counting import GROUP, SLOT

Whole = npt.NDArray[np.int64]
Span = tuple[int, int]


@dataclass(frozen=True)
class Counted:
    """What one aggregation gave. `areas` and `groups` say what each row of `figures` is about.

    `figures[name][row, slot - first]` is the count. `adds_up`: a span is the sum of its months; otherwise the slots
    are places of `spans`, or, when there are none, a span is its last month.
    """

    areas: npt.NDArray[np.int64]
    groups: npt.NDArray[np.int64]
    group_names: tuple[str, ...]
    figures: Mapping[str, Whole]
    first: int
    adds_up: bool
    spans: tuple[Span, ...] = ()

    def over(self, name: str, spans: Sequence[Span]) -> Whole:
        """The count over each span: a row for each group, a column for each span."""
        monthly = self.figures[name]
        if self.spans:
            place = {span: number for number, span in enumerate(self.spans)}
            return monthly[:, [place[span] for span in spans]]
        ends = np.array([last - self.first for _, last in spans], dtype=np.int64)
        if not self.adds_up:
            return monthly[:, ends]
        starts = np.array([begin - self.first for begin, _ in spans], dtype=np.int64)
        running = np.zeros((monthly.shape[0], monthly.shape[1] + 1), dtype=np.int64)
        np.cumsum(monthly, axis=1, out=running[:, 1:])
        totals: Whole = running[:, ends + 1] - running[:, starts]
        return totals


def counted(
    table: pa.Table,
    *,
    areas: int,
    always: Sequence[str],
    first: int,
    slots: int,
    adds_up: bool,
    spans: tuple[Span, ...] = (),
) -> Counted:
    """Lay a counted table out densely. `areas`: how many; `always`: groups that each has a row for, seen or not."""
    area_of = table["area"].to_numpy().astype(np.int64)
    names = [*always] if GROUP in table.column_names else [""]
    if GROUP in table.column_names:
        names += sorted(set(pc.unique(table[GROUP]).to_pylist()) - set(always))
    group_of = _places(table[GROUP], names) if GROUP in table.column_names else np.zeros_like(area_of)
    fixed = len(always) if GROUP in table.column_names else 1
    every = (np.arange(areas)[:, None] * len(names) + np.arange(fixed)[None, :]).ravel()
    pairs, row_of = np.unique(np.concatenate([every, area_of * len(names) + group_of]), return_inverse=True)
    rows = row_of[len(every) :]
    columns = table[SLOT].to_numpy() - first
    return Counted(
        areas=pairs // len(names),
        groups=pairs % len(names),
        group_names=tuple(names),
        figures={
            name: _dense(table[name], rows, columns, (len(pairs), slots)) for name in table.column_names if "/" in name
        },
        first=first,
        adds_up=adds_up,
        spans=spans,
    )


def _places(column: pa.ChunkedArray, names: Sequence[str]) -> npt.NDArray[np.int64]:
    """The place of each value in `names`."""
    places: npt.NDArray[np.int64] = pc.index_in(column, pa.array(names, pa.string())).cast(pa.int64()).to_numpy()
    return places


def _dense(values: pa.ChunkedArray, rows: Whole, columns: Whole, shape: tuple[int, int]) -> Whole:
    laid = np.zeros(shape, dtype=np.int64)
    laid[rows, columns] = values.to_numpy()
    return laid
