"""Links within a public site."""

from typing import Any

from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def to(context: Any, path: str) -> str:
    """The way from the present page to another page or file of the site."""
    return f"{context['up']}{path}" or "./"
