"""A priority of the plan put into the papers of a meeting."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, within
from trefoil.plan.rules import priorities_visible_to

from ..forms_documents import PlanPaperForm
from ..operations.papers import add_plan_paper
from ..tables import agenda_lines
from .frame import form_page, found_to_run, href, sent, way


@within(Permission.READ_MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_plan_paper(request: PageRequest, *, pk: int) -> HttpResponse:
    """Choose a priority and the item that it is for."""
    meeting = found_to_run(request, pk)
    lines = agenda_lines(meeting, list(meeting.items.on_the_agenda().select_related("owner", "meeting")))
    items = {line.item.pk: line.item for line in lines}
    known = (
        priorities_visible_to(request.standing).filter(withdrawn_at__isnull=True).select_related("year__partnership")
    )
    priorities = {one.pk: one for one in known.order_by("-year__starts_on", "pk")}
    form = PlanPaperForm(
        sent(request),
        items=[(line.item.pk, line.heading) for line in lines],
        priorities=[(key, f"{one.title}, {one.year}") for key, one in priorities.items()],
        initial={"item": request.GET.get("item", "")},
    )
    return form_page(
        request,
        form=form,
        run=lambda: add_plan_paper(
            item=items[form.cleaned_data["item"]],
            priority=priorities[form.cleaned_data["priority"]],
            by=request.standing.person,
            now=timezone.now(),
        ),
        done="The priority is in the papers, as the plan stands now.",
        to=href(request, "meeting_detail", pk),
        button="Put it into the papers",
        title="A priority into the papers",
        lead="It becomes a paper with its recommendations, actions, evidence and impact. Do it again to renew it.",
        notes=[] if items else ["Nothing is on the agenda yet. Put on the item first."],
        above=way(request, meeting),
    )
