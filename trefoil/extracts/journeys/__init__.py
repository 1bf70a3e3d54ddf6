"""A child's way through the system, counted from one stored extract. Pure."""

from .counting import COLUMNS, STAGES, Stage, count_journeys

__all__ = ["COLUMNS", "STAGES", "Stage", "count_journeys"]
