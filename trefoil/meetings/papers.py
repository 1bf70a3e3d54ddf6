"""The papers of a meeting, each under its item of the agenda or under the meeting as a whole."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from trefoil.access.rules import Standing
from trefoil.documents.queries import Listed, documents_about
from trefoil.documents.subjects import Part

from .models import AgendaItem, Meeting


def reference_of(item: AgendaItem) -> str:
    """How documents name an item."""
    return f"agenda_item:{item.pk}"


def filing_places(meeting: Meeting) -> tuple[Part, ...]:
    """The items in the order of the agenda; then those taken off, which keep their papers and take no new ones."""
    items = list(meeting.items.all())
    standing = [item for item in items if not item.removed_reason]
    return (
        *(Part(reference_of(item), f"{number}. {item.title}") for number, item in enumerate(standing, start=1)),
        *(
            Part(reference_of(item), f"Taken off the agenda: {item.title}", is_open=False)
            for item in items
            if item.removed_reason
        ),
    )


def papers_listed(standing: Standing, meeting: Meeting) -> list[Listed]:
    """The papers that stand and that the reader may open, in the order of the agenda; of no item that was taken off.

    Papers of the meeting as a whole come last. Four queries.
    """
    listed = documents_about(standing, f"meeting:{meeting.pk}", filing_places(meeting))
    return [one for one in listed if one.opens and not one.document.is_withdrawn and (not one.part or one.part.is_open)]


def by_item(listed: Sequence[Listed]) -> Mapping[str, Sequence[Listed]]:
    """The same by the reference of their item."""
    found: dict[str, list[Listed]] = defaultdict(list)
    for one in listed:
        if one.part is not None:
            found[one.part.reference].append(one)
    return found
