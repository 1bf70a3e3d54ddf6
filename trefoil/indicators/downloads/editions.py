"""An edition as a file. It reads what readers may see and nothing else of the edition's figures."""

from django.utils import timezone

from ..intake.export import Cell
from ..models import PublishedEdition
from .about import INVENTED
from .document import Document, TableSheet


def edition_document(edition: PublishedEdition) -> Document:
    """The table as published, and the notes that must go with it."""
    rows: list[tuple[Cell, ...]] = [
        (line["label"], line["mark"] if line["value"] is None else line["value"]) for line in edition.shown["cells"]
    ]
    rows += [(share["label"], share["text"]) for share in edition.shown["shares"]]
    rows += [(f"Note: {note}", None) for note in edition.shown["notes"]]
    period = f"{edition.period_start:%Y-%m}-{edition.period_end:%Y-%m}"
    name = f"{edition.partnership.slug}-published-{edition.indicator.lower()}-{period}"
    return Document(name, edition.title, _about(edition), (TableSheet("Table", ("Category", "Number"), tuple(rows)),))


def _about(edition: PublishedEdition) -> tuple[tuple[str, Cell], ...]:
    invented: list[tuple[str, Cell]] = [("Invented", INVENTED)] if edition.partnership.is_invented else []
    return (
        ("What this is", "Figures for publication. Small numbers are hidden; the notes say how."),
        ("Partnership", edition.partnership.name),
        *invented,
        ("Made", f"{timezone.localtime(edition.prepared_at):%-d %B %Y}"),
        ("Approved", "Approved returns alone are in this file."),
        ("Source", f"Returns of the agencies of {edition.partnership.name}."),
        ("Licence", "The partnership decides under which licence it publishes; none is stated here."),
        *(("Note", note) for note in edition.shown["notes"]),
    )
