"""What the form templates ask about a field or a widget. Loaded by the form renderer, not by pages."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms, template
from django.forms import BoundField
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from trefoil.design.forms import DayMonthYearInput, plain_errors

register = template.Library()
register.filter("plain_errors", plain_errors)


@register.filter
def control_kind(field: BoundField) -> str:
    """`tick`, `group`, `password` or `single`: which frame the control needs."""
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return "tick"
    if isinstance(widget, forms.PasswordInput):
        return "password"
    return "group" if field.use_fieldset else "single"


@register.filter
def takes_text_in_group(field: BoundField) -> bool:
    """True for a group of text boxes: its fieldset needs role=group, or JAWS leaves its hint unread."""
    return isinstance(field.field.widget, DayMonthYearInput)


@register.filter
def hint_id(field: BoundField) -> str:
    """The id that Django puts in aria-describedby for the help text."""
    return f"{field.auto_id}_helptext"


@register.filter
def error_id(field: BoundField) -> str:
    """The id that Django puts in aria-describedby for the errors."""
    return f"{field.auto_id}_error"


@register.filter
def has_error(attrs: Mapping[str, Any]) -> bool:
    """Whether Django marked the widget's attributes as invalid."""
    return attrs.get("aria-invalid") == "true"


@register.filter
def options(groups: Iterable[tuple[str | None, list[dict[str, Any]], int]]) -> SafeString:
    """The options of a select, as the widget groups them: one that is in no group is one by itself.

    To write two hundred of them took a template longer than all the rest of a page.
    """
    return SafeString("".join(_group(name, choices) for name, choices, _ in groups))


def _group(name: str | None, choices: Iterable[Mapping[str, Any]]) -> SafeString:
    lines = ((str(one["value"]), flatatt(one["attrs"]) if one["attrs"] else "", one["label"]) for one in choices)
    written = format_html_join("", '\n<option value="{}"{}>{}</option>', lines)
    return format_html('\n<optgroup label="{}">{}\n</optgroup>', name, written) if name else written


@register.simple_tag
def control_class(widget: Mapping[str, Any], base: str) -> str:
    """The component's class, its error class when the field has one, and the classes the form asked for."""
    attrs = widget["attrs"]
    names = [base, f"{base}--error" if has_error(attrs) else "", str(attrs.get("class", ""))]
    return " ".join(name for name in names if name)
