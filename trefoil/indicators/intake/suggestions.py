"""What somebody may have meant by a name that is not known. Pure."""

from collections.abc import Iterable
from difflib import get_close_matches

from ..checks.lookup import Definitions

_LONGEST = 120  # comparing very long texts is slow, and no name is that long


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that looks most like `name`, or ""."""
    name = name[:_LONGEST]
    plain = {candidate.casefold(): candidate for candidate in known}
    found = get_close_matches(name.casefold(), plain, n=1, cutoff=0.6)
    return plain[found[0]] if found else ""


class IndicatorSuggester:
    """Suggests an indicator for an unknown id or a title typed in its place; to stay quick, not for too many."""

    _most = 25

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions
        self._titles: dict[str, str] = {}
        self._known: dict[str, str] = {}

    def suggest(self, text: str) -> str:
        """`FD01 (Contacts received)`, or "" when nothing is near."""
        if text not in self._known and len(self._known) < self._most:
            self._known[text] = self._look_up(text[:_LONGEST])
        return self._known.get(text, "")

    def _look_up(self, text: str) -> str:
        if not self._titles:
            found = ((id_, self._definitions.get(id_)) for id_ in self._definitions.ids)
            self._titles = {id_: definition.title for id_, definition in found if definition}
        plain = "".join(text.split()).upper()
        if plain in self._titles:
            return f"{plain} ({self._titles[plain]})"
        by_title = {title: id_ for id_, title in self._titles.items()}
        title = nearest(text, by_title)
        if title:
            return f"{by_title[title]} ({title})"
        id_ = nearest(plain, self._titles)
        return f"{id_} ({self._titles[id_]})" if id_ else ""
