"""What a definition asks of its subject, read and checked: the plan of the counting. Pure: nothing is counted here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from trefoil.indicators.catalogue.schema import Definition, Extract

from .language import Expression, ExpressionError, Kind
from .subjects import Column, Subject, subject_called
from .subjects.people import BREAKDOWN_COLUMNS, STANDING

WHOLE = ""


class MeasureError(ValueError):
    """A definition that cannot be counted. The message names the indicator, the part and what is wrong."""


@dataclass(frozen=True)
class Measure:
    """One indicator and what is counted for it."""

    definition: Definition
    extract: Extract
    subject: Subject

    @property
    def id(self) -> str:
        """The indicator's id."""
        return self.definition.id

    @cached_property
    def expressions(self) -> dict[str, Expression]:
        """The conditions by the name of their part: `where`, `numerator`, `parts.<dimension>.<category>`."""
        texts = {"where": self.extract.where, "numerator": self.extract.numerator}
        for dimension, categories in self.extract.parts.items():
            texts |= {f"parts.{dimension}.{category}": text for category, text in categories.items()}
        return {part: Expression(text) for part, text in texts.items() if text}

    @property
    def of_states(self) -> bool:
        """Whether it counts what is so on a day."""
        return self.extract.count in ("open", "open_children")

    @property
    def of_children(self) -> bool:
        """Whether a child is counted once, however many rows it has."""
        return self.extract.count in ("children", "open_children")

    @property
    def is_share(self) -> bool:
        """Whether it is the percentage each category has, with no value of its own."""
        extract = self.extract
        return self.definition.unit.is_ratio and not (extract.numerator or extract.sum or extract.per)

    @property
    def divides(self) -> bool:
        """Whether its denominator is counted from the rows too."""
        return bool(self.extract.numerator or self.extract.sum) or self.is_share

    @property
    def columns(self) -> Mapping[str, Column]:
        """Every column it may name."""
        team = {"team": Column("code", (self.subject.team,))} if self.subject.team else {}
        return {**STANDING, **team, **self.subject.own}

    @property
    def kinds(self) -> dict[str, Kind]:
        """The kind of each column it may name."""
        return {name: column.kind for name, column in self.columns.items()}

    @cached_property
    def names(self) -> frozenset[str]:
        """The columns it does name, but for those of `by`."""
        named = {name for expression in self.expressions.values() for name in expression.names}
        return frozenset(named | ({self.extract.sum} if self.extract.sum else set()))

    def needs(self, breakdown: str = WHOLE) -> tuple[str, ...]:
        """The stored fields it needs, for the whole or for one of its own or the standing breakdowns."""
        found = [*self.subject.needs]
        for name in sorted(self.names | self._of_breakdown(breakdown)):
            found += self.columns[name].needs
        return tuple(dict.fromkeys(found))

    def _of_breakdown(self, breakdown: str) -> set[str]:
        return {column} if (column := self.column_of(breakdown)) else set()

    def column_of(self, breakdown: str) -> str:
        """The column that holds the groups of a breakdown; "" for the whole."""
        if breakdown in self.extract.by:
            return self.extract.by[breakdown]
        return "" if breakdown == WHOLE or breakdown in self.extract.parts else BREAKDOWN_COLUMNS[breakdown]

    def looks_back(self, breakdown: str = WHOLE) -> int:
        """How many months before a period the extract must begin."""
        named = self.names | self._of_breakdown(breakdown)
        return max((self.columns[name].looks_back_months for name in named), default=0)

    def check(self) -> None:
        """Raise MeasureError when a part cannot be read or names a column that is not there or not right."""
        for part, expression in self.expressions.items():
            try:
                expression.check(self.kinds)
            except ExpressionError as error:
                raise MeasureError(f"{self.id}: extract.{part}: {error}") from error
        for dimension, column in self.extract.by.items():
            self._check_column(f"by.{dimension}", column, "code")
        if self.extract.sum:
            self._check_column("sum", self.extract.sum, "number")
        if self.of_states and self.subject.kind != "episodes":
            raise MeasureError(f"{self.id}: extract.count: {self.subject.name} are events and are never open")
        if not self.of_states and self.subject.kind != "events":
            raise MeasureError(f"{self.id}: extract.count: {self.subject.name} are episodes: count open ones")

    def _check_column(self, part: str, name: str, kind: str) -> None:
        if name not in self.columns:
            raise MeasureError(f"{self.id}: extract.{part}: there is no column “{name}”")
        if self.columns[name].kind != kind:
            raise MeasureError(f"{self.id}: extract.{part}: “{name}” is not a {kind}")


def measures(definitions: Iterable[Definition], *, shipped: bool = False) -> tuple[Measure, ...]:
    """A measure for each definition that can be counted from extracts. Raises MeasureError.

    `shipped`: they are those of the catalogue, which the tests have checked.
    """
    found = []
    for definition in definitions:
        if definition.extract is None:
            continue
        try:
            subject = subject_called(definition.extract.subject)
        except ValueError as error:
            raise MeasureError(f"{definition.id}: extract.subject: {error}") from error
        measure = Measure(definition, definition.extract, subject)
        if not shipped:
            measure.check()
        found.append(measure)
    return tuple(found)
