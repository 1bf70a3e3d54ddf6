"""One thing that needs the reader."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Need:
    """One thing to do: what, why, its tag (a status of the design app) and the one button that leads to it.

    `heading` is the part of "My work" that it stands under; `is_rest` only leads to what is not shown.
    """

    title: str
    reason: str
    action: str
    href: str
    status: str = ""
    words: str = ""
    heading: str = "Returns"
    is_rest: bool = False
