"""Where the names of records come from: for each kind of reference the rows that a reader may see."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import DateField, F, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat, TruncDate

from trefoil.access.queries import groups_visible_to, memberships_visible_to, people_visible_to
from trefoil.access.rules import Standing
from trefoil.budget.enums import EntryKind
from trefoil.budget.rules import entries_visible_to
from trefoil.child_deaths.rules import deaths_visible_to
from trefoil.clocks.rules import clocks_visible_to
from trefoil.documents.rules import documents_visible_to
from trefoil.extracts.rules import extracts_visible_to
from trefoil.indicators.rules import returns_visible_to
from trefoil.meetings.rules import decisions_visible_to, meetings_visible_to
from trefoil.plan.rules import actions_visible_to, priorities_visible_to, recommendations_visible_to
from trefoil.plan.rules_register import measures_visible_to, risks_visible_to
from trefoil.publishing.rules import drafts_visible_to
from trefoil.reviews.rules import reviews_visible_to

# Cast, because PostgreSQL takes two bare NULLs of a union for text.
NO_DAY = Cast(Value(None), DateField())


@dataclass(frozen=True)
class Source:
    """One kind of record: its rows, its key and its name; `days` are the first and last day of its period, if any."""

    rows: QuerySet[Any]
    name: str | Combinable
    key: str = "pk"
    days: tuple[Any, Any] = (NO_DAY, NO_DAY)


_AS_AT, _PERIOD = (F("as_at"), NO_DAY), (F("period_start"), F("period_end"))

# Kind of reference to its source for a reader; only those that a page names are asked for their rows.
SOURCES: dict[str, Callable[[Standing], Source]] = {
    "return": lambda reader: Source(returns_visible_to(reader), "title", days=_PERIOD),
    "person": lambda reader: Source(people_visible_to(reader), "name"),
    "agency": lambda reader: Source(memberships_visible_to(reader), "agency__name", key="agency_id"),
    "group": lambda reader: Source(groups_visible_to(reader), "name", key="slug"),
    "action": lambda reader: Source(actions_visible_to(reader), "title"),
    "recommendation": lambda reader: Source(recommendations_visible_to(reader), "words"),
    "priority": lambda reader: Source(priorities_visible_to(reader), "title"),
    "risk": lambda reader: Source(risks_visible_to(reader), "title"),
    "measure": lambda reader: Source(measures_visible_to(reader), "title"),
    "meeting": lambda reader: Source(meetings_visible_to(reader), "group__name", days=(TruncDate("starts_at"), NO_DAY)),
    "decision": lambda reader: Source(decisions_visible_to(reader), "headline"),
    "clock": lambda reader: Source(clocks_visible_to(reader), "label"),
    "document": lambda reader: Source(documents_visible_to(reader), "title"),
    "extract": lambda reader: Source(
        extracts_visible_to(reader), Concat(Value("Extract of "), "agency__name"), days=_AS_AT
    ),
    "contribution": lambda reader: Source(entries_visible_to(reader, EntryKind.CONTRIBUTION), "name"),
    "review": lambda reader: Source(reviews_visible_to(reader), "reference", key="reference"),
    "public_document": lambda reader: Source(drafts_visible_to(reader), "title"),
    "death": lambda reader: Source(deaths_visible_to(reader), "reference", key="reference"),
}
