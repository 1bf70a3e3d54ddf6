"""Which shape a file has, when nobody says."""

from pathlib import Path

from trefoil.indicators.return_of_file import CannotTellError

from .enums import ExtractShape
from .intake.findings import RefusedError
from .intake.read import unpacked
from .intake.shapes import SHAPES


def shape_of(path: Path, named: str) -> ExtractShape:
    """The named shape, or the first that recognises the file, in an archive what is packed into it.

    Raises CannotTellError when none does, or when the archive cannot be unpacked.
    """
    if named:
        return ExtractShape(named)
    try:
        with unpacked(path) as place:
            found = next((shape for shape in SHAPES if shape.recognises(place)), None)
    except RefusedError as refused:
        raise CannotTellError(" ".join(str(one) for one in refused.findings)) from refused
    if found is None:
        raise CannotTellError(f"no known kind of extract was recognised in {path.name}; say which with --shape")
    return ExtractShape(found.name)
