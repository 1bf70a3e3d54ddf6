"""Forms of extracts: sending files, deciding values, reasons, retention and localities."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from trefoil.design.forms import DayMonthYearField
from trefoil.people.models import Agency

from .enums import ExtractShape
from .models import Locality
from .rules import SHORTEST_REASON
from .standard.loader import CodeList

MEGABYTE = 1024 * 1024
MOST_FILES = 60
NEEDS_YEAR = (ExtractShape.SSDA903, ExtractShape.CIN)


class SeveralFilesInput(forms.FileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """One file or more, each checked as a file alone would be."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> list["UploadedFile[bytes]"]:
        """The files. Raises ValidationError as for one file, and when there are too many."""
        sent = data if isinstance(data, list | tuple) else [data]
        if len(sent) > MOST_FILES:
            raise forms.ValidationError(f"At most {MOST_FILES} files are taken at once. Put them into one zip file.")
        return [super(SeveralFilesField, self).clean(one, initial) for one in sent or [None]]


class UploadForm(forms.Form):
    """An extract: whose it is, what it is, the day it was taken, its files."""

    agency = forms.ChoiceField(label="Which agency does it come from?")
    shape = forms.ChoiceField(
        label="What kind of extract is it?", choices=ExtractShape.choices, widget=forms.RadioSelect
    )
    as_at = DayMonthYearField(
        label="Which day was it taken?", help_text="What was open on this day counts as open. For example, 31 10 2026."
    )
    year = forms.IntegerField(
        label="Which year does it belong to?",
        help_text="For SSDA903 and the children in need census: 2026 for the year that ended on 31 March 2026. "
        "Of several years, the last.",
        required=False,
        min_value=2010,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"}),
    )
    uploads = SeveralFilesField(
        label="The files",
        widget=SeveralFilesInput(attrs={"accept": ".csv,.parquet,.xlsx,.xml,.zip"}),
        error_messages={"required": "Choose the file, or files, to send."},
    )

    def __init__(self, *args: Any, agencies: Sequence[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agency = self.fields["agency"]
        assert isinstance(agency, forms.ChoiceField)
        agency.choices = [("", "Choose an agency"), *((str(one.pk), one.name) for one in agencies)]
        most = settings.EXTRACT_MAX_BYTES // MEGABYTE
        self.fields[
            "uploads"
        ].help_text = f"One file, several together, or a zip file. CSV, Parquet, XLSX or XML. At most {most} MB in all."

    def clean_uploads(self) -> list["UploadedFile[bytes]"]:
        """The files, refused when they are too large together or two have one name."""
        sent: list[UploadedFile[bytes]] = self.cleaned_data["uploads"]
        most = settings.EXTRACT_MAX_BYTES
        if sum(one.size or 0 for one in sent) > most:
            raise forms.ValidationError(
                f"The files are larger than {most // MEGABYTE} MB together. Nothing was stored."
            )
        if len({one.name for one in sent}) < len(sent):
            raise forms.ValidationError(
                "Two of the files have the same name. Send each once; or put the years of a return into one zip file, "
                "with a folder for each year."
            )
        return sent

    def clean(self) -> dict[str, Any]:
        """A census and a return have a year."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("shape") in NEEDS_YEAR and not given.get("year") and "year" not in self.errors:
            self.add_error("year", "Enter the year of this return, for example 2026.")
        if (day := given.get("as_at")) and day > timezone.localdate():
            self.add_error("as_at", "The day it was taken cannot be in the future.")
        return given


class ReasonForm(forms.Form):
    """A reason that stays on the trail."""

    reason = forms.CharField(max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, label: str, hint: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        field.label, field.help_text = label, f"{hint} At least {SHORTEST_REASON} characters."
        field.error_messages["required"] = "Say why. It is kept with your name."

    def clean_reason(self) -> str:
        """The reason without the space around it."""
        text: str = self.cleaned_data["reason"].strip()
        if len(text) < SHORTEST_REASON:
            raise forms.ValidationError(f"Say why in at least {SHORTEST_REASON} characters.")
        return text


class RetentionForm(forms.Form):
    """How long extracts stay."""

    months = forms.IntegerField(
        label="How many months are extracts kept?",
        min_value=1,
        max_value=120,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
    )
    why = forms.CharField(
        label="Why?",
        help_text="For instance the schedule or the agreement that says so.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class LocalitiesForm(forms.Form):
    """The localities, one beginning of a postcode a line."""

    lines = forms.CharField(
        label="Localities",
        help_text="One line for each beginning of a postcode: “ZZ1 2, Riverside”. The longest beginning wins.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
    )

    def clean_lines(self) -> dict[str, str]:
        """Beginning, in capitals and without spaces, to name. Raises ValidationError naming the first wrong line."""
        found: dict[str, str] = {}
        for number, line in enumerate(self.cleaned_data["lines"].splitlines(), start=1):
            if not line.strip():
                continue
            beginning, comma, name = line.partition(",")
            beginning = "".join(beginning.split()).upper()
            if not comma or not name.strip() or not 1 <= len(beginning) <= 8 or not beginning.isalnum():
                raise forms.ValidationError(f"Line {number} is not a beginning of a postcode, a comma and a name.")
            if beginning in found:
                raise forms.ValidationError(f"Line {number} gives {beginning} a second time.")
            found[beginning] = name.strip()[:60]
        return found

    @staticmethod
    def written(localities: Sequence[Locality]) -> str:
        """The lines for what is settled now."""
        return "\n".join(f"{one.beginning}, {one.name}" for one in localities)


class DecideForm(forms.Form):
    """What the ticked values mean."""

    values = forms.TypedMultipleChoiceField(
        label="Values", coerce=int, error_messages={"required": "Tick at least one value."}
    )
    code = forms.ChoiceField(label="They mean", error_messages={"required": "Choose what they mean."})
    why = forms.CharField(label="Why (optional)", max_length=300, required=False)

    NOT_KNOWN = "-"

    def __init__(self, *args: Any, code_list: CodeList, keys: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        values, code = self.fields["values"], self.fields["code"]
        assert isinstance(values, forms.TypedMultipleChoiceField)
        assert isinstance(code, forms.ChoiceField)
        values.choices = [(key, str(key)) for key in keys]
        meanings = [(one.code, f"{one.code}: {one.label}") for one in code_list.codes]
        code.choices = [("", "Choose a meaning"), *meanings, (self.NOT_KNOWN, "Nothing: it is not known")]

    @property
    def chosen_code(self) -> str:
        """The code, empty for not known."""
        code: str = self.cleaned_data["code"]
        return "" if code == self.NOT_KNOWN else code
