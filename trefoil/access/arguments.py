"""Arguments of commands, with words for what cannot be read."""

from argparse import ArgumentTypeError
from datetime import date


def day(text: str) -> date:
    """A day as 2026-10-31. Raises ArgumentTypeError, whose words argparse prints."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"“{text}” is no day; write it as 2026-10-31") from None
