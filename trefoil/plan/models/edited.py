"""The shorter way to `trefoil.editing` for the tables of this room."""

from trefoil.editing.models import EditedModel, stamp

__all__ = ["EditedModel", "stamp"]
