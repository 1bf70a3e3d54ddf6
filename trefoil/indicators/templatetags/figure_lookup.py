"""Small readings for templates of figures."""

from collections.abc import Mapping
from typing import Any

from django import template

from ..definition_words import beside_in_words, often_in_words, unit_in_words, way_in_words

register = template.Library()


@register.simple_tag
def lookup(mapping: Mapping[str, Any], key: str) -> Any:
    """The entry of a mapping under a name that stands in a variable; None when there is none."""
    return mapping.get(key)


@register.filter
def lower_first(text: str) -> str:
    """A sentence's first letter in lower case, to stand inside another sentence."""
    return text[:1].lower() + text[1:]


# What the dictionary says of a definition.
register.filter(way_in_words)
register.filter(often_in_words)
register.filter(unit_in_words)
register.filter(beside_in_words)
