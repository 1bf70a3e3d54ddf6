"""From a postcode to the name of a locality, by the partnership's own table of beginnings. Pure."""

import re
from collections.abc import Mapping

_WHOLE = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?)([0-9][A-Z]{2})")
_DISTRICT = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?")
_AREA = re.compile(r"[A-Z]{1,2}")


class Localities:
    """A table of beginnings: an area (`EN`), a district (`N1`), a sector (`N1 1`) or a whole postcode.

    The longest beginning wins. A beginning stands for whole districts: `N1` is not a beginning of N11 1AA.
    """

    def __init__(self, beginnings: Mapping[str, str]) -> None:
        self._names = {_tidy(beginning): name for beginning, name in beginnings.items()}

    def of(self, postcode: str) -> str | None:
        """The locality of a postcode, however it is spaced; None when no beginning fits or it is no postcode."""
        return next((self._names[one] for one in _beginnings(postcode) if one in self._names), None)


def _beginnings(postcode: str) -> list[str]:
    """Every beginning of a postcode, the longest first."""
    text = "".join(postcode.split()).upper()
    whole = _WHOLE.fullmatch(text)
    if whole:
        district, rest = whole.groups()
        longer = [f"{district} {rest[:length]}" for length in (3, 2, 1)]
    elif _DISTRICT.fullmatch(text):
        district, longer = text, []
    else:
        return []
    area = _AREA.match(district)
    return [*longer, district, area.group() if area else ""]


def _tidy(beginning: str) -> str:
    """`n1 1`, `N11AA` and `N1 1AA` as they are looked up; only a whole postcode can be told apart without its space."""
    text = " ".join(beginning.split()).upper()
    whole = _WHOLE.fullmatch(text)
    return f"{whole.group(1)} {whole.group(2)}" if whole else text
