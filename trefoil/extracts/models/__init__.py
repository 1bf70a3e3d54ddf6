"""The tables of this room. What is known of each child is not here: it is in the store's folders."""

from .extracts import Extract, ExtractMove
from .findings import FieldQuality, Finding, FindingCount
from .groups import GroupChildren
from .settings import Locality, Retention
from .values import MappedValue

__all__ = [
    "Extract",
    "ExtractMove",
    "FieldQuality",
    "Finding",
    "FindingCount",
    "GroupChildren",
    "Locality",
    "MappedValue",
    "Retention",
]
