"""Files in, checked tables out. Pure: no database. The contract is docs/decisions/0010-extracts.md."""

from .findings import RULES, Finding, Level, RefusedError, refuse, warn
from .layouts import Column, Context, Days, Layout, Part, Shape, View
from .report import FieldQuality, FileRead, Report, Tally, Unmapped, report_from

__all__ = [
    "RULES",
    "Column",
    "Context",
    "Days",
    "FieldQuality",
    "FileRead",
    "Finding",
    "Layout",
    "Level",
    "Part",
    "RefusedError",
    "Report",
    "Shape",
    "Tally",
    "Unmapped",
    "View",
    "refuse",
    "report_from",
    "warn",
]
