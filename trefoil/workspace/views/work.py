"""My work: what needs the reader, part by part."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, within

from ..needs import Need, needs_of
from ..words import counted
from .frame import page


@dataclass(frozen=True)
class WorkPart:
    """One heading of the page and what stands under it."""

    heading: str
    needs: list[Need]

    @property
    def anchor(self) -> str:
        return slugify(self.heading)

    @property
    def number(self) -> int:
        return sum(not need.is_rest for need in self.needs)

    @property
    def has_more(self) -> bool:
        """Whether its last line only leads to the rest."""
        return self.needs[-1].is_rest


@within(Permission.READ_FIGURES)
@require_safe
def my_work(request: PageRequest) -> HttpResponse:
    """Everything that waits for the reader in this partnership, under one heading for each kind, most urgent first."""
    needs = needs_of(request.standing, now=timezone.now())
    headings = dict.fromkeys(need.heading for need in needs)
    parts = [WorkPart(heading, [need for need in needs if need.heading == heading]) for heading in headings]
    number = sum(part.number for part in parts)
    more = " or more" if len(needs) > number else ""
    late = sum(need.status in {"late", "act"} for need in needs)
    said = f", {late} of them late" if late else ""
    lead = f"{counted(number, 'thing')}{more}{said}." if needs else "Nothing needs you today."
    sees = request.standing.may(Permission.READ_CLOCKS) or request.standing.may(Permission.READ_MEETINGS)
    return page(request, "my_work", title="My work", lead=lead, parts=parts, sees_calendar=sees)
