"""The shorter way to `trefoil.editing` for the operations of this room."""

from trefoil.editing.models import stamp
from trefoil.editing.versions import ChangedMeanwhileError, save_if_unchanged

__all__ = ["ChangedMeanwhileError", "save_if_unchanged", "stamp"]
