"""Small words of the plan's pages. Pure: no database."""

from datetime import date

from .enums import ActionState, Standing, Verdict

# The tag of a status: a colour of the design's component, beside words that say it.
STATE_TAGS: dict[str, str] = {
    ActionState.PROPOSED: "blue",
    ActionState.ACCEPTED: "teal",
    ActionState.REFUSED: "orange",
    ActionState.UNDER_WAY: "teal",
    ActionState.DONE: "yellow",
    ActionState.CLOSED: "green",
    ActionState.WITHDRAWN: "grey",
}
HOW_TAGS: dict[str, str] = {Standing.ON_TRACK: "green", Standing.AT_RISK: "yellow", Standing.OFF_TRACK: "red"}
VERDICT_TAGS: dict[str, str] = {
    Verdict.SHOWN: "green",
    Verdict.PARTLY: "yellow",
    Verdict.NOT_SHOWN: "orange",
    Verdict.CANNOT_SHOW: "grey",
}


def sentence(words: str) -> str:
    """`say why` becomes `Say why.`; what ends like a sentence stays."""
    said = f"{words[:1].upper()}{words[1:]}"
    return said if said.endswith((".", "?", "…")) else f"{said}."


def day_words(day: date) -> str:
    """`3 March 2026`."""
    return f"{day:%-d %B %Y}"


def counted(number: int, noun: str, plural: str = "") -> str:
    """`1 action`, `2 actions`, `no actions`."""
    return f"{'no' if number == 0 else f'{number:,}'} {noun if number == 1 else plural or noun + 's'}"


def listed(items: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`; empty for none."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def due_words(due_on: date, today: date, *, waits: bool) -> str:
    """`12 December 2026, in 3 days`, `1 November 2026, 21 days ago`; the bare day where nothing is waited for."""
    days = (due_on - today).days
    if not waits:
        return day_words(due_on)
    if days < 0:
        return f"{day_words(due_on)}, {counted(-days, 'day')} ago"
    return f"{day_words(due_on)}, {'today' if days == 0 else 'in ' + counted(days, 'day')}"
