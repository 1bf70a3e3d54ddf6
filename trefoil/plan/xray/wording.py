"""What is left of a recommendation's words once the phrases that every recommendation is made of are taken away.

"The partnership should seek assurance that all agencies ..." stands in half of all recommendations. Two of them are
alike only when the rest is alike. The list of those words is `frame_words.txt`; it is this system's own, drawn up from
how such texts are usually worded.
"""

import re
from functools import lru_cache
from pathlib import Path

_WORD = re.compile(r"[a-z0-9]+")

# Function words, and the frame of a recommendation: who should do something, and that it should be done well.
_FRAME = frozenset((Path(__file__).parent / "frame_words.txt").read_text(encoding="utf-8").split())
_ENDINGS = (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("es", "e"), ("s", ""))
_SHORTEST_STEM = 4
_DOUBLED = re.compile(r"([bdfglmnprt])\1$")


def _stem(word: str) -> str:
    """Attendances, attendance and attending nearly meet; no dictionary, a handful of endings."""
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM and not word.endswith("ss"):
            word = word[: -len(ending)] + instead
            break
    word = _DOUBLED.sub(r"\1", word)
    return word[:-1] if word.endswith("e") and len(word) > _SHORTEST_STEM else word


@lru_cache(maxsize=20_000)
def telling_words(text: str) -> tuple[str, ...]:
    """The words that make this recommendation that one: stems, in order, each once."""
    found = (
        _stem(word) for word in _WORD.findall(text.lower().replace("’", "'").replace("'s", "")) if word not in _FRAME
    )
    return tuple(dict.fromkeys(found))
