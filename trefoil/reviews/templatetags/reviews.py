"""`{% load reviews %}`: sealed words as this reader may read them."""

from django import template

from ..chronology.redaction import Redactor

register = template.Library()


@register.filter
def as_read(text: str, redactor: Redactor | None) -> str:
    """The words with roles for the names on the review's list; as they are for who was given who the child is."""
    return redactor.redacted(text) if redactor is not None and text else text
