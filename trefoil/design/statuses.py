"""Words of status and change, each with a colour and a shape, so that nothing is told by colour alone."""

from dataclasses import dataclass

TAG_COLOURS = ("grey", "blue", "teal", "green", "yellow", "orange", "red", "purple", "magenta")

STATUSES: dict[str, tuple[str, str]] = {
    "good": ("green", "On target"),
    "watch": ("yellow", "Close to target"),
    "act": ("red", "Off target"),
    "context": ("grey", "No target"),
    "signal": ("purple", "More than noise"),
    "steady": ("grey", "Usual range"),
    "too_few": ("grey", "Too few to say"),
    "missing": ("orange", "Missing"),
    "open": ("blue", "Open"),
    "submitted": ("teal", "Submitted"),
    "printed": ("grey", "As printed"),
    "queried": ("orange", "Queried"),
    "approved": ("green", "Approved"),
    "late": ("red", "Late"),
    "restated": ("purple", "Restated"),
    "locked": ("grey", "Locked"),
    "published": ("blue", "Published"),
}
"""Key of a status: colour of the tag, and the word on it. Rooms pass their own words where these do not fit."""


@dataclass(frozen=True)
class Arrow:
    """One change: the shape's path in a 16 by 16 box, its colour class and its words."""

    path: str
    css_class: str
    words: str


_SHAPES = {
    "up": "M8 2 L14 9 H10 V14 H6 V9 H2 Z",
    "down": "M8 14 L2 7 H6 V2 H10 V7 H14 Z",
    "level": "M2 5 H14 V7.2 H2 Z M2 9 H14 V11.2 H2 Z",
    "none": "M4 7 H12 V9 H4 Z",
}
_MEANINGS = {"better": ", better", "worse": ", worse", "neutral": ""}
_WORDS = {"up": "Up", "down": "Down", "level": "No change", "none": "Nothing to compare with"}

ARROWS = {
    (direction, meaning): Arrow(path, f"tf-arrow--{meaning}", _WORDS[direction] + said)
    for direction, path in _SHAPES.items()
    for meaning, said in _MEANINGS.items()
}
"""Arrow by (direction, meaning)."""
