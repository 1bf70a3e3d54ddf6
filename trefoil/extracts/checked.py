"""What a check found, as plain facts: the intake's report on its way to the tables. Pure."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Listed:
    """One finding where it can be looked up. `row` None is the whole of a column or a file."""

    sheet: str = ""
    row: int | None = None
    value: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Every finding of one rule in one column: counted in full, listed as far as the intake kept them."""

    level: str
    rule: str
    file: str
    column: str
    found: int
    cure: str = ""
    listed: tuple[Listed, ...] = ()


@dataclass(frozen=True, slots=True)
class Quality:
    """How much of one field is filled in and valid."""

    table: str
    field: str
    rows: int
    filled: int
    valid: int


@dataclass(frozen=True, slots=True)
class Checked:
    """A report. `unmapped`: (code list, value as written) -> how many rows hold it."""

    groups: tuple[Group, ...] = ()
    qualities: tuple[Quality, ...] = ()
    unmapped: dict[tuple[str, str], int] = field(default_factory=dict)

    def count(self, level: str) -> int:
        return sum(group.found for group in self.groups if group.level == level)

    @property
    def faults(self) -> int:
        return self.count("fault")
