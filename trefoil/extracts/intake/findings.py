"""What is wrong with a file, where, and what to do about it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

NOT_SHOWN = "(not shown)"
LONGEST_VALUE = 60


class Level(StrEnum):
    """What a finding does. Fault: the extract is refused. Unmapped: refused until a person has decided what the
    value means. Warning: stored all the same."""

    FAULT = "fault"
    UNMAPPED = "unmapped"
    WARNING = "warning"


RULES: dict[str, str] = {
    # opening
    "file-not-found": "There is nothing at that place.",
    "file-empty": "The file is empty.",
    "file-damaged": "The file is damaged or was cut short.",
    "file-type": "The file is of a kind that is not taken.",
    "file-too-big": "The file is larger than is taken.",
    "file-unsafe": "The file is made in a way that is not safe to open.",
    "file-twice": "Two files stand for the same table.",
    "file-unknown": "The file has no place in this kind of extract; it was not read.",
    "shape-unknown": "No known kind of extract was recognised.",
    "encoding": "The file is not in UTF-8; it was read as Windows-1252.",
    "separator": "The cells are not separated by commas.",
    "row-broken": "The row has more or fewer cells than the heading row.",
    "heading-broken": "The heading row cannot be used.",
    # layout
    "table-missing": "A table that the extract needs is not there.",
    "table-empty": "The table has headings and no rows.",
    "column-missing": "A column that every row needs is not there.",
    "column-absent": "A column of the specification is not there; what it would say stays unknown.",
    "column-unknown": "The column is not in the specification; it was not read.",
    # values
    "blank": "A value that every row needs is blank.",
    "blank-expected": "A value that every row should have is blank.",
    "date-unreadable": "The value is not a date.",
    "date-out-of-range": "The date is before 1900, or more than a year after the extract was taken.",
    "figure-unreadable": "The value is not a figure of the kind the column takes.",
    "flags-unreadable": "The list of outcomes cannot be read.",
    "text-too-long": "The value is longer than any identifier or name.",
    "not-in-list": "The value is not in the list of codes and nobody has said what it means.",
    "code-hidden": "The value is in no list of codes, and may say something personal, so it is not shown.",
    "other-year": "The code belongs to the list of another year.",
    "cell-error": "The cell holds an error of the spreadsheet and no value.",
    "age-not-whole": "An age is not a whole number of years.",
    "postcode-unreadable": "The value is not a postcode.",
    "element-twice": "The element stands twice where it may stand once.",
    "end-and-reason": "A row has an end without a reason, or a reason without an end.",
    # rows together
    "not-continued": "The episode was open when one year ended, and the next year's file does not have it.",
    "duplicate": "Another row has the same key.",
    "orphan": "The row refers to a row that the extract does not have.",
    "dates-out-of-order": "The later date comes before the earlier one.",
    "before-birth": "The event lies more than ten months before the child was born.",
    "births-differ": "The child has two dates of birth; the first was used.",
    "collision": "Two identifiers gave the same number. This is chance, about one in a million million extracts.",
}
"""Every rule with what is wrong, in one sentence. A finding adds the place and the cure."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found. `row` is the row as a spreadsheet numbers it (the heading row is 1), 0 for the whole file.

    `value` is what stands there, cut to 60 letters, and never a value of a personal column. `cure` says what to do.
    """

    level: Level
    file: str
    sheet: str
    row: int
    column: str
    value: str
    rule: str
    cure: str

    @property
    def says(self) -> str:
        """What is wrong, in one sentence."""
        return RULES[self.rule]

    @property
    def place(self) -> str:
        """Where: `ssd_contacts.csv, row 5, cont_contact_date`."""
        parts = [self.file, f"sheet {self.sheet}" if self.sheet else "", f"row {self.row:,}" if self.row else ""]
        return ", ".join(part for part in (*parts, self.column) if part)

    def __str__(self) -> str:
        value = f" Found: {self.value}." if self.value else ""
        return f"{self.place}: {self.says}{value} {self.cure}".strip()


class RefusedError(Exception):
    """The extract cannot be taken. Carries one finding or more; its text never holds a personal value."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(" ".join(str(finding) for finding in findings[:5]))
        self.findings = findings


def refuse(
    rule: str, file: str, cure: str, *, sheet: str = "", row: int = 0, column: str = "", value: str = ""
) -> RefusedError:
    """A refusal with one fault, for shapes and opening: `raise refuse("file-empty", "a.csv", "Export it again.")`."""
    return RefusedError(Finding(Level.FAULT, file, sheet, row, column, shown(value), rule, cure))


def warn(
    rule: str, file: str, cure: str, *, sheet: str = "", row: int = 0, column: str = "", value: str = ""
) -> Finding:
    """A warning, for shapes and opening."""
    return Finding(Level.WARNING, file, sheet, row, column, shown(value), rule, cure)


def shown(value: str) -> str:
    """A value as a finding shows it: on one line and cut to 60 letters."""
    text = " ".join(value.split())
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 3]}..."


def worst(findings: Iterable[Finding]) -> Level | None:
    """The worst level among findings, None when there are none."""
    levels = {finding.level for finding in findings}
    return next((level for level in Level if level in levels), None)
