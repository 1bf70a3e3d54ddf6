"""Yearly figures of child death reviews: years pooled, small numbers hidden."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, within
from trefoil.indicators.suppression.published import PublishedTable

from ..enums import AgeGroup, Expected, Sex
from ..figures import CLOSED, IN_TIME, NOT_IN_TIME, NOTIFIED, Block, blocks_of_today, shown_of
from ..hierarchy import categories
from .frame import page, way

_YES_NO = ("yes", "no")
_TIMES = (IN_TIME, NOT_IN_TIME)
TABLES: tuple[tuple[str, str, str, Sequence[str]], ...] = (
    ("Deaths notified, by age", "Age", NOTIFIED, AgeGroup.labels),
    ("Deaths notified, by sex", "Sex", NOTIFIED, Sex.labels),
    ("Deaths notified, expected or not", "Expected", NOTIFIED, Expected.labels),
    ("Deaths notified, with a joint agency response", "Joint agency response", NOTIFIED, _YES_NO),
    ("Reviews closed, by category", "Category", CLOSED, [str(one) for one in categories()]),
    ("Reviews closed, with modifiable factors", "Modifiable factors", CLOSED, _YES_NO),
    ("Notice within the time limit", "Notice", NOTIFIED, _TIMES),
    ("Review meeting within the time limit", "Review meeting", CLOSED, _TIMES),
    ("Panel within the time limit", "Panel", CLOSED, _TIMES),
)


@dataclass(frozen=True)
class Pooled:
    """A block of years on the page."""

    block: Block
    tables: list[tuple[str, list[tuple[str, str]]]]
    is_empty: bool
    notes: Sequence[str]


@within(Permission.KNOW_OF_DEATHS)
@require_safe
def death_figures(request: PageRequest) -> HttpResponse:
    """Each whole block of years. The years under way are not shown: their numbers are too small."""
    pools = [_pooled(one, shown_of(request.standing.partnership, one)) for one in blocks_of_today()]
    return page(
        request,
        "figures",
        title="Child deaths: yearly figures",
        lead="Years are pooled by three, and small numbers are hidden, so that no child can be told.",
        above=way(request),
        pools=pools,
    )


def _pooled(block: Block, shown: PublishedTable) -> Pooled:
    is_empty = all(shown.cells[key].value == 0 for key in (NOTIFIED, CLOSED))
    return Pooled(block, list(_tables(shown)), is_empty, shown.notes)


def _tables(shown: PublishedTable) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    for caption, name, whole, parts in TABLES:
        rows = [(_words(part), shown.cells[f"{name}: {part}"].text) for part in parts]
        rows.append(("All", shown.cells[whole].text))
        if share := shown.shares.get(name):
            rows.append((f"{_words(parts[0])}, in percent", share.text))
        yield caption, rows


def _words(part: str) -> str:
    return f"{part[:1].upper()}{part[1:]}"
