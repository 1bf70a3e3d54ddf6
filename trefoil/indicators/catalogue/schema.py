"""What a definition file may say. Pure: no database.

A definition is one reviewed file per indicator. It is data: nothing is worked out here but references.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from .references import ID_PATTERN, FigureReference, parse_reference
from .vocabulary import (
    AgencyKind,
    Comparator,
    Confidence,
    Frequency,
    Polarity,
    PublishedDataset,
    Theme,
    Timing,
    Unit,
)

CHILDREN_0_17 = "children_0_17"


def _well_formed_reference(text: str) -> str:
    parse_reference(text)
    return text


Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=900)]
ShortWords = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=110)]
Category = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=110)]
Column = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Reference = Annotated[str, AfterValidator(_well_formed_reference)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Breakdown(_Part):
    """One way of splitting the indicator.

    `exhaustive`: the categories add up to the whole. `local_categories`: an area names its own (teams,
    services), so any category is accepted and `categories`, if given, are examples.
    """

    dimension: ShortWords
    categories: tuple[Category, ...] = ()
    exhaustive: bool
    local_categories: bool = False

    @model_validator(mode="after")
    def _categories_are_usable(self) -> Self:
        if not self.categories and not self.local_categories:
            raise ValueError("give categories, or set local_categories = true")
        if len(set(self.categories)) != len(self.categories):
            raise ValueError("a category is listed twice")
        return self

    def accepts(self, category: str) -> bool:
        """Whether a returned category belongs to this breakdown."""
        return self.local_categories or category in self.categories


class DefaultTarget(_Part):
    """A target for an area that has set none: `tolerance` in the indicator's unit, `source` who set it."""

    value: Decimal
    tolerance: Annotated[Decimal, Field(ge=0)] = Decimal(0)
    source: Words


class Published(_Part):
    """The nationally published measure that stands nearest, and how it differs when it is not the same."""

    dataset: PublishedDataset
    measure: Words
    same: bool
    difference: str = ""

    @property
    def key(self) -> str:
        """The name its values are stored under: LAIT's own code, or the table's letter and the item."""
        return self.measure if self.dataset is PublishedDataset.LAIT else f"{self.dataset.value}:{self.measure}"

    @model_validator(mode="after")
    def _difference_is_said(self) -> Self:
        if self.same and self.difference:
            raise ValueError("difference must be left out when same = true")
        if not self.same and len(self.difference.strip()) < 10:
            raise ValueError("difference must say how the published measure differs when same = false")
        return self


class Calculation(_Part):
    """How the indicator is worked out from figures that were returned for another.

    `numerator_from` and `denominator_from` give the two counts. Where only one is given, the other is the one
    returned with the figure itself. `share_of` (`CP01 | category: *`) makes the indicator the percentage each
    category has of the whole; it has no value of its own.

    The figures are those of the same area and period, except that a `rolling` indicator adds a `flow` up over
    the 12 months that end with the period.
    """

    numerator_from: Reference | None = None
    denominator_from: Reference | None = None
    share_of: Reference | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        from_counts = self.numerator_from or self.denominator_from
        if bool(from_counts) == bool(self.share_of):
            raise ValueError("give numerator_from or denominator_from or both, or share_of alone")
        if self.share_of and not parse_reference(self.share_of).breakdown:
            raise ValueError("share_of needs a breakdown, for instance CP01 | category: *")
        return self

    @property
    def numerator(self) -> FigureReference | None:
        """Where the numerator comes from, read."""
        return parse_reference(self.numerator_from) if self.numerator_from else None

    @property
    def denominator(self) -> FigureReference | None:
        """Where the denominator comes from, read."""
        return parse_reference(self.denominator_from) if self.denominator_from else None

    @property
    def share(self) -> FigureReference | None:
        """Whose breakdown the shares are of, read."""
        return parse_reference(self.share_of) if self.share_of else None

    @property
    def references(self) -> tuple[FigureReference, ...]:
        """Every reference that is given."""
        return tuple(r for r in (self.numerator, self.denominator, self.share) if r is not None)


