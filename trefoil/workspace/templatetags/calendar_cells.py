"""What stands in a cell of a month. Written here: a template takes far longer for some two hundred lines."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from trefoil.notifications.entries import Entry

from ..words import link

register = template.Library()


@register.filter
def entry_lines(entries: Iterable[Entry]) -> SafeString:
    """The entries of a cell as items of a list."""
    return format_html_join("", "{}", ((_line(entry),) for entry in entries))


def _line(entry: Entry) -> SafeString:
    status = f"tf-entry--{entry.status}" if entry.status else ""
    return format_html(
        '<li class="{}">{}{}{}</li>',
        f"{status} tf-entry--cancelled".strip() if entry.is_cancelled else status,
        format_html('<span class="tf-entry__what">{}</span> ', entry.time_words) if entry.time_words else "",
        link(entry.short_title, entry.path),
        format_html(" <strong>{}</strong>", entry.status_words) if entry.status_words else "",
    )
