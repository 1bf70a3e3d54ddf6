"""What the national pack holds, as plain typed records. Pure: no database, no files.

Areas are known by their nine-character statistical code (`E09000003`), the one now in force. A figure that
was not published has no value; its mark says why.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from trefoil.indicators.periods import Period

MARKS = {
    "c": "confidential",
    "k": "rounds to zero",
    "u": "of low reliability",
    "x": "not available",
    "z": "not applicable",
    "-": "not published",
}
"""Symbols of the Government Statistical Service. The interactive tool writes `-` for all of them."""


class AreaKind(StrEnum):
    """England, one of its nine regions, inner or outer London, or a local authority."""

    ENGLAND = "england"
    REGION = "region"
    LONDON_PART = "london_part"
    LOCAL_AUTHORITY = "local_authority"


class Polarity(StrEnum):
    """Which way is better. NONE: the source does not say."""

    HIGH = "high"
    LOW = "low"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Area:
    """An area that has figures. `old_code` is the three digits of the Department for Education.

    `region` is the code of the region an authority or a part of London is in. `london_part` is the code of
    inner or outer London. `ended_on` is the last day of an authority that reorganisation ended, `successors`
    the codes of those that came after. `former_codes` are codes the same authority had before; `other_names`
    are what other sources call it.
    """

    code: str
    old_code: str
    name: str
    kind: AreaKind
    region: str = ""
    london_part: str = ""
    ended_on: date | None = None
    successors: tuple[str, ...] = ()
    former_codes: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """A published measure, from the dictionary of the interactive tool.

    `places` is the number of decimals that most values carry; `dictionary_places` is what the dictionary
    says, where it says anything. `year_type` is the source's wording. An update that the source gives in
    words is None.
    """

    code: str
    number: str
    topic: str
    title: str
    polarity: Polarity
    unit: str
    places: int
    dictionary_places: int | None
    year_type: str
    last_update: date | None
    next_update: date | None
    description: str


class PublishedFigure(NamedTuple):
    """One published value of a measure.

    `year` is the year that `period` ends in, `label` what the source calls it. Year and period are None for
    the one label that names no year (`0`). `shown` is the text as published, a number or a mark.
    """

    measure: str
    area_code: str
    year: int | None
    label: str
    period: Period | None
    value: Decimal | None
    shown: str
    mark: str


class CountFigure(NamedTuple):
    """One count, percentage or rate of a statistical table, for the reporting year `year`."""

    table: str
    item: str
    area_code: str
    year: int
    value: Decimal | None
    shown: str
    mark: str


@dataclass(frozen=True, slots=True)
class Population:
    """Children aged 0 to 17 on 30 June of `mid_year`."""

    area_code: str
    mid_year: int
    children: int | None
    mark: str


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A statistical neighbour. Rank 1 is the nearest; `closeness` is the source's wording."""

    area_code: str
    rank: int
    neighbour_code: str
    closeness: str


@dataclass(frozen=True, slots=True)
class Ethnicity:
    """People of all ages in one of 19 ethnic groups, Census 2021. `group` is its census number."""

    area_code: str
    group: int
    name: str
    people: int
