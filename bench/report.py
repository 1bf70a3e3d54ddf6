"""How numbers are put together and written: quantiles, tables, and the machine that they hold for."""

import os
import platform
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from . import postgres


@dataclass(frozen=True)
class Section:
    """One measurement: a heading and paragraphs or tables in Markdown."""

    title: str
    parts: tuple[str, ...]

    def __str__(self) -> str:
        return "\n\n".join([f"## {self.title}", *self.parts])


def quantile(values: Iterable[float], part: float) -> float:
    """The value that `part` (0 to 1) of the values do not exceed, by the nearest rank; 0 for none."""
    ordered = sorted(values)
    return ordered[max(0, -(-int(len(ordered) * part * 1000) // 1000) - 1)] if ordered else 0.0


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; numbers stand to the right."""
    lines = [list(map(str, row)) for row in rows]
    numeric = [all(line[at][:1].isdigit() or line[at] in {"", "–"} for line in lines) for at in range(len(headings))]
    rule = ["---:" if right else "---" for right in numeric]
    return "\n".join(f"| {' | '.join(line)} |" for line in [list(headings), rule, *lines])


def seconds(value: float) -> str:
    """Such as `0.42 s`."""
    return f"{value:.2f} s" if value < 10 else f"{value:.1f} s"


def ms(value: float) -> str:
    """Such as `12.3` (milliseconds; the heading says so)."""
    return f"{value:.1f}"


def mb(value: float) -> str:
    """Such as `120 MB`."""
    return f"{value:.0f} MB"


def judged(ok: bool) -> str:
    """Whether a target was met here."""
    return "met" if ok else "**missed**"


def today() -> str:
    """Such as `22 November 2026, 11:30 UTC`."""
    return f"{datetime.now(tz=UTC):%-d %B %Y, %H:%M} UTC"


def load_now() -> str:
    """What else the machine had to do, before this began."""
    one, five, _ = os.getloadavg()
    return f"load average before it began {one:.1f} (last minute) and {five:.1f} (last five)"


def machine() -> str:
    """What the numbers were measured on."""
    model = next(_values("/proc/cpuinfo", "model name"), platform.processor() or "unknown")
    memory = int(next(_values("/proc/meminfo", "MemTotal"), "0").split()[0]) / 1024 / 1024
    server = postgres.version()
    lines = [
        f"Processor: {len(os.sched_getaffinity(0))} cores of {model}",
        f"Memory: {memory:.0f} GB",
        f"System: {platform.system()} {platform.release()}",
        f"Python {platform.python_version()}, Django {version('django')}, SQLite {sqlite3.sqlite_version}"
        f"{f', PostgreSQL {server}' if server else ''}",
    ]
    return "\n".join(f"* {line}" for line in lines)


def _values(path: str, name: str) -> Iterator[str]:
    lines = Path(path).read_text().splitlines() if Path(path).exists() else []
    return (line.partition(":")[2].strip() for line in lines if line.startswith(name))
