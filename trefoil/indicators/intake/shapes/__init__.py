"""The layouts of file that are understood, one module each, and the list of them."""

from .finance import FINANCE
from .performance_pack import PERFORMANCE_PACK
from .shape import Read, Shape
from .template import TEMPLATE

SHAPES: tuple[Shape, ...] = (TEMPLATE, PERFORMANCE_PACK, FINANCE)

__all__ = ["SHAPES", "Read", "Shape", "shape_of"]


def shape_of(headings: tuple[str, ...]) -> Shape | None:
    """The shape that recognises these headings, or None."""
    return next((shape for shape in SHAPES if shape.recognises(headings)), None)
