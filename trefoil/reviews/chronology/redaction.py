"""Names and places replaced by roles, from a list of words; and what of a text a person should look at. Pure.

A list does not know a nickname or a misspelling, so nothing is final until a person has looked. `left_over` helps them:
it names what is spelt like a word of the list, and words that begin with a capital where no sentence does.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rapidfuzz import fuzz

NEARLY = 82
SHORTEST = 2
# A letter such as the dotless i is matched and has another plain form: hidden all the same.
UNKNOWN = "[a name]"
CHILD, FAMILY_NAME, HOME = "[the child]", "[the family’s name]", "[the home]"
_CAPITAL = re.compile(r"(?<![.!?:“\"\n])(?<!^)\s([A-Z][\w’'-]+)")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
# English words with a capital that name nobody.
_PLAIN = frozenset(
    [
        "I",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "English",
        "Christmas",
        "Easter",
    ]
)


@dataclass(frozen=True)
class Redactor:
    """A list of words, each with the role that stands in its place.

    `names` are hidden besides, where they are written with a capital: parts of a child's name, of which some are words.
    """

    roles: Mapping[str, str]
    names: Mapping[str, str] = field(default_factory=dict)
    _pattern: re.Pattern[str] = field(init=False, repr=False)
    _lookup: Mapping[str, str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """The longest first, so that “Anna Lark” goes before “Anna”."""
        own = {_key(words): role for words, role in self.roles.items() if _key(words)}
        lookup = {_key(words): role for words, role in self.names.items()} | own
        forms = {key: _pattern_of(key) for key in own}
        forms = {_key(words): _capital_pattern_of(words) for words in self.names} | forms
        alternatives = "|".join(forms[key] for key in sorted(forms, key=len, reverse=True))
        pattern = rf"(?<!\w)(?:{alternatives})(?!\w)" if lookup else r"(?!)"
        object.__setattr__(self, "_lookup", lookup)
        object.__setattr__(self, "_pattern", re.compile(pattern, re.IGNORECASE))

    def redacted(self, text: str) -> str:
        """The text with every word of the list replaced, whatever its capitals, blanks and kind of apostrophe."""
        return self._pattern.sub(lambda found: self._lookup.get(_key(found[0]), UNKNOWN), _same_letters(text))

    def holds_listed(self, text: str) -> bool:
        """Whether a word of the list still stands in it."""
        return self._pattern.search(_same_letters(text)) is not None

    def roles_in(self, text: str) -> list[str]:
        """The roles of those whose words still stand in it, each once, in order. The words themselves are not given."""
        found = self._pattern.finditer(_same_letters(text))
        return list(dict.fromkeys(self._lookup.get(_key(one[0]), UNKNOWN) for one in found))

    def left_over(self, text: str) -> list[str]:
        """Words that a person should look at, each once, in order."""
        found = _words_beside_roles(text, [*self.roles.values(), *self.names.values()])
        near = [word for word in _WORD.findall(found) if self._is_nearly_listed(word)]
        capital = [word for word in _CAPITAL.findall(found) if word not in _PLAIN]
        return list(dict.fromkeys([*near, *capital]))

    def _is_nearly_listed(self, word: str) -> bool:
        plain = _key(word)
        parts = {part for key in self._lookup for part in key.split() if len(part) > 3}
        return len(plain) > 3 and any(fuzz.ratio(plain, part) >= NEARLY for part in parts)


def _words_beside_roles(text: str, roles: Iterable[str]) -> str:
    for role in sorted(set(roles), key=len, reverse=True):
        text = text.replace(role, " · ")
    return text


def _same_letters(text: str) -> str:
    """One way of writing each letter and apostrophe, and no marks that show nothing."""
    plain = unicodedata.normalize("NFC", text).replace("'", "’")
    return re.sub("[\u00ad\u200b-\u200d\ufeff]", "", plain)


def _key(words: str) -> str:
    return " ".join(_same_letters(words).split()).casefold()


def _pattern_of(key: str) -> str:
    return r"\s+".join(re.escape(part) for part in key.split())


def _capital_pattern_of(words: str) -> str:
    parts = [re.escape(part) for part in _same_letters(words).split()]
    gap = r"\s+"
    return f"(?-i:{gap.join(parts)}|{gap.join(part.upper() for part in parts)})"


def names_of_child(name: str, address: str = "") -> dict[str, str]:
    """What gives the child away in any text: the name, each part of it, and the first line of the address."""
    first, *others = _same_letters(name).split() or [""]
    found = {part: FAMILY_NAME for part in others if len(part) > 2}
    found |= {part: CHILD for part in (first, " ".join([first, *others])) if len(part) > 1}
    line = _same_letters(address).split(",")[0].splitlines()
    return found | ({" ".join(line[0].split()): HOME} if line and len(line[0].strip()) > 3 else {})


def check_role(words: str, role: str, others: Iterable[str]) -> str:
    """What is wrong with a line of the list, or nothing."""
    if len(_key(words)) < SHORTEST:
        return f"Write at least {SHORTEST} letters of the name or place."
    if not role.strip():
        return "Say which role stands in its place, such as “the mother” or “school 1”."
    if Redactor({words: ""}).holds_listed(role):
        return "The role holds the word that it should hide."
    if any(Redactor({other: ""}).holds_listed(role) for other in others):
        return "The role holds another word of the list."
    return ""
