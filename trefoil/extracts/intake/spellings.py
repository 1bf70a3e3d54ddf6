"""What a written code means: by the list, or by the partner's value map, and never by guessing. Pure."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from trefoil.extracts.standard import CodeList, folded

NO_CODES = ","
"""How a list of codes without any is kept: somebody said that none applies. Null: nobody said."""

_YES = {"y", "yes", "1", "true", "t"}
_NO = {"n", "no", "0", "false", "f", "", "none", "null"}
_PREFIX = "outcome_"
_BETWEEN = re.compile(r"[,;|]")
# What may be a child's and was typed into the wrong column: a day, a long number (UPN, NHS, telephone), a postcode.
_PERSONAL = re.compile(
    r"\d{6}|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b|@", re.IGNORECASE | re.ASCII
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one written value gave. `kept`: a code, or `,A,B,`; None: not known. `unknown`: spellings that nobody has
    decided. `mapped`: folded spellings that the value map decided. `broken`: it cannot be read at all."""

    kept: str | None = None
    unknown: tuple[str, ...] = ()
    mapped: tuple[str, ...] = ()
    broken: bool = False

    @property
    def is_valid(self) -> bool:
        """Whether the value is right."""
        return not self.unknown and not self.broken


class Spellings:
    """Reads the values of one code list with one partner's value map."""

    def __init__(self, codes: CodeList, value_map: Mapping[tuple[str, str], str | None]) -> None:
        self._known = codes.spellings
        self._order = {code.code: at for at, code in enumerate(codes.codes)}
        # A decision for a code that the list no longer has is no decision.
        self._map = {
            folded(spelling): code or None
            for (name, spelling), code in value_map.items()
            if name == codes.name and (not code or code in self._order)
        }

    def read_code(self, text: str) -> Reading:
        """Read one code."""
        spelling = folded(text)
        if spelling in self._known:
            return Reading(self._known[spelling])
        if spelling in self._map:
            return Reading(self._map[spelling], mapped=(spelling,))
        return Reading(unknown=(text,))

    def read_codes(self, text: str) -> Reading:
        """Read several codes: `A,B`, a JSON list, or a JSON object of codes to yes or no; its comments are dropped."""
        names = self._names(text)
        if names is None:
            return Reading(broken=True)
        readings = [self.read_code(name) for name in names]
        kept = sorted({one.kept for one in readings if one.kept}, key=self._order.__getitem__)
        return Reading(
            f",{','.join(kept)}," if kept else NO_CODES,
            tuple(spelling for one in readings for spelling in one.unknown),
            tuple(spelling for one in readings for spelling in one.mapped),
        )

    def _names(self, text: str) -> list[str] | None:
        if not text.startswith(("{", "[")):
            return [text] if self.read_code(text).is_valid else [part for part in _BETWEEN.split(text) if part.strip()]
        try:
            whole = json.loads(text)
        except (ValueError, RecursionError):
            return None
        return _listed(whole) if isinstance(whole, list) else _chosen(whole)


def may_be_personal(text: str) -> bool:
    """Whether a value looks like a day, a long number, a postcode or an address of mail, and so must not be shown."""
    return bool(_PERSONAL.search(text))


def _listed(items: list[Any]) -> list[str] | None:
    if not all(isinstance(item, str | int) for item in items):
        return None
    return [_bare(str(item)) for item in items if str(item).strip()]


def _chosen(answers: dict[str, Any]) -> list[str] | None:
    try:
        return list(_yeses(answers))
    except ValueError:
        return None


def _yeses(answers: dict[str, Any]) -> Iterator[str]:
    for name, answer in answers.items():
        if "comment" in name.casefold():
            continue
        said = "" if answer is None else str(answer).strip().casefold()
        if said in _YES:
            yield _bare(name)
        elif said not in _NO:
            raise ValueError("neither yes nor no")


def _bare(name: str) -> str:
    name = name.strip()
    return name[len(_PREFIX) :] if name.casefold().startswith(_PREFIX) else name
