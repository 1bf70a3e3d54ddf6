"""Saving a record that somebody else may be saving too. Replaced by `trefoil.editing` once it is on main."""

from datetime import datetime
from typing import Any

from trefoil.access.errors import NotAllowedError
from trefoil.people.models import Person

from .models.edited import EditedModel, stamp

__all__ = ["ChangedMeanwhileError", "save_if_unchanged", "stamp"]


class ChangedMeanwhileError(NotAllowedError):
    """Somebody else saved the record after this person opened the form. `held` is the record as it is now."""

    def __init__(self, held: EditedModel | None) -> None:
        self.held = held
        who = (held and held.changed_by) or "Somebody else"
        super().__init__(f"{who} has saved this since you opened it. Nothing was overwritten.")


def save_if_unchanged(
    instance: EditedModel, *, seen_version: int, by: Person | None, now: datetime, **fields: Any
) -> None:
    """Write `fields` in one conditional update, which takes only if the record is still at `seen_version`."""
    table = type(instance)._base_manager
    changes = {**fields, **stamp(by, now), "version": seen_version + 1}
    if not table.filter(pk=instance.pk, version=seen_version).update(**changes):
        raise ChangedMeanwhileError(table.filter(pk=instance.pk).select_related("changed_by").first())
    for name, value in changes.items():
        setattr(instance, name, value)
