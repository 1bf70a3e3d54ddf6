"""Lists of Python values as Arrow columns. Pure.

`pyarrow.array` asks pandas about everything it is given, and loads pandas to do so: two seconds, and memory, for
nothing that we need. The builder and the buffer do not.
"""

from array import array
from collections.abc import Iterable
from typing import Any

import pyarrow as pa


def texts(values: Iterable[str | None]) -> Any:
    """A column of text; None is null."""
    builder = pa.lib.StringBuilder()
    builder.append_values(values)
    return builder.finish()


def numbers(values: Iterable[int]) -> Any:
    """A column of 32-bit whole numbers, such as the numbers of rows."""
    kept = array("i", values)
    return pa.Array.from_buffers(pa.int32(), len(kept), [None, pa.py_buffer(kept.tobytes())])
