"""Reads every rule pack, holds them to one another, and finds the rule in force on a day. Pure: no database."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from pydantic import ValidationError

from .schema import Header, Pack, Rule
from .vocabulary import Group

RULE_PACKS = Path(__file__).parents[1] / "rule_packs"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: the file, the rule and field ("" for the file), and what."""

    file: str
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.field or 'the file'}: {self.message}"


class RulePackError(ValueError):
    """Rule packs that cannot be used. `problems` holds all of them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class RuleNotInForceError(LookupError):
    """No edition of the rule held on that day."""


@dataclass(frozen=True)
class EditionRule:
    """A rule with the edition that it stands in, and the days on which it holds."""

    rule: Rule
    edition: Header

    @property
    def in_force_from(self) -> date | None:
        return self.rule.in_force_from or self.edition.in_force_from

    @property
    def in_force_until(self) -> date | None:
        return self.rule.in_force_until or self.edition.in_force_until

    def is_in_force_on(self, day: date) -> bool:
        """Both days included; no day given means from ever, or for ever."""
        begun = self.in_force_from is None or self.in_force_from <= day
        return begun and (self.in_force_until is None or day <= self.in_force_until)

    def overlaps(self, other: "EditionRule") -> bool:
        """Whether both hold on some day."""
        starts = max(self.in_force_from or date.min, other.in_force_from or date.min)
        return starts <= min(self.in_force_until or date.max, other.in_force_until or date.max)


class Rulebook:
    """Every rule in every edition, in the order of the files and then of the rules."""

    def __init__(self, packs: Sequence[Pack]) -> None:
        self.editions = {pack.edition.id: pack.edition for pack in packs}
        self._by_id: dict[str, list[EditionRule]] = {}
        for pack in packs:
            for rule in pack.rule:
                self._by_id.setdefault(rule.id, []).append(EditionRule(rule, pack.edition))
        for found in self._by_id.values():
            found.sort(key=lambda one: one.in_force_from or date.min)

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._by_id)

    def __contains__(self, rule_id: object) -> bool:
        return rule_id in self._by_id

    def editions_of(self, rule_id: str) -> tuple[EditionRule, ...]:
        """The rule in each edition, oldest first. Raises LookupError for an unknown id."""
        if rule_id not in self._by_id:
            raise LookupError(f"there is no time limit {rule_id}")
        return tuple(self._by_id[rule_id])

    def on(self, rule_id: str, day: date) -> EditionRule:
        """The edition in force on a day. Raises RuleNotInForceError, and LookupError for an unknown id."""
        for found in self.editions_of(rule_id):
            if found.is_in_force_on(day):
                return found
        raise RuleNotInForceError(f"no edition of {rule_id} held on {day:%-d %B %Y}")

    def latest(self, rule_id: str, day: date) -> EditionRule:
        """The edition in force on a day; where none is, the newest of all."""
        try:
            return self.on(rule_id, day)
        except RuleNotInForceError:
            return self.editions_of(rule_id)[-1]

    def of_edition(self, rule_id: str, edition: str) -> EditionRule:
        """The rule as one edition has it. Raises LookupError."""
        for found in self.editions_of(rule_id):
            if found.edition.id == edition:
                return found
        raise LookupError(f"{rule_id} is not in the edition {edition}")

    def in_group(self, group: Group, day: date) -> list[EditionRule]:
        """The rules of a group, each as it holds on a day."""
        found = [self.latest(rule_id, day) for rule_id in self]
        return [one for one in found if one.rule.group is group]


@cache
def rulebook() -> Rulebook:
    """The shipped rules, read once. Raises RulePackError."""
    return load_rulebook(RULE_PACKS)


def load_rulebook(folder: Path) -> Rulebook:
    """Read `*.toml` in a folder. Raises RulePackError with every problem of every file."""
    problems: list[Problem] = []
    packs = [pack for path in sorted(folder.glob("*.toml")) if (pack := _read(path, problems)) is not None]
    book = Rulebook(packs)
    if not packs and not problems:
        problems.append(Problem(folder.name, "", "holds no rule pack"))
    for pack in packs:
        problems += _repeats(pack)
    if not problems:
        problems += [problem for rule_id in book for problem in _overlaps(book.editions_of(rule_id))]
    if problems:
        raise RulePackError(problems)
    return book


def _read(path: Path, problems: list[Problem]) -> Pack | None:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        pack = Pack.model_validate(data)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problems.append(Problem(path.name, "", f"cannot be read: {error}"))
        return None
    except ValidationError as error:
        problems += [Problem(path.name, _place(found["loc"], data), found["msg"]) for found in error.errors()]
        return None
    if pack.edition.id != path.stem:
        problems.append(Problem(path.name, "edition.id", f"{pack.edition.id} does not match the name of the file"))
    return pack


def _place(where: tuple[int | str, ...], data: dict[str, object]) -> str:
    """`FD-DEC.unit` instead of `rule.3.unit`, when the rule has an id that can be read."""
    rules = data.get("rule")
    if len(where) > 1 and where[0] == "rule" and isinstance(where[1], int) and isinstance(rules, list):
        entry = rules[where[1]]
        name = entry.get("id") if isinstance(entry, dict) else None
        where = (str(name or f"rule {where[1] + 1}"), *where[2:])
    return ".".join(str(part) for part in where)


def _repeats(pack: Pack) -> list[Problem]:
    seen: set[str] = set()
    problems = []
    for rule in pack.rule:
        if rule.id in seen:
            problems.append(Problem(f"{pack.edition.id}.toml", rule.id, "stands in this file twice"))
        seen.add(rule.id)
    return problems


def _overlaps(editions: Sequence[EditionRule]) -> list[Problem]:
    pairs = [(one, other) for place, one in enumerate(editions) for other in editions[place + 1 :]]
    return [
        Problem(f"{other.edition.id}.toml", other.rule.id, f"is in force at the same time as in {one.edition.id}.toml")
        for one, other in pairs
        if one.overlaps(other)
    ]
