"""Forms whose words are kept while they are typed, and forms that know the version of the record they show."""

from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from .merging import marks_of, read_marks
from .models import EditedModel
from .queries import DraftWords


class DraftedForm(forms.Form):
    """A form that comes back as it was left. `draft` is `request.draft` of a view under `keeps_draft`.

    Its template writes `{% draft_line form %}` before the form and `<form ... {% drafted form %}>` as its tag.
    """

    def __init__(self, *args: Any, draft: DraftWords | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.draft = draft
        if draft is not None and draft.is_kept and not self.is_bound:
            self._fill_from(draft)

    def _fill_from(self, draft: DraftWords) -> None:
        """Each field as it was left. A field that the draft does not know keeps what it would have shown."""
        sent, no_files = draft.as_sent(), MultiValueDict[str, Any]()
        for name, field in self.fields.items():
            prefixed = self.add_prefix(name)
            if not field.widget.value_omitted_from_data(sent, no_files, prefixed):
                self.initial[name] = field.widget.value_from_datadict(sent, no_files, prefixed)


class SeenForm(DraftedForm):
    """A form of what two people may be writing at once: it carries the version that its writer saw, and a mark of each
    value that it began with, so that it can be told which of the two changed what.

    A field that is added after `__init__` has its value among the form's `initial`. `marks` holds those of a form that
    was sent; they are no part of `cleaned_data`.
    """

    seen_version = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
    seen_marks = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.marks: dict[str, str] = {}
        began = {name: field.initial for name, field in self.base_fields.items() if not name.startswith("seen_")}
        began |= {name: value for name, value in (kwargs.get("initial") or {}).items() if name != "seen_version"}
        values = {name: value() if callable(value) else value for name, value in began.items()}
        kwargs["initial"] = {"seen_marks": marks_of(values), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        if self.draft is not None and "seen_marks" not in (self.draft.fields or {"seen_marks": []}):
            # A draft without marks may be older than the record is now: nothing can be told from newer ones.
            self.initial["seen_marks"] = ""

    def full_clean(self) -> None:
        """As of every form; the marks are put by, since they are nothing that is saved."""
        super().full_clean()
        if self.is_bound:
            self.marks = read_marks(self.cleaned_data.pop("seen_marks", ""))


class EditedForm(SeenForm):
    """A form that changes an `EditedModel`.

    `record` is the record; hand `form.cleaned_data["seen_version"]` to the operation, which hands it to
    `save_if_unchanged`. A draft keeps the version it was written against, so that coming back to it overwrites nothing.
    """

    seen_version = forms.IntegerField(
        min_value=1,
        widget=forms.HiddenInput,
        error_messages={"required": "Load this page again: the form does not say which version you saw."},
    )

    def __init__(self, *args: Any, record: EditedModel, **kwargs: Any) -> None:
        self.record = record
        kwargs["initial"] = {"seen_version": record.version, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
