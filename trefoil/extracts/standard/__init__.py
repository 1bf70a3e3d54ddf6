"""The Standard Safeguarding Dataset as data: tables, fields, code lists, and what the store keeps of each."""

from .loader import CodeList, Field, Table, code_lists, folded, load_tables

__all__ = ["CodeList", "Field", "Table", "code_lists", "folded", "load_tables"]
