"""Where the entries of calendars come from: the calendar page, and the private addresses. A wiring list.

Each is `(standing, start, end) -> Iterable[Entry]` (see `notifications/entries.py`). A room adds a line.
"""

from trefoil.clocks.calendar_entries import clock_entries
from trefoil.notifications.entries import Source

SOURCES: tuple[Source, ...] = (clock_entries,)
