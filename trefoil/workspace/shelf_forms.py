"""The questions of the list of documents, asked in its address."""

from django import forms

from .shelf import FILE_KINDS, KINDS, Search

STANDING, WITHDRAWN = "", "withdrawn"


class ShelfForm(forms.Form):
    """What is it attached to, which kind of file, which words in its title, and whether it still stands."""

    about = forms.ChoiceField(label="Attached to", required=False, choices=[("", "Anything"), *KINDS.items()])
    file = forms.ChoiceField(label="Kind of file", required=False, choices=[("", "Any"), *FILE_KINDS.items()])
    words = forms.CharField(label="Words in the title", required=False, max_length=80)
    state = forms.ChoiceField(
        label="Which ones", required=False, choices=[(STANDING, "Those that stand"), (WITHDRAWN, "Withdrawn ones")]
    )

    def search(self) -> Search:
        """What is asked for; a question that makes no sense asks for nothing."""
        self.is_valid()
        given = self.cleaned_data
        return Search(
            given.get("about", ""),
            given.get("file", ""),
            given.get("words", "").strip(),
            given.get("state", "") == WITHDRAWN,
        )
