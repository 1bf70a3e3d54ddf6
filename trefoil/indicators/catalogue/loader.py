"""Reads every definition file and holds them to one another. Pure: no database.

`trefoil/indicator_definitions/<theme>/<ID>.toml`, read with Decimal for every figure.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from pydantic import ValidationError

from .references import ANY_CATEGORY, FigureReference
from .schema import Definition
from .vocabulary import Theme

DEFINITIONS = Path(__file__).parents[2] / "indicator_definitions"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: the file below the definitions folder, the field ("" for the file), and what."""

    file: str
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.field or 'the file'}: {self.message}"


class CatalogueError(ValueError):
    """Definition files that cannot be used. `problems` holds all of them, in the order of the files."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class Catalogue:
    """All definitions, in the order of their ids."""

    def __init__(self, definitions: Mapping[str, Definition]) -> None:
        self._definitions = dict(sorted(definitions.items()))

    def __iter__(self) -> Iterator[Definition]:
        return iter(self._definitions.values())

    def __len__(self) -> int:
        return len(self._definitions)

    def __contains__(self, indicator: object) -> bool:
        return indicator in self._definitions

    def __getitem__(self, indicator: str) -> Definition:
        return self._definitions[indicator]

    def get(self, indicator: str) -> Definition | None:
        """The definition with this id, or None."""
        return self._definitions.get(indicator)

    def in_theme(self, theme: Theme | str) -> tuple[Definition, ...]:
        """The definitions of a theme (or of its slug), in id order. Raises ValueError for an unknown slug."""
        wanted = Theme(theme)
        return tuple(definition for definition in self if definition.theme is wanted)

    @property
    def themes(self) -> tuple[Theme, ...]:
        """The themes that have definitions, in the order of the pages."""
        present = {definition.theme for definition in self}
        return tuple(theme for theme in Theme if theme in present)

    @property
    def ids(self) -> tuple[str, ...]:
        """Every id, in order."""
        return tuple(self._definitions)


@cache
def catalogue() -> Catalogue:
    """The shipped catalogue, read once. Raises CatalogueError."""
    return load_catalogue(DEFINITIONS)


def load_catalogue(folder: Path) -> Catalogue:
    """Read `<theme>/<ID>.toml` below `folder`. Raises CatalogueError with every problem of every file."""
    problems: list[Problem] = []
    read: dict[str, tuple[str, Definition]] = {}
    for path in sorted(folder.glob("*/*.toml")):
        name = path.relative_to(folder).as_posix()
        definition = _read(path, name, problems)
        if definition is None:
            continue
        if definition.id in read:
            problems.append(Problem(name, "id", f"{definition.id} is also defined in {read[definition.id][0]}"))
            continue
        read[definition.id] = (name, definition)
    catalogue_read = Catalogue({id_: definition for id_, (_, definition) in read.items()})
    for name, definition in read.values():
        problems += _reference_problems(name, definition, catalogue_read)
    if problems:
        raise CatalogueError(problems)
    return catalogue_read


def _read(path: Path, name: str, problems: list[Problem]) -> Definition | None:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        definition = Definition.model_validate(data)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problems.append(Problem(name, "", f"cannot be read: {error}"))
        return None
    except ValidationError as error:
        problems += [
            Problem(name, ".".join(str(part) for part in found["loc"]), found["msg"]) for found in error.errors()
        ]
        return None
    problems += _place_problems(path, name, definition)
    return definition


def _place_problems(path: Path, name: str, definition: Definition) -> list[Problem]:
    problems = []
    if path.stem != definition.id:
        problems.append(Problem(name, "id", f"{definition.id} does not match the name of the file"))
    if path.parent.name != definition.theme.slug:
        problems.append(Problem(name, "theme", f"{definition.theme.slug} does not match the folder"))
    return problems


def _reference_problems(name: str, definition: Definition, known: Catalogue) -> list[Problem]:
    if definition.calculation is None:
        return []
    return [
        Problem(name, "calculation", message)
        for reference in definition.calculation.references
        if (message := _reference_fault(reference, known))
    ]


def _reference_fault(reference: FigureReference, known: Catalogue) -> str:
    target = known.get(reference.indicator)
    if target is None:
        return f"{reference.indicator} is not in the catalogue"
    for dimension, category in reference.parts:
        breakdown = target.breakdown(dimension)
        if breakdown is None:
            return f"{reference.indicator} has no breakdown by {dimension}"
        if category != ANY_CATEGORY and not breakdown.accepts(category):
            return f"{reference.indicator} by {dimension} has no category “{category}”"
    return ""
