"""The actions as a file: the table's own questions and every column, with a sheet that says what it is."""

from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from trefoil.indicators.downloads.about import INVENTED
from trefoil.indicators.downloads.document import Document, TableSheet
from trefoil.indicators.intake.export import Cell
from trefoil.people.models import Partnership

from .enums import Verdict
from .models import Action

HEADINGS = (
    "Reference",
    "Action",
    "Agency",
    "Person",
    "Priority",
    "Came from",
    "Which",
    "Due",
    "First due",
    "Status",
    "Overdue",
    "How it stands",
    "Last word",
    "Impact",
)


def actions_document(actions: QuerySet[Action], partnership: Partnership, *, now: datetime) -> Document:
    """Every action of the question; `actions` carry `verdict`."""
    today = timezone.localdate(now)
    rows = tuple(_row(action, today) for action in actions)
    return Document(
        file_name=f"{partnership.slug}-actions-{today:%Y-%m-%d}",
        title=f"{partnership.short_name}: actions of the plan",
        about=_about(partnership, now),
        sheets=(TableSheet("Actions", HEADINGS, rows),),
    )


def _row(action: Action, today: date) -> tuple[Cell, ...]:
    verdict = getattr(action, "verdict", None)
    return (
        action.reference,
        action.title,
        action.agency.name,
        action.person.name if action.person else "",
        action.priority.title if action.priority else "",
        action.get_source_kind_display(),
        action.source_reference,
        action.due_on,
        action.first_due_on,
        action.get_state_display(),
        "yes" if action.is_overdue_on(today) else "no",
        action.get_how_display() if action.how else "",
        action.last_word_on,
        Verdict(verdict).label if verdict else "",
    )


def _about(partnership: Partnership, now: datetime) -> tuple[tuple[str, Cell], ...]:
    invented: list[tuple[str, Cell]] = [("Invented", INVENTED)] if partnership.is_invented else []
    return (
        ("What this is", "Actions of the partnership’s plan, as the page showed them. Not for publication."),
        ("Partnership", partnership.name),
        *invented,
        ("Made", f"{timezone.localtime(now):%-d %B %Y, %H:%M}"),
    )
