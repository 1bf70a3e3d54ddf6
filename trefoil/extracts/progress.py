"""How far the check of an extract is, for the page that waits. Written outside any transaction, so that it is seen.

The share of a check is that of the bytes of the files that have been read; where all is in one file, that of the tables
its kind may have. It moves on by whole percents and never back.
"""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from .models import Extract

Tell = Callable[[int, str], None]

READING, STORING, COUNTING = "Checking every value", "Storing it under pseudonyms", "Working out the figures"
# Where each stage begins, in percent. Checking takes about half of the time, counting most of the rest.
STAGES = {READING: 5, STORING: 50, COUNTING: 60}
NOTHING_YET = "Waiting for its turn"


def teller(extract: Extract) -> Tell:
    """A function that takes a share (0 to 100) and words, and notes them for the page."""

    def tell(share: int, words: str) -> None:
        Extract.objects.filter(pk=extract.pk).update(progress=max(0, min(share, 100)), step=words[:120])

    return tell


@dataclass
class CheckProgress:
    """Hears from the intake of each file or sheet that was checked, and notes how far that is."""

    tell: Tell
    sizes: dict[str, int]
    tables: int
    parts: int = 0
    rows: int = 0
    noted: int = STAGES[READING]
    seen: set[str] = field(default_factory=set)

    def __call__(self, file: str, rows: int) -> None:
        self.parts += 1
        self.rows += rows
        self.seen.add(file)
        share = STAGES[READING] + self._hundredths() * (STAGES[STORING] - STAGES[READING]) // 100
        if share > self.noted:
            self.noted = share
            self.tell(share, f"{READING}, {self.rows:,} rows so far")

    def _hundredths(self) -> int:
        total = sum(self.sizes.values())
        if len(self.sizes) > 1 and total:
            return min(100, sum(size for name, size in self.sizes.items() if name in self.seen) * 100 // total)
        return min(100, self.parts * 100 // max(self.tables, 1))


def sizes_of(path: Path) -> dict[str, int]:
    """The bytes of each file by its name: of a folder, of what a .zip holds, or of the one file."""
    if path.is_dir():
        return {one.name: one.stat().st_size for one in path.rglob("*") if one.is_file()}
    if zipfile.is_zipfile(path) and path.suffix.lower() == ".zip":
        with zipfile.ZipFile(path) as opened:
            return {Path(one.filename).name: one.file_size for one in opened.infolist() if not one.is_dir()}
    return {path.name: path.stat().st_size}


@dataclass(frozen=True)
class StageLine:
    """A stage for the page: its words, and whether it is over, under way or still to come."""

    title: str
    where: str


def stage_lines(extract: Extract) -> list[StageLine]:
    """The stages of the check, as far as they are."""
    now = extract.stage
    titles = list(STAGES)
    at = titles.index(now) if now in titles else -1
    places = ["over" if place < at else "under way" if place == at else "to come" for place in range(len(titles))]
    return [StageLine(title, where) for title, where in zip(titles, places, strict=True)]
