"""Saving a record that somebody else may be saving too: the second one is told, and nothing is overwritten unseen."""

from datetime import datetime
from typing import Any, Protocol

from trefoil.access.errors import NotAllowedError
from trefoil.people.models import Person

from .models import EditedModel, stamp


class Held(Protocol):
    """What somebody else saved: an `EditedModel`, or what carries a version as one does."""

    @property
    def version(self) -> int: ...

    @property
    def changed_by(self) -> Person | None: ...


class ChangedMeanwhileError(NotAllowedError):
    """Somebody else saved the record after this person opened the form. `held` is the record as it is now.

    Catch it before NotAllowedError and answer with `editing.views.both_versions`; where nobody does, its words still
    tell the writer why nothing was saved.
    """

    def __init__(self, held: Held | None) -> None:
        self.held = held
        if held is None:
            words = "This record is not there any more. Copy what you wrote before you leave the page."
        else:
            words = f"{held.changed_by or 'Somebody else'} has saved this since you opened it. Nothing was overwritten."
        super().__init__(words)


def save_if_unchanged(
    instance: EditedModel, *, seen_version: int, by: Person | None, now: datetime, **fields: Any
) -> None:
    """Write `fields` in one conditional update, which takes only if the record is still at `seen_version`.

    The instance then has the new values, its version is one higher, and it says who changed it and when. Call it in the
    operation's transaction. Raises ChangedMeanwhileError, with the record as it is now, when another was quicker.
    """
    table = type(instance)._base_manager
    changes = {**fields, **stamp(by, now), "version": seen_version + 1}
    if not table.filter(pk=instance.pk, version=seen_version).update(**changes):
        raise ChangedMeanwhileError(table.filter(pk=instance.pk).select_related("changed_by").first())
    for name, value in changes.items():
        setattr(instance, name, value)
