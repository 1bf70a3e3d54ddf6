"""Narrowing the dictionary down."""

from collections.abc import Sequence

from django import forms

from trefoil.people.enums import Sector

from .catalogue.schema import Definition
from .catalogue.vocabulary import Theme


class DictionarySearch(forms.Form):
    """Words, a theme, an owner, and whether to show the core measures alone. Nothing chosen shows everything."""

    words = forms.CharField(label="Words", required=False, max_length=80)
    theme = forms.ChoiceField(
        label="Theme", required=False, choices=[("", "Every theme"), *((theme.slug, theme.title) for theme in Theme)]
    )
    owner = forms.ChoiceField(label="Who answers", required=False, choices=[("", "Anyone"), *Sector.choices])
    core = forms.BooleanField(label="Core measures alone", required=False)

    def among(self, definitions: Sequence[Definition]) -> list[Definition]:
        """Those that fit; an answer that cannot be read narrows nothing."""
        self.is_valid()
        asked = self.cleaned_data
        words = str(asked.get("words", "")).casefold().split()
        return [
            one
            for one in definitions
            if (not asked.get("theme") or one.theme.slug == asked["theme"])
            and (not asked.get("owner") or asked["owner"] in (one.owner_agency, *one.also_answering))
            and (not asked.get("core") or one.core)
            and all(word in f"{one.id} {one.title} {one.short_title} {one.meaning}".casefold() for word in words)
        ]
