"""Small words of publishing's pages. Pure: no database."""

from datetime import date

from .enums import Found, PublicState

STATE_TAGS: dict[str, str] = {
    PublicState.DRAFT: "blue",
    PublicState.WITH_PARTNERS: "yellow",
    PublicState.APPROVED: "teal",
    PublicState.FROZEN: "green",
}
FOUND_TAGS: dict[str, str] = {
    Found.PRESENT: "green",
    Found.MISSING: "orange",
    Found.FAULT: "orange",
    Found.DOUBT: "yellow",
    Found.OVERRULED: "grey",
}


def period_words(starts_on: date, ends_on: date) -> str:
    """`1 April 2025 to 31 March 2026`."""
    return f"{starts_on:%-d %B %Y} to {ends_on:%-d %B %Y}"


def things_words(number: int) -> str:
    """`1 thing`, `3 things`."""
    return f"{number:,} thing{'' if number == 1 else 's'}"


def length_words(words: int) -> str:
    """`Nothing written yet`, `1 word`, `1,204 words`."""
    if not words:
        return "Nothing written yet"
    return f"{words:,} word{'' if words == 1 else 's'}"
