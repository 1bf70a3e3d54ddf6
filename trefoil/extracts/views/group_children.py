"""How many children of each group live in the area: the numbers that disproportionality divides by."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, within
from trefoil.design.frame import Crumb

from ..area_groups import GROUPS, children_in_area, children_of_groups
from ..figures_file import BREAKDOWNS
from ..forms_groups import GroupChildrenForm
from ..operations.groups import set_group_children
from .extract_page import page


@within(Permission.EXTRACT_LOAD)
@require_http_methods(["GET", "HEAD", "POST"])
def group_children(request: PageRequest) -> HttpResponse:
    """A form for each breakdown, saved by itself."""
    partnership = request.standing.partnership
    which = request.POST.get("which", "") if request.method == "POST" else ""
    forms = {name: _form(request, name, sent=name == which) for name in GROUPS}
    form = forms.get(which)
    if form is not None and form.is_valid():
        set_group_children(
            partnership=partnership,
            breakdown=which,
            children=form.children,
            source=form.cleaned_data["source"],
            by=request.standing.person,
            now=timezone.now(),
        )
        messages.success(request, f"{BREAKDOWNS[which]}: the numbers of children are saved.")
        return redirect("group_children", partnership.slug)
    known = children_in_area(partnership)
    return page(
        request,
        "group_children",
        title="Children of the area by group",
        lead="Rates of groups are worked out against these numbers. Enter the area’s own where you know them.",
        more_crumbs=[Crumb("Disproportionality", reverse("disproportionality", args=[partnership.slug]))],
        parts=[(name, BREAKDOWNS[name], one, children_of_groups(partnership, name)) for name, one in forms.items()],
        forms=list(forms.values()),
        failed=form,
        in_area=f"{known[1]:,}" if known else "",
        mid_year=known[0] if known else "",
    )


def _form(request: PageRequest, breakdown: str, *, sent: bool) -> GroupChildrenForm:
    held = children_of_groups(request.standing.partnership, breakdown)
    initial = GroupChildrenForm.shown(held.children, held.source) if held and not held.is_estimate else {}
    return GroupChildrenForm(request.POST if sent else None, breakdown=breakdown, initial=initial)
