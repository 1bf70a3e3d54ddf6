"""Which fields of a record each of two people changed, told from what the second had before them.

The form carries a mark of each value that it was opened with: a keyed digest, so that long texts are not sent twice. A
mark that is missing or made up fits no value, and then both are held to have changed the field: nothing is taken
silently. Whoever makes up marks changes only what is proposed to themselves.
"""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import Enum
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.forms import BoundField
from django.utils.crypto import salted_hmac

from trefoil.design.forms import DayMonthYearInput

SALT = "trefoil.editing.seen"
LENGTH = 16


class Changed(Enum):
    """Who changed a field since it was opened. UNTOLD: it differs, and the form does not say what it began with."""

    NEITHER = "neither"
    THEY = "they"
    YOU = "you"
    BOTH = "both"
    UNTOLD = "untold"


def told(value: Any) -> str:
    """A value in one way of writing: 3 and "3", nothing and "", both ends of a line, a record and its key."""
    if value is None or value is False:
        return ""
    if isinstance(value, list | tuple | set | frozenset | QuerySet):
        return json.dumps(sorted(told(one) for one in value)) if value else ""
    return _one(value.pk if isinstance(value, Model) else value).replace("\r\n", "\n").strip()


def _one(value: Any) -> str:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return f"{Decimal(value).normalize():f}"
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.time):
        return value.isoformat(timespec="minutes")
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def mark(name: str, value: Any) -> str:
    """The mark of a field that holds a value."""
    return salted_hmac(SALT, f"{name}={told(value)}", algorithm="sha256").hexdigest()[:LENGTH]


def marks_of(values: Mapping[str, Any]) -> str:
    """The marks of many fields as the form carries them."""
    return json.dumps({name: mark(name, value) for name, value in values.items()}, separators=(",", ":"))


def read_marks(sent: str) -> dict[str, str]:
    """What a form sent as its marks; none where that is no such thing."""
    try:
        marks = json.loads(sent or "{}")
    except (ValueError, RecursionError):
        return {}
    return {str(name): str(one) for name, one in marks.items()} if isinstance(marks, dict) else {}


def who_changed(name: str, marks: Mapping[str, str], *, saved: Any, written: Any) -> Changed:
    """Who changed one field, by the mark of what it began with."""
    if told(saved) == told(written):
        return Changed.NEITHER
    began = marks.get(name)
    if began is None:
        return Changed.UNTOLD
    if mark(name, written) == began:
        return Changed.THEY
    return Changed.YOU if mark(name, saved) == began else Changed.BOTH


def as_sent(field: BoundField, value: Any) -> dict[str, list[str]]:
    """A value as a browser would send it in this field, by the names of its boxes; an empty list takes a box away."""
    widget, name = field.field.widget, field.html_name
    if isinstance(widget, DayMonthYearInput):
        return {f"{name}_{part}": [text] for part, text in widget.format_value(value).items()}
    if isinstance(widget, forms.CheckboxInput):
        return {name: ["on"] if value else []}
    shown = widget.format_value(field.field.prepare_value(_keys(value)))
    if isinstance(shown, list | tuple):
        return {name: [str(one) for one in shown]}
    return {name: ["" if shown is None else str(shown)]}


def _keys(value: Any) -> Any:
    """Records as their keys: a form's field may know records or only the keys of its choices."""
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_keys(one) for one in value]
    return value
