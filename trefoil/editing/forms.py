"""Forms whose words are kept while they are typed, and forms that know the version of the record they show."""

from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

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


class EditedForm(DraftedForm):
    """A form that changes an `EditedModel`. It carries the version that its writer saw.

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
