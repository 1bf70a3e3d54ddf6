"""The form for how many children of each group live in the area."""

from collections.abc import Mapping
from typing import Any

from django import forms

from .area_groups import GROUPS


class GroupChildrenForm(forms.Form):
    """The groups of one breakdown: a number for each and a source, or nothing at all to go back to the census."""

    def __init__(self, data: Any, *, breakdown: str, initial: Mapping[str, Any]) -> None:
        super().__init__(data, prefix=breakdown, initial=dict(initial))
        self.groups = GROUPS[breakdown]
        for number, group in enumerate(self.groups):
            self.fields[f"group{number}"] = forms.IntegerField(
                label=group[:1].upper() + group[1:],
                required=False,
                min_value=0,
                max_value=10_000_000,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-10"}),
                error_messages={"invalid": f"{group[:1].upper() + group[1:]}: enter a whole number, such as 12400."},
            )
        self.fields["source"] = forms.CharField(
            label="Where the numbers come from",
            help_text="For instance “School census, January 2026”. It is shown beside every comparison.",
            max_length=200,
            required=False,
        )

    def clean(self) -> dict[str, Any]:
        """All of it or nothing."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return given
        missing = [name for name, value in given.items() if value in (None, "")]
        if missing and len(missing) < len(given):
            for name in missing:
                what = "where the numbers come from" if name == "source" else "how many; 0 when there are none"
                self.add_error(name, f"Enter {what}. To go back to the census, empty every field.")
        elif not missing and not any(self.children.values()):
            self.add_error("group0", "One group at least must have children.")
        return given

    @property
    def children(self) -> Mapping[str, int]:
        """Group -> children; empty when every field was left empty."""
        numbers = {group: self.cleaned_data.get(f"group{number}") for number, group in enumerate(self.groups)}
        return {group: number for group, number in numbers.items() if number is not None}

    @staticmethod
    def shown(children: Mapping[str, int], source: str) -> dict[str, Any]:
        """What the fields hold at first."""
        return {**{f"group{number}": held for number, held in enumerate(children.values())}, "source": source}
