"""Indicators from stored extracts. See docs/decisions/0010-extracts.md."""

from .compute import compute
from .results import Results

__all__ = ["Results", "compute"]
