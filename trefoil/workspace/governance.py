"""A partnership's groups as the nodes and lines of the governance chart."""

from collections.abc import Sequence

from trefoil.design.diagrams import Line, Node
from trefoil.people.enums import GroupKind
from trefoil.people.models import Group

_ORDER = {kind.value: place for place, kind in enumerate(GroupKind)}


def governance_chart(groups: Sequence[Group]) -> tuple[list[Node], list[Line]]:
    """Nodes, the executive first, and who reports to whom. Raises ValueError, from the drawing, for a circle.

    A box names the group and its kind, never a person: the picture may be downloaded and published.
    """
    ordered = sorted(groups, key=lambda group: (_ORDER[group.kind], group.name))
    nodes = [
        Node(group.slug, group.name, group.get_kind_display(), stressed=group.reports_to_id is None)
        for group in ordered
    ]
    lines = [Line(group.reports_to.slug, group.slug) for group in ordered if group.reports_to]
    return nodes, lines
