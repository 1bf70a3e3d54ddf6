"""The one way to publication: approved figures go in, what a reader may see comes out, held against all before it."""

from dataclasses import dataclass

from trefoil.people.models import Partnership

from ..calculation.accumulate import Timing
from ..models import PublishedEdition
from ..suppression.differencing import EarlierPublication, refuse_moved_windows
from ..suppression.publication import prepare_for_publication
from ..suppression.published import Mark
from .counted import Wanted, counted
from .stored import Json, digest_of, earlier_from, exact_as_json, line_text, shown_as_json


@dataclass(frozen=True)
class Line:
    """One line of the preview: what is held, what a reader will see, and why it is hidden if it is."""

    label: str
    held: str
    shown: str
    why: str = ""


@dataclass(frozen=True)
class Prepared:
    """A table ready to be published, not stored yet. `digest` names exactly this."""

    wanted: Wanted
    exact: Json
    shown: Json
    digest: str

    @property
    def lines(self) -> tuple[Line, ...]:
        """For the preview, which only those who may read every return can see."""
        counts = {cell["key"]: cell["count"] for cell in self.exact["cells"]}
        lines = [
            Line(cell["label"], f"{counts[cell['key']]:,}", line_text(cell), _why(Mark(cell["mark"])))
            for cell in self.shown["cells"]
        ]
        return (*lines, *(Line(share["label"], "", share["text"]) for share in self.shown["shares"]))

    @property
    def notes(self) -> tuple[str, ...]:
        """What has to stand beneath the table."""
        return tuple(self.shown["notes"])


def prepared(partnership: Partnership, wanted: Wanted) -> Prepared:
    """What of these figures may be published, given every earlier edition of the partnership. Two queries.

    Raises NotPublishableError when they are no table, and DifferencingRefused when an earlier edition would give a
    hidden number away.
    """
    found = counted(partnership, wanted)
    earlier = _earlier(partnership)
    table = prepare_for_publication(found.table, earlier=earlier)
    if wanted.definition.timing is Timing.ROLLING:
        refuse_moved_windows(found.table, table, earlier)
    exact, shown = exact_as_json(found.table), shown_as_json(table, found.labels)
    return Prepared(wanted, exact, shown, digest_of(exact, shown))


def _earlier(partnership: Partnership) -> list[EarlierPublication]:
    editions = PublishedEdition.objects.filter(partnership=partnership).order_by("pk")
    return [earlier_from(edition.exact, edition.shown) for edition in editions]


def _why(mark: Mark) -> str:
    return {
        Mark.FEWER: "It is 1 to 5, so it could point at a child.",
        Mark.WITHHELD: "With the other figures and the total it would give a small number back.",
        Mark.SHOWN: "",
    }[mark]
