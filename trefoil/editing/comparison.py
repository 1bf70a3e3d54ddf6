"""What one person wrote beside what another has saved, field by field."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.forms import BoundField
from django.utils import timezone
from django.utils.choices import flatten_choices

from .merging import Changed, who_changed

NOTHING = "Nothing"

# The colour and the words of the tag that a field has on the page with both versions.
TAGS = {
    Changed.THEY: ("blue", "They changed it"),
    Changed.YOU: ("green", "You changed it"),
    Changed.BOTH: ("yellow", "Both changed it"),
    Changed.UNTOLD: ("yellow", "Differs"),
}


@dataclass(frozen=True)
class Line:
    """One field: what is saved now, what this person sent, and who changed it since the form was opened."""

    name: str
    label: str
    saved: str
    written: str
    changed: Changed = Changed.UNTOLD

    @property
    def is_same(self) -> bool:
        return self.changed is Changed.NEITHER

    @property
    def is_theirs(self) -> bool:
        """Whether theirs is taken: this person left the field as it was."""
        return self.changed is Changed.THEY

    @property
    def is_yours(self) -> bool:
        """Whether only this person changed it."""
        return self.changed is Changed.YOU

    @property
    def is_contested(self) -> bool:
        """Whether one version would replace words of the other."""
        return self.changed in (Changed.BOTH, Changed.UNTOLD)

    @property
    def tag(self) -> tuple[str, str]:
        return TAGS[self.changed]


def compared(form: forms.Form, saved: Mapping[str, Any], marks: Mapping[str, str]) -> list[Line]:
    """A line for each field that can be seen and whose saved value is known, in the form's order."""
    return [
        _line(field, saved[field.name], form.cleaned_data.get(field.name), marks)
        for field in form.visible_fields()
        if field.name in saved
    ]


def _line(field: BoundField, saved: Any, written: Any, marks: Mapping[str, str]) -> Line:
    changed = who_changed(field.name, marks, saved=saved, written=written)
    return Line(field.name, str(field.label), in_words(field, saved), in_words(field, written), changed)


def values_of(form: forms.Form, record: object) -> dict[str, Any]:
    """What the record holds under the names of the form's fields."""
    return {name: getattr(record, name) for name in form.fields if hasattr(record, name)}


def in_words(field: BoundField, value: Any) -> str:
    """A value as people read it: the label of a choice, a day, yes or no, the text itself."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, list | tuple | set | QuerySet):
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
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    return str(value)


def _label(choices: Any, value: Any) -> str:
    """The label of a choice, also of one in a group; the value itself where it is no choice any more."""
    flat: list[tuple[Any, Any]] = list(flatten_choices(choices))
    return next((str(label) for key, label in flat if str(key) == str(value)), str(value))
