"""What the form templates ask about a field or a widget. Loaded by the form renderer, not by pages."""

from collections.abc import Mapping
from typing import Any

from django import forms, template
from django.forms import BoundField

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


@register.simple_tag
def control_class(widget: Mapping[str, Any], base: str) -> str:
    """The component's class, its error class when the field has one, and the classes the form asked for."""
    attrs = widget["attrs"]
    names = [base, f"{base}--error" if has_error(attrs) else "", str(attrs.get("class", ""))]
    return " ".join(name for name in names if name)
