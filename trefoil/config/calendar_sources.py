"""Where the entries of calendars come from: the calendar page, and the private addresses. A wiring list.

Each is `(standing, start, end, wanted) -> Iterable[Entry]` (see `notifications/entries.py`). A room adds a line.
"""

from trefoil.notifications.entries import Source
from trefoil.workspace.calendar.policies import due_policies
from trefoil.workspace.calendar.sources import due_clocks, due_returns, due_risks, meetings

SOURCES: tuple[Source, ...] = (meetings, due_clocks, due_risks, due_returns, due_policies)
