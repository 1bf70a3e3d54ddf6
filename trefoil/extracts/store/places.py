"""Where stored extracts lie: `<root>/<area code>/<extract id>/<table>.parquet`, and `manifest.json` beside. Pure."""

import re
from pathlib import Path

from .manifest import StoreError

MANIFEST = "manifest.json"
UNFINISHED = ".unfinished-"
LEAVING = ".leaving-"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


def area_folder(root: Path, area: str) -> Path:
    """The folder of an area's extracts. Raises StoreError for a code that could lead elsewhere."""
    return root / _safe(area)


def extract_folder(root: Path, area: str, extract: str) -> Path:
    """The folder of one extract. Raises StoreError for an area or id that could lead elsewhere."""
    return area_folder(root, area) / _safe(extract)


def _safe(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise StoreError("An area and an extract are named in letters, figures, hyphens and low lines, at most 64.")
    return name
