"""Every colour of Trefoil by name, and the arithmetic of contrast.

The stylesheet repeats these values as CSS variables; a test holds the two equal. The same name means the same
thing on a page, in a chart and in a document. Nothing is told by colour alone.
"""

WHITE = "#ffffff"
TEXT = "#0b0c0c"
CONTEXT = "#5b6368"
"""Grey for what stands beside the reader's own figure: neighbours, England, the target, the usual range."""
CONTEXT_FILL = "#b8bfc4"
BAND = "#e6eaed"
"""Fill of the usual range; carries no text of its own."""
GRID = "#dfe3e6"
ACCENT = "#12558c"
"""The one accent: the reader's own area."""
GOOD = "#0b6b43"
WATCH = "#8a4b00"
ACT = "#b3261e"

BANDS = ("#12385e", "#2f6690", "#6f9fc4", "#b3cde0", "#dde8f1")
"""Dark to light, for ordered bands of a whole."""

PARTNERSHIP_COLOURS = {
    "plum": "#6b2a5b",
    "navy": "#1f3a68",
    "teal": "#0c5d63",
    "forest": "#22593a",
    "brick": "#8c3322",
    "bronze": "#6f4a12",
    "slate": "#3f4a54",
    "violet": "#54338a",
}
"""Colours that a partnership may choose. White text on each has a contrast of at least 4.5 to 1."""

DEFAULT_PARTNERSHIP_COLOUR = "slate"


def relative_luminance(colour: str) -> float:
    """Luminance from 0 (black) to 1 (white) of `#rrggbb`. Source: WCAG 2.2, definition of relative luminance."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Contrast ratio from 1 to 21 of two `#rrggbb` colours. Source: WCAG 2.2, definition of contrast ratio."""
    lighter, darker = sorted((relative_luminance(first), relative_luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
