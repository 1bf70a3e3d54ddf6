"""The forms of documents. They check shape; what is allowed, and what a file really is, the operations say."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from trefoil.people.models import Group

from .content.kinds import ACCEPT, LIST_WORDS
from .enums import MARKING_HINTS, Marking
from .rules import SHORTEST_REASON
from .storage import MEGABYTE, too_long_words
from .subjects import DocumentSubject, Part


class FileForm(forms.Form):
    """One file."""

    upload = forms.FileField(
        label="File",
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        error_messages={"required": "Choose the file.", "empty": "The file is empty. Choose the one you meant."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "document_%s")
        super().__init__(*args, **kwargs)
        most = settings.DOCUMENT_MAX_BYTES // MEGABYTE
        self.fields["upload"].help_text = f"{LIST_WORDS}. At most {most} MB. No macros and no password."

    def clean_upload(self) -> "UploadedFile[bytes]":
        """The file, refused by its announced size before anything is read."""
        sent: UploadedFile[bytes] = self.cleaned_data["upload"]
        if (sent.size or 0) > settings.DOCUMENT_MAX_BYTES:
            raise forms.ValidationError(too_long_words())
        return sent


class AttachForm(FileForm):
    """A new document: its title, who may read it, its file. `groups` are those the person may mark it for.

    Where the `record` has parts that are open, it asks which of them the document is for.
    """

    title = forms.CharField(
        label="Title (optional)",
        help_text="What it is, without the name of a child. Left empty, it is the name of the file.",
        max_length=200,
        required=False,
    )
    marking = forms.ChoiceField(
        label="Who may read it?",
        choices=Marking.choices,
        help_text=" ".join(f"{marking.label}: {hint}" for marking, hint in MARKING_HINTS.items()),
        widget=forms.RadioSelect,
        initial=Marking.OPEN,
    )
    group = forms.TypedChoiceField(
        label="Group", help_text="Needed for “group only”.", coerce=int, empty_value=None, required=False
    )
    place = forms.ChoiceField(required=False)
    field_order = ("upload", "title", "place", "marking", "group")

    def __init__(
        self, *args: Any, groups: Sequence[Group], record: DocumentSubject | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        parts = [part for part in record.parts if part.is_open] if record else []
        if record and parts:
            _ask_for_part(self.fields["place"], record.which_part, parts, "None of them")
        else:
            del self.fields["place"]
        self.groups = {group.pk: group for group in groups}
        field = self.fields["group"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", "No group"), *((group.pk, group.name) for group in groups)]

    def chosen_subject(self, whole: str) -> str:
        """What it is filed under: the part that was chosen, else the record as a `whole`."""
        return self.cleaned_data.get("place") or whole

    @property
    def chosen_group(self) -> Group | None:
        return self.groups.get(self.cleaned_data["group"])

    @property
    def chosen_title(self) -> str:
        """What was written, or the file's name without its ending."""
        name: str = self.cleaned_data["upload"].name
        return self.cleaned_data["title"].strip() or name.rpartition(".")[0] or name


def _ask_for_part(field: forms.Field, label: str, parts: Sequence[Part], none: str) -> None:
    assert isinstance(field, forms.ChoiceField)  # both forms that call this made it one
    field.label = label
    field.choices = [("", none), *((part.reference, part.words) for part in parts)]


class PlaceForm(forms.Form):
    """Which part of its record a document is filed under."""

    place = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, record: DocumentSubject, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_part(
            self.fields["place"], record.which_part, [part for part in record.parts if part.is_open], "None of them"
        )


class WithdrawForm(forms.Form):
    """Why a document is withdrawn."""

    reason = forms.CharField(
        label="Why is it withdrawn?",
        help_text=f"At least {SHORTEST_REASON} characters. It is shown in the list.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why it is withdrawn."},
    )
