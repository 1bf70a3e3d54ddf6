"""What there is to show of each kind of block, and whether a person may put it in: who does must read its record."""

from trefoil.access.enums import Permission
from trefoil.access.rules import Standing
from trefoil.budget.accounts import year_label
from trefoil.budget.rules import budget_years_visible_to
from trefoil.indicators.catalogue.loader import catalogue
from trefoil.meetings.rules import papers_visible_to
from trefoil.people.models import Group
from trefoil.plan.rules import priorities_visible_to

from ..enums import BlockKind
from .period import PERIOD

NEEDS = {
    BlockKind.INDICATOR: Permission.READ_FIGURES,
    BlockKind.PRIORITY: Permission.READ_PLAN,
    BlockKind.BUDGET: Permission.READ_BUDGET,
    BlockKind.REVIEWS: Permission.KNOW_OF_REVIEWS,
    BlockKind.TRAINING: Permission.READ_PLAN,
    BlockKind.VOICE: Permission.READ_PLAN,
    BlockKind.ATTENDANCE: Permission.READ_MEETINGS,
    BlockKind.SCRUTINY: Permission.READ_PLAN,
}


def may_put_in(kind: BlockKind, standing: Standing) -> bool:
    """Whether the person reads records of this kind at all."""
    return standing.may(NEEDS[kind])


def choices_of(kind: BlockKind, standing: Standing) -> list[tuple[str, str]]:
    """What a block of this kind can show, of what the person may read: its key and its words."""
    if not may_put_in(kind, standing):
        return []
    if kind is BlockKind.INDICATOR:
        return sorted(((one.id, f"{one.title} ({one.id})") for one in catalogue()), key=lambda pair: pair[1])
    if kind is BlockKind.PRIORITY:
        held = priorities_visible_to(standing).filter(withdrawn_at__isnull=True).order_by("-year__starts_on", "number")
        return [(str(one.pk), f"{one.title} ({one.year.title})") for one in held.select_related("year")]
    if kind is BlockKind.BUDGET:
        return [(str(one.first_year), year_label(one.first_year)) for one in budget_years_visible_to(standing)]
    if kind is BlockKind.ATTENDANCE:
        groups = Group.objects.filter(pk__in=papers_visible_to(standing).values("group")).order_by("name")
        return [(str(one.pk), one.name) for one in groups]
    return [(PERIOD, "The period of the document")]
