"""How a Django form becomes the markup of the GOV.UK Design System, and the three-box date.

Set `FORM_RENDERER = "trefoil.design.forms.GovukFormRenderer"`. After that `{{ form }}` and
`{{ form.field.as_field_group }}` give label, hint, error message and control with the right ids and classes.
The renderer reads its own folder of templates, so other code that renders Django widgets is not changed.
Write forms as `<form method="post" novalidate>`: errors are then told by the server, in the same words for everyone.
"""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.forms.renderers import DjangoTemplates
from django.template.backends.django import DjangoTemplates as DjangoTemplatesBackend
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property

_OWN_TEMPLATES = Path(__file__).parent / "form_templates"
_DJANGO_TEMPLATES = Path(forms.__file__).parent / "templates"
_PARTS = ("day", "month", "year")


class GovukFormRenderer(DjangoTemplates):
    """Renders forms, fields and widgets as GOV.UK components."""

    form_template_name = "django/forms/div.html"
    field_template_name = "django/forms/field.html"

    @cached_property
    def engine(self) -> DjangoTemplatesBackend:
        """Our templates first, then Django's own; no app's templates."""
        return DjangoTemplatesBackend(
            {
                "APP_DIRS": False,
                "DIRS": [_OWN_TEMPLATES, _DJANGO_TEMPLATES],
                "NAME": "govukforms",
                "OPTIONS": {"builtins": ["trefoil.design.templatetags.design_fields"]},
            }
        )


def plain_errors(field: BoundField) -> list[str]:
    """The field's errors as text. Django's "This field is required." becomes words that name the field.

    The same words stand at the field and in the error summary. A form's own messages are left as they are.
    """
    return [text for error in field.errors.as_data() for text in _plain(field, error)]


def _plain(field: BoundField, error: ValidationError) -> list[str]:
    if error.code == "required" and error.message == forms.Field.default_error_messages["required"]:
        return [_REQUIRED.get(_widget_kind(field), "Fill in “{}”.").format(field.label)]
    return [str(text) for text in error.messages]


_REQUIRED = {
    "tick": "Tick “{}” to go on.",
    "choice": "Choose an answer to “{}”.",
    "file": "Choose a file for “{}”.",
}


def _widget_kind(field: BoundField) -> str:
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return "tick"
    if isinstance(widget, forms.FileInput):
        return "file"
    return "choice" if isinstance(widget, forms.widgets.ChoiceWidget) else "text"


class DayMonthYearInput(forms.Widget):
    """Three boxes for a date people know by heart. Its value travels as `2024-3-27`; broken parts are kept."""

    template_name = "django/forms/widgets/day_month_year.html"
    use_fieldset = True

    def format_value(self, value: Any) -> dict[str, str]:
        """The text of each box, from a date or from what was typed."""
        if isinstance(value, dt.date):
            return {"day": str(value.day), "month": str(value.month), "year": str(value.year)}
        typed = (str(value) if value else "").split("-", 2)
        year, month, day = [*typed, "", "", ""][:3]
        return {"day": day, "month": month, "year": year}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Adds `parts`: name, id, label, text and width of each box."""
        context = super().get_context(name, value, attrs)
        texts = self.format_value(value)
        identity = context["widget"]["attrs"].get("id") or f"id_{name}"
        context["widget"]["parts"] = [
            {
                "name": f"{name}_{part}",
                "id": f"{identity}_{part}",
                "label": part.capitalize(),
                "value": texts[part],
                "width": 4 if part == "year" else 2,
            }
            for part in _PARTS
        ]
        return context

    def value_from_datadict(
        self,
        data: Mapping[str, Any],
        files: MultiValueDict[str, Any],  # noqa: ARG002 - the signature is Django's
        name: str,
    ) -> Any:
        """`year-month-day` as typed, or None when all three boxes are empty."""
        texts = {part: str(data.get(f"{name}_{part}", "")).strip() for part in _PARTS}
        if not any(texts.values()):
            return None
        return f"{texts['year']}-{texts['month']}-{texts['day']}"

    def value_omitted_from_data(
        self,
        data: Mapping[str, Any],
        files: MultiValueDict[str, Any],  # noqa: ARG002 - the signature is Django's
        name: str,
    ) -> bool:
        """True when none of the three boxes was sent."""
        return not any(f"{name}_{part}" in data for part in _PARTS)

    def id_for_label(self, id_: str, index: str | None = None) -> str:  # noqa: ARG002 - the signature is Django's
        """The first box, so that a link of the error summary can reach it."""
        return f"{id_}_day" if id_ else ""


class DayMonthYearField(forms.DateField):
    """A date asked for in three boxes. Accepts day, month and full year as numbers."""

    widget = DayMonthYearInput
    input_formats = ["%Y-%m-%d"]
    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": "Enter a real date as day, month and year, such as 27 3 2024."
    }
