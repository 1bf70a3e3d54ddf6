"""Checking an extract on a machine without an installation: no database, no key that lasts, nothing stored."""

import secrets
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone

from trefoil.indicators.national.reader import read_areas
from trefoil.indicators.return_of_file import authority_named

from .enums import ExtractShape
from .intake import Context, Report, read_extract

INVENTED, INVENTED_CODE = "Fairmead", "X99000001"


def dry_run(
    path: Path, shape: ExtractShape, *, area: str, as_at: date | None = None, year: int | None = None, **_rest: Any
) -> Report:
    """The report of a check. Values that only a partnership's own map knows are reported as unmapped.

    Raises CannotTellError for an area that is not known.
    """
    context = Context(area=code_of(area), as_at=as_at or timezone.localdate(), key=secrets.token_bytes(32), year=year)
    with read_extract(path, shape=shape.value, context=context) as intake:
        return intake.report


def code_of(area: str) -> str:
    """The code of an authority, or of the demo's invented borough, by its name. Raises CannotTellError."""
    if area.strip().casefold() == INVENTED.casefold():
        return INVENTED_CODE
    name = authority_named(area)
    return next(one.code for one in read_areas() if one.name == name)
