"""Files in, checked tables out. Pure: no database. The contract is docs/decisions/0010-extracts.md."""

from .findings import RULES, Finding, Level, RefusedError, refuse, warn
from .layouts import Column, Context, Days, Layout, Part, Shape, View
from .read import Intake, read_extract
from .report import FieldQuality, FileRead, Report, Tally, Unmapped, report_from

__all__ = [
    "RULES",
    "Column",
    "Context",
    "Days",
    "FieldQuality",
    "FileRead",
    "Finding",
    "Intake",
    "Layout",
    "Level",
    "Part",
    "RefusedError",
    "Report",
    "Shape",
    "Tally",
    "Unmapped",
    "View",
    "read_extract",
    "refuse",
    "report_from",
    "warn",
]
