"""Checking an extract without storing it: with what the partnership has settled where it is set up, else alone.

On a machine without an installation there is no database and no key that lasts; a check needs neither.
"""

import secrets
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils import timezone

from trefoil.indicators.national.reader import read_areas
from trefoil.indicators.return_of_file import CannotTellError, Wanted, agency_of, authority_named
from trefoil.people.models import Partnership

from .enums import ExtractShape
from .intake import Context, Report, read_extract
from .loading import localities, value_map
from .models import MappedValue

INVENTED, INVENTED_CODE = "Fairmead", "X99000001"


@dataclass(frozen=True)
class Settled:
    """What a partnership has settled of an agency's files; `words` say whose it is, for the terminal."""

    value_map: dict[tuple[str, str], str | None]
    localities: dict[str, str]
    words: str


ALONE = Settled({}, {}, "Checked alone: what a partnership has decided about values is not known here.")


def dry_run(
    path: Path,
    shape: ExtractShape,
    *,
    settled: Settled,
    area: str,
    as_at: date | None = None,
    year: int | None = None,
    **_rest: Any,
) -> Report:
    """The report of a check with what is settled. Raises CannotTellError for an area that is not known or a day that is
    still to come."""
    today = timezone.localdate()
    if as_at and as_at > today:
        raise CannotTellError("the day it was taken cannot be in the future")
    context = Context(
        area=code_of(area),
        as_at=as_at or today,
        key=secrets.token_bytes(32),
        year=year,
        value_map=settled.value_map,
        localities=settled.localities,
    )
    with read_extract(path, shape=shape.value, context=context) as intake:
        return intake.report


def settled_by(area: str, agency: str) -> Settled:
    """What the partnership of the area has settled of this agency (by name; else children's services).

    Where no database is set up, or no such partnership, nothing. Raises CannotTellError when the agency is not clear.
    """
    if not is_set_up():
        return ALONE
    partnership = Partnership.objects.filter(area__name__iexact=area.strip()).select_related("area").first()
    if partnership is None:
        return ALONE
    sender = agency_of(partnership, Wanted(area, agency))
    words = f"Checked with what {partnership.short_name} has decided about the values of {sender}."
    return Settled(value_map(partnership, sender), localities(partnership), words)


def is_set_up() -> bool:
    """Whether there is a database with our tables. A file that is not there is not made by asking."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite" and "memory" not in name and not Path(name).exists():
        return False
    return MappedValue._meta.db_table in connection.introspection.table_names()


def code_of(area: str) -> str:
    """The code of an authority, or of the demo's invented borough, by its name. Raises CannotTellError."""
    if area.strip().casefold() == INVENTED.casefold():
        return INVENTED_CODE
    name = authority_named(area)
    return next(one.code for one in read_areas() if one.name == name)
