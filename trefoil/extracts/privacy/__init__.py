"""The only way from a checked table to the store: pseudonyms, ages, localities."""

from .ages import completed_months, end_of_month
from .door import Door
from .localities import Localities
from .pseudonyms import CollisionError, Pseudonyms

__all__ = ["CollisionError", "Door", "Localities", "Pseudonyms", "completed_months", "end_of_month"]