class Extract(_Part):
    """How the indicator is counted from child-level extracts (`docs/decisions/0010-extracts.md`).

    `subject` names what a row is; `count` what is counted of it. `where` says who is counted, `numerator` who of
    those is in the numerator, `sum` the column that is added up for an average. All three are expressions of
    `extracts/engine/language.py`. `by` names, for each dimension of the indicator's own, the column that holds its
    categories; `parts` names an expression for each category, where one thing may be in several. A percentage
    with neither `numerator` nor `sum` is the share each category has. `window` is the span that is counted when
    it is not the period itself. `per` divides by a population. `note` says where this differs from the words.
    """

    subject: Column
    count: Literal["events", "children", "open", "open_children"]
    where: str = ""
    numerator: str = ""
    sum: str = ""
    by: dict[Category, Column] = {}
    parts: dict[Category, dict[Category, str]] = {}
    window: Literal["", "rolling_12"] = ""
    per: Literal["", "children_0_17"] = ""
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=400)] = ""

    @model_validator(mode="after")
    def _asks_one_thing(self) -> Self:
        if sum(map(bool, (self.numerator, self.sum, self.per))) > 1:
            raise ValueError("give one of numerator, sum and per")
        if self.sum and self.count not in ("events", "open"):
            raise ValueError("sum needs count events or open")
        if self.by.keys() & self.parts.keys():
            raise ValueError("a dimension is either in by or in parts")
        return self

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The indicator's own dimensions that are counted."""
        return (*self.by, *self.parts)


class NotFromExtract(_Part):
    """Why no extract can give the indicator."""

    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=20, max_length=400)]


class Definition(_Part):
    """One indicator. See `docs/glossary.md` for the words of the field.

    `suppress` marks figures whose cells are usually small and sensitive: they stay inside the partnership
    unless they pass through suppression. `population` names who a rate divides by, `children_0_17` or words.
    """

    id: Annotated[str, StringConstraints(pattern=rf"^{ID_PATTERN}$")]
    title: ShortWords
    short_title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=45)]
    meaning: Annotated[str, StringConstraints(strip_whitespace=True, min_length=40, max_length=600)]
    theme: Theme
    numerator: Words
    denominator: str = ""
    unit: Unit
    decimal_places: Annotated[int, Field(ge=0, le=3)]
    polarity: Polarity
    frequency: Frequency
    timing: Timing
    owner_agency: AgencyKind
    also_answering: tuple[AgencyKind, ...] = ()
    comparators: Annotated[tuple[Comparator, ...], Field(min_length=1)]
    population: str = ""
    cautions: Words
    source: Words
    core: bool
    suppress: bool = False
    reviewed_on: date
    next_review_on: date
    confidence: Confidence
    published: Published | None = None
    calculation: Calculation | None = None
    extract: Extract | None = None
    not_from_extract: NotFromExtract | None = None
    default_target: DefaultTarget | None = None
    breakdowns: tuple[Breakdown, ...] = ()

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if self.next_review_on <= self.reviewed_on:
            raise ValueError("next_review_on must be after reviewed_on")
        if self.owner_agency in self.also_answering:
            raise ValueError("also_answering must not repeat owner_agency")
        if len({b.dimension for b in self.breakdowns}) != len(self.breakdowns):
            raise ValueError("breakdowns must not repeat a dimension")
        self._check_division()
        self._check_extract()
        return self

    def _check_extract(self) -> None:
        """What is counted from an extract fits the unit and the breakdowns."""
        extract = self.extract
        if extract is None:
            return
        if self.not_from_extract:
            raise ValueError("give extract or not_from_extract, not both")
        # A share's dimension is that of the indicator it is a share of.
        known = extract.dimensions if self.calculation and self.calculation.share_of else ()
        if unknown := sorted(set(extract.dimensions) - {b.dimension for b in self.breakdowns} - set(known)):
            raise ValueError(f"extract counts by {', '.join(unknown)}, which is not a breakdown")
        divides = bool(extract.numerator or extract.sum or extract.per or extract.dimensions)
        if self.unit.is_ratio and not divides:
            raise ValueError("extract needs numerator, sum, per or by for a ratio")
        if not self.unit.is_ratio and (extract.numerator or extract.sum or extract.per):
            raise ValueError("extract of a count has no numerator, sum or per: use where")
        if bool(self.unit.per_population) != bool(extract.per):
            raise ValueError("extract.per must be given for a rate per head, and only for one")

    def _check_division(self) -> None:
        """A rate names its population, a ratio its denominator, a count neither."""
        if bool(self.unit.per_population) != bool(self.population):
            raise ValueError("population must be given for a rate per head, and only for one")
        if self.unit.is_ratio and not self.denominator:
            raise ValueError(f"denominator must be given when unit is {self.unit.value}")
        if self.calculation and self.calculation.share_of and self.unit is not Unit.PERCENT:
            raise ValueError("calculation.share_of needs unit percent")

    def breakdown(self, dimension: str) -> Breakdown | None:
        """The breakdown by a dimension, if the indicator has one."""
        return next((b for b in self.breakdowns if b.dimension == dimension), None)

    def needs_review(self, today: date) -> bool:
        """Whether the review date has come."""
        return self.next_review_on <= today


def definition_json_schema() -> dict[str, Any]:
    """The JSON Schema of a definition file, for editors and for the dictionary's documentation."""
    return Definition.model_json_schema()
