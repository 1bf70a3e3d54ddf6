"""What one person wrote beside what another has saved, field by field."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Model
from django.forms import BoundField
from django.utils import timezone
from django.utils.choices import flatten_choices

NOTHING = "Nothing"


@dataclass(frozen=True)
class Line:
    """One field: what is saved now, what this person wrote, and whether they are the same."""

    label: str
    saved: str
    written: str

    @property
    def is_same(self) -> bool:
        return self.saved == self.written


def compared(form: forms.Form, saved: Mapping[str, Any]) -> list[Line]:
    """A line for each field that can be seen and whose saved value is known, in the form's order."""
    return [
        Line(str(field.label), in_words(field, saved[field.name]), in_words(field, form.cleaned_data.get(field.name)))
        for field in form.visible_fields()
        if field.name in saved
    ]


def values_of(form: forms.Form, record: Model) -> dict[str, Any]:
    """What the record holds under the names of the form's fields."""
    return {name: getattr(record, name) for name in form.fields if hasattr(record, name)}


def in_words(field: BoundField, value: Any) -> str:
    """A value as people read it: the label of a choice, a day, yes or no, the text itself."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, list | tuple | set):
        return ", ".join(in_words(field, one) for one in value) or NOTHING
    if isinstance(value, Model):
        return str(value)
    if isinstance(field.field, forms.ChoiceField):
        return _label(field.field.choices, value)
    return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, Decimal):
        # A sum is the same with and without its pence: 52,000.00 and 52,000.
        return f"{int(value):,}" if value == value.to_integral_value() else f"{value.normalize():,f}"
    if isinstance(value, dt.datetime):
        return f"{timezone.localtime(value):%-d %B %Y, %H:%M}"
    if isinstance(value, dt.date):
        return f"{value:%-d %B %Y}"
    return str(value)


def _label(choices: Any, value: Any) -> str:
    """The label of a choice, also of one in a group; the value itself where it is no choice any more."""
    flat: list[tuple[Any, Any]] = list(flatten_choices(choices))
    return next((str(label) for key, label in flat if str(key) == str(value)), str(value))
