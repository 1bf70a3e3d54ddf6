"""Arrow columns from Python lists. Pure.

`pyarrow.array` would do the same, but its first call in a process imports pandas: about a second of CPU and 40 MB.
"""

from collections.abc import Collection, Sequence
from itertools import accumulate, chain

import numpy
import pyarrow


def texts(values: Sequence[str | None]) -> pyarrow.Array:
    """A column of text; None is null."""
    data = [(value or "").encode() for value in values]
    ends = accumulate(map(len, data))
    offsets = numpy.fromiter(chain((0,), ends), dtype=numpy.int32, count=len(data) + 1)
    return pyarrow.Array.from_buffers(
        pyarrow.string(),
        len(data),
        [_present(values), pyarrow.py_buffer(offsets.tobytes()), pyarrow.py_buffer(b"".join(data))],
    )


def whole_numbers(values: Collection[int], kind: pyarrow.DataType) -> pyarrow.Array:
    """A column of whole numbers of a type such as int64; none may be None."""
    data = numpy.fromiter(values, dtype=kind.to_pandas_dtype(), count=len(values))
    return pyarrow.Array.from_buffers(kind, len(values), [None, pyarrow.py_buffer(data.tobytes())])


def _present(values: Sequence[str | None]) -> pyarrow.Buffer:
    """The bits that tell a text from null, the lowest first."""
    bits = numpy.fromiter((value is not None for value in values), dtype=bool, count=len(values))
    return pyarrow.py_buffer(numpy.packbits(bits, bitorder="little").tobytes())
