"""Which shape a file has, when nobody says."""

from pathlib import Path

from trefoil.indicators.return_of_file import CannotTellError

from .enums import ExtractShape
from .intake.shapes import SHAPES


def shape_of(path: Path, named: str) -> ExtractShape:
    """The named shape, or the first that recognises the file. Raises CannotTellError when none does."""
    if named:
        return ExtractShape(named)
    for shape in SHAPES:
        if shape.recognises(path):
            return ExtractShape(shape.name)
    raise CannotTellError(f"no known kind of extract was recognised in {path.name}; say which with --shape")
