"""Dates, counts and lists as people write them, and links for the cells of a table."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString


def day_words(day: date | None, empty: str = "") -> str:
    """`3 March 2026`."""
    return f"{day:%-d %B %Y}" if day else empty


def moment_words(moment: datetime) -> str:
    """`3 March 2026, 14:05`, in the time of England."""
    return f"{timezone.localtime(moment):%-d %B %Y, %H:%M}"


def counted(number: int, noun: str, plural: str = "") -> str:
    """`1 return`, `2 returns`, `3 agencies` (with `plural`)."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def listed(names: Sequence[str]) -> str:
    """`A`, `A and B`, `A, B and C`."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def link(label: object, href: str) -> SafeString:
    """A link for a cell, escaped; the words alone where there is no address."""
    if not href:
        return format_html("{}", label)
    return format_html('<a class="govuk-link" href="{}">{}</a>', href, label)
