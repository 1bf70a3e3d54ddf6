"""The kinds of extract. A new one is a module here with one object, added to the list below.

The order is the order in which they are asked whether they recognise a file.
"""

from functools import cache

from trefoil.extracts.standard import CodeList, code_lists

from ..layouts import Shape
from .annex_a import ANNEX_A
from .cin import CIN
from .episodes import EPISODES
from .ssd import SSD
from .ssda903 import SSDA903

SHAPES: tuple[Shape, ...] = (SSD, CIN, SSDA903, EPISODES, ANNEX_A)


def shape_named(name: str) -> Shape:
    """The shape of that name. Raises KeyError."""
    return {shape.name: shape for shape in SHAPES}[name]


@cache
def known_code_lists() -> dict[str, CodeList]:
    """Every list that a value may wait for, by name: those of the standard, and those that shapes have of their own."""
    columns = (column for shape in SHAPES for layout in shape.layouts for column in layout.columns)
    own = {column.codes.name: column.codes for column in columns if isinstance(column.codes, CodeList)}
    return own | code_lists()
