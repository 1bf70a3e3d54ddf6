"""The form of who is there: two people may be noting at once, and members send word while it is open."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms

from trefoil.editing.forms import SeenForm
from trefoil.editing.merging import Changed, marks_of, read_marks, who_changed

from .enums import Presence
from .members import Member
from .models import Attendance
from .operations.attendance import Note


class AttendanceForm(SeenForm):
    """One choice for each member, and who comes instead.

    What somebody else noted of a member since the page was opened stays, where this writer left the member alone. Where
    both noted something, nothing is saved and it is said at the field.
    """

    def __init__(self, *args: Any, members: Sequence[Member], rows: Iterable[Attendance], **kwargs: Any) -> None:
        self.members = members
        self.noted = {row.person_id: row for row in rows if row.person_id}
        self.held = {name: value for member in members for name, value in self._held(member.person.pk).items()}
        self.theirs: set[int] = set()
        super().__init__(*args, initial=self.held, **kwargs)
        for member in members:
            key = member.person.pk
            whose = f"{member.person.name}{f', {member.agency}' if member.agency else ''}"
            self.fields[f"presence_{key}"] = forms.ChoiceField(
                label=whose, choices=Presence.choices, widget=forms.RadioSelect
            )
            self.fields[f"substitute_{key}"] = forms.CharField(
                label=f"Substitute for {member.person.name}", max_length=120, required=False
            )

    def _held(self, key: int) -> dict[str, str]:
        """What is noted of a member now, by the names of the two fields."""
        row = self.noted.get(key)
        presence = Presence(row.presence) if row else Presence.EXPECTED
        return {f"presence_{key}": presence.value, f"substitute_{key}": row.substitute_name if row else ""}

    def clean(self) -> dict[str, Any]:
        """A substitute has a name; and nobody overwrites what another noted meanwhile."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for member in self.members:
            key = member.person.pk
            if given.get(f"presence_{key}") == Presence.SUBSTITUTE and not given.get(f"substitute_{key}", "").strip():
                self.add_error(f"substitute_{key}", f"Say who comes instead of {member.person.name}.")
        self._meanwhile(given, read_marks(given.get("seen_marks", "")))
        return given

    def _meanwhile(self, given: Mapping[str, Any], marks: Mapping[str, str]) -> None:
        """Find whom another noted since the page was opened, and whom both did."""
        for member in self.members:
            key = member.person.pk
            held = self._held(key)
            changes = {who_changed(one, marks, saved=value, written=given.get(one)) for one, value in held.items()}
            if Changed.BOTH in changes or {Changed.THEY, Changed.YOU} <= changes:
                self._contested(member)
            elif Changed.THEY in changes:
                self.theirs.add(key)
        if self.errors:
            self._shown_again()

    def _contested(self, member: Member) -> None:
        row = self.noted.get(member.person.pk)
        who = row.noted_by.name if row else "Somebody"
        said = row.get_presence_display().lower() if row else "nothing"
        words = f"{who} noted “{said}” of {member.person.name} after you had opened this page. Say what holds."
        self.add_error(f"presence_{member.person.pk}", words)

    def _shown_again(self) -> None:
        """The form as it is shown again: theirs where this writer left a member alone, measured from what is held."""
        # Name by name: spread out, what a browser sent gives lists.
        data: dict[str, Any] = {name: self.data.get(name) for name in self.data}
        for key in self.theirs:
            data.update(self._held(key))
        self.data = {**data, "seen_marks": marks_of(self.held)}

    @property
    def lines(self) -> list[tuple[Member, forms.BoundField, forms.BoundField]]:
        """Each member with the two fields."""
        return [(one, self[f"presence_{one.person.pk}"], self[f"substitute_{one.person.pk}"]) for one in self.members]

    @property
    def notes(self) -> list[Note]:
        """What to note: of everybody but those whom another noted meanwhile."""
        given = self.cleaned_data
        return [
            Note(
                key,
                Presence(given[f"presence_{key}"]),
                given[f"substitute_{key}"],
                seen=(self.held[f"presence_{key}"], self.held[f"substitute_{key}"]),
            )
            for key in (member.person.pk for member in self.members)
            if key not in self.theirs
        ]
