"""Every document of a partnership that a reader may open, whatever record it is attached to.

A document's page opens only where the reader may see its record too (`config/document_subjects.py`). This list asks the
same in one question, so that it leads to no page that is not there.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat

from trefoil.access.enums import Permission
from trefoil.access.rules import Standing
from trefoil.budget.enums import EntryKind
from trefoil.budget.rules import budget_years_visible_to, entries_visible_to
from trefoil.documents.content.kinds import WORDS, FileKind
from trefoil.documents.models import Document, DocumentVersion
from trefoil.documents.queries import Listed
from trefoil.documents.rules import documents_visible_to, versions_visible_to
from trefoil.meetings.rules import decision_papers_visible_to, items_visible_to, papers_visible_to

from .addresses import page_href
from .subjects import Subject, subjects_of

# Kind of reference to what documents can be attached to, in the words of the filter.
KINDS: Mapping[str, str] = {
    "partnership": "The partnership",
    "group": "A group",
    "meeting": "A meeting",
    "agenda_item": "An agenda item",
    "decision": "A decision",
    "action": "An action",
    "budget_year": "A year’s budget",
    "contribution": "A contribution",
}
FILE_KINDS: Mapping[str, str] = {kind.value: WORDS[kind] for kind in FileKind}


@dataclass(frozen=True)
class Search:
    """What a reader asks to see; empty parts ask for everything."""

    about: str = ""
    file: str = ""
    words: str = ""
    is_withdrawn: bool = False


@dataclass(frozen=True)
class OnShelf:
    """A document as the page lists it, with the record that it is attached to."""

    listed: Listed
    about: Subject


def documents_listed(standing: Standing) -> QuerySet[Any]:
    """The documents that the reader may open, withdrawn ones included, those with the newest version first."""
    seen = Q(subject=f"partnership:{standing.partnership.slug}")
    if standing.may(Permission.READ_MEETINGS):
        seen |= Q(subject__startswith="group:")
    if standing.may(Permission.READ_PLAN):
        seen |= Q(subject__startswith="action:")
    seen |= _one_of("meeting", papers_visible_to(standing)) | _one_of("budget_year", budget_years_visible_to(standing))
    seen |= _one_of("agenda_item", items_visible_to(standing))
    seen |= _one_of("decision", decision_papers_visible_to(standing))
    seen |= _one_of("contribution", entries_visible_to(standing, EntryKind.CONTRIBUTION))
    newest = DocumentVersion.objects.filter(document=OuterRef("pk")).order_by("-number")
    dated = documents_visible_to(standing).annotate(
        newest_at=Subquery(newest.values("added_at")[:1]), newest_kind=Subquery(newest.values("kind")[:1])
    )
    return dated.filter(seen).order_by("-newest_at", "-pk")


def _one_of(kind: str, rows: QuerySet[Any]) -> Q:
    """About one of these records."""
    named = rows.order_by().select_related(None)
    reference = Concat(Value(f"{kind}:"), Cast("pk", CharField()), output_field=CharField())
    return Q(subject__in=named.annotate(reference=reference).values("reference"))


def found_on_shelf(standing: Standing, search: Search) -> QuerySet[Any]:
    """Those of them that are asked for."""
    found = documents_listed(standing).filter(withdrawn_at__isnull=not search.is_withdrawn)
    if search.about:
        found = found.filter(subject__startswith=f"{search.about}:")
    if search.file:
        found = found.filter(newest_kind=search.file)
    if search.words:
        found = found.filter(title__icontains=search.words)
    return found.prefetch_related("versions__added_by")


def on_shelf(standing: Standing, documents: Sequence[Document]) -> list[OnShelf]:
    """Rows of the page: each with its newest file, whether that opens, and its record by name. Five queries at most."""
    opened = set(versions_visible_to(standing).filter(document__in=documents).values_list("document", flat=True))
    about = _records(standing, {one.subject for one in documents})
    return [OnShelf(Listed(one, list(one.versions.all()), one.pk in opened), about[one.subject]) for one in documents]


def _records(standing: Standing, references: Iterable[str]) -> Mapping[str, Subject]:
    """Each record's words and page. A year of the budget has its page under its first year, not under its key."""
    named = subjects_of(references, standing)
    if any(reference.startswith("budget_year:") for reference in named):
        for year in budget_years_visible_to(standing):
            href = page_href("budget_year", standing.partnership.slug, year.first_year)
            named[f"budget_year:{year.pk}"] = Subject(f"budget_year:{year.pk}", f"Budget {year}", href)
    return named | _agenda_items(standing, named) | _contributions(standing, named)


def _agenda_items(standing: Standing, references: Iterable[str]) -> dict[str, Subject]:
    """An item has no page of its own: it leads to its meeting's agenda. One query, or none."""
    keys, slug = _keys_of("agenda_item", references), standing.partnership.slug
    found = items_visible_to(standing).filter(pk__in=keys) if keys else ()
    named = ((f"agenda_item:{one.pk}", one) for one in found)
    return {
        reference: Subject(reference, one.words, f"{page_href('meeting_detail', slug, one.meeting_id)}#agenda")
        for reference, one in named
    }


def _contributions(standing: Standing, references: Iterable[str]) -> dict[str, Subject]:
    """What a partner gives in a year. One query, or none."""
    keys, slug = _keys_of("contribution", references), standing.partnership.slug
    found = entries_visible_to(standing, EntryKind.CONTRIBUTION).filter(pk__in=keys) if keys else ()
    named = ((f"contribution:{one.pk}", one) for one in found)
    return {
        reference: Subject(reference, one.words, page_href("contribution_detail", slug, one.pk))
        for reference, one in named
    }


def _keys_of(kind: str, references: Iterable[str]) -> list[str]:
    return [key for one, _, key in (reference.partition(":") for reference in references) if one == kind]
