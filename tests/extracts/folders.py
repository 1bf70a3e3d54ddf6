"""Small extracts for tests, written as files."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from trefoil.extracts.intake import Context, Report

AS_AT = date(2026, 10, 31)
AREA = "E09000003"
KEY = b"a key that is used in tests only"


def context(**rest: Any) -> Context:
    """The context of a test extract: Barnet's code, taken on 31 October 2026."""
    return Context(**{"area": AREA, "as_at": AS_AT, "key": KEY, **rest})


def write_csv(folder: Path, table: str, rows: Sequence[Mapping[str, object]]) -> Path:
    """Write rows under the headings of the first one."""
    path = folder / f"{table}.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def person(identifier: str = "P1", **rest: object) -> dict[str, object]:
    """A child's row."""
    return {
        "pers_person_id": identifier,
        "pers_forename": "Ottoline",
        "pers_surname": "Quillfeather",
        "pers_sex": "F",
        "pers_ethnicity": "WBRI",
        "pers_dob": "2015-03-14",
        **rest,
    }


def contact(identifier: str = "C1", child: str = "P1", **rest: object) -> dict[str, object]:
    """A contact's row."""
    return {
        "cont_contact_id": identifier,
        "cont_person_id": child,
        "cont_contact_date": "2026-01-05",
        "cont_contact_source_code": "6",
        "cont_contact_outcome_json": '{"NEW_REFERRAL_FLAG":"Y","COMMENTS":"rang Quillfeather"}',
        **rest,
    }


def said(report: Report, *levels: str) -> set[tuple[str, str, int, str]]:
    """What a report says, as (rule, file, row, column), without the warnings of columns that are not there."""
    return {
        (one.rule, one.file, one.row, one.column)
        for one in report.findings
        if one.rule != "column-absent" and (not levels or one.level in levels)
    }
