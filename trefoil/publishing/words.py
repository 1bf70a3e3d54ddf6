"""Small words of publishing's pages. Pure: no database."""

from datetime import date

from .enums import EditionState, Found, LinkFound, PublicState

STATE_TAGS: dict[str, str] = {
    PublicState.DRAFT: "blue",
    PublicState.WITH_PARTNERS: "yellow",
    PublicState.APPROVED: "teal",
    PublicState.FROZEN: "green",
}
EDITION_TAGS: dict[str, str] = {
    EditionState.NOT_PUBLISHED: "blue",
    EditionState.PUBLISHED: "green",
    EditionState.TAKEN_DOWN: "grey",
}
FOUND_TAGS: dict[str, str] = {
    Found.PRESENT: "green",
    Found.MISSING: "orange",
    Found.FAULT: "orange",
    Found.DOUBT: "yellow",
    Found.OVERRULED: "grey",
}
LINK_TAGS: dict[str, str] = {LinkFound.OPEN: "green", LinkFound.DEAD: "orange", LinkFound.UNSURE: "yellow"}


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


def days_words(number: int) -> str:
    """`1 day`, `12 days`."""
    return f"{number:,} day{'' if number == 1 else 's'}"


def public_words(stands: EditionState, published_on: date | None, due_on: date | None, late: int) -> str:
    """Where an edition stands with the public, and whether it was in time, in a sentence or two."""
    by = f"It {'was' if published_on else 'is'} to be published by {due_on:%-d %B %Y}" if due_on else ""
    first = f"Published on {published_on:%-d %B %Y}" if published_on else "The public cannot read it yet"
    said = [f"{first}, {days_words(late)} late." if published_on and late else f"{first}."]
    if stands == EditionState.TAKEN_DOWN:
        said.append("It has been taken down since.")
    if by:
        said.append(f"{by}, {days_words(late)} ago." if late and not published_on else f"{by}.")
    return " ".join(said)
