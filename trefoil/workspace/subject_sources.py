"""Where the names of records come from: for each kind of reference the rows that a reader may see."""

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


def sources_for(standing: Standing) -> dict[str, Source]:
    """Kind of reference to its source, for this reader."""
    as_at = (F("as_at"), NO_DAY)
    period, starts = (F("period_start"), F("period_end")), (TruncDate("starts_at"), NO_DAY)
    return {
        "return": Source(returns_visible_to(standing), "title", days=period),
        "person": Source(people_visible_to(standing), "name"),
        "agency": Source(memberships_visible_to(standing), "agency__name", key="agency_id"),
        "group": Source(groups_visible_to(standing), "name", key="slug"),
        "action": Source(actions_visible_to(standing), "title"),
        "recommendation": Source(recommendations_visible_to(standing), "words"),
        "priority": Source(priorities_visible_to(standing), "title"),
        "risk": Source(risks_visible_to(standing), "title"),
        "measure": Source(measures_visible_to(standing), "title"),
        "meeting": Source(meetings_visible_to(standing), "group__name", days=starts),
        "decision": Source(decisions_visible_to(standing), "headline"),
        "clock": Source(clocks_visible_to(standing), "label"),
        "document": Source(documents_visible_to(standing), "title"),
        "extract": Source(extracts_visible_to(standing), Concat(Value("Extract of "), "agency__name"), days=as_at),
        "contribution": Source(entries_visible_to(standing, EntryKind.CONTRIBUTION), "name"),
        "review": Source(reviews_visible_to(standing), "reference", key="reference"),
        "death": Source(deaths_visible_to(standing), "reference", key="reference"),
    }
