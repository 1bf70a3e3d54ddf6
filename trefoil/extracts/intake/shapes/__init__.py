"""The kinds of extract. A new one is a module here with one object, added to the list below.

The order is the order in which they are asked whether they recognise a file.
"""

from ..layouts import Shape
from .ssd import SSD

SHAPES: tuple[Shape, ...] = (SSD,)


def shape_named(name: str) -> Shape:
    """The shape of that name. Raises KeyError."""
    return {shape.name: shape for shape in SHAPES}[name]
