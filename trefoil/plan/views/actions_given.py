"""Actions proposed to an agency, and their words changed."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, found_or_refused, within
from trefoil.design.frame import Crumb
from trefoil.editing.drafts import DraftRequest, keeps_draft

from ..enums import ENDED_STATES
from ..forms.actions import ActionChangeForm, ActionForm
from ..forms.fields import give, priorities_of
from ..models import Recommendation
from ..operations.actions import change_action, propose_action
from ..rules import agencies_in, recommendations_visible_to, workstreams_visible_to
from ..rules_people import people_here
from .action import action_of
from .frame import Ask, action_crumbs, asked, href, sent

METHODS = ["GET", "HEAD", "POST"]


@within(Permission.WRITE_PLAN)
@require_http_methods(METHODS)
@keeps_draft("action:new")
def action_new(request: DraftRequest) -> HttpResponse:
    """Propose an action; `?recommendation=` or `?priority=` says what it hangs on."""
    standing, today = request.standing, timezone.localdate()
    recommendation = _asked_for(request)
    priority = request.GET.get("priority", "")
    initial = {"priority": priority} if priority.isdecimal() else {}
    form = ActionForm(sent(request), initial=initial, draft=request.draft)
    give(
        form,
        agency=agencies_in(standing.partnership, today),
        person=people_here(standing.partnership, today),
        priority=priorities_of(standing),
        workstream=workstreams_visible_to(standing).filter(withdrawn_at__isnull=True),
    )
    if recommendation is not None:
        del form.fields["priority"]
    return asked(
        request,
        _ask(request, recommendation),
        form,
        lambda: propose_action(
            partnership=standing.partnership,
            recommendation=recommendation,
            by=standing.person,
            now=timezone.now(),
            **form.cleaned_data,
        ),
        above=(Crumb("Actions", href(request, "action_list")),),
    )


def _ask(request: PageRequest, recommendation: Recommendation | None) -> Ask:
    back = href(request, "action_list")
    if recommendation is not None:
        back = href(request, "recommendation_detail", recommendation.pk)
    return Ask(
        title="Give an action to an agency",
        lead="The agency’s safeguarding lead accepts it, or refuses it with a reason.",
        button="Propose this action",
        done="The action is proposed. The agency answers next.",
        back=back,
        facts=[("Recommendation", recommendation.words)] if recommendation else (),
    )


def _asked_for(request: PageRequest) -> Recommendation | None:
    """The recommendation that the address names; one that is not the reader's is 404."""
    named = request.GET.get("recommendation", "")
    if not (named.isdecimal() and named.isascii()):
        return None
    return found_or_refused(recommendations_visible_to(request.standing), request, pk=int(named))


@within(Permission.WRITE_PLAN)
@require_http_methods(METHODS)
@keeps_draft("action:{pk}:change")
def action_change(request: DraftRequest, *, pk: int) -> HttpResponse:
    """Change what an action says, or the priority it is under."""
    action, standing = action_of(request, pk), request.standing
    names = ("title", "detail", "success", "priority", "workstream")
    initial = {name: getattr(action, name) for name in names}
    form = ActionChangeForm(sent(request), record=action, initial=initial, draft=request.draft)
    workstreams = workstreams_visible_to(standing).filter(withdrawn_at__isnull=True)
    give(form, priority=priorities_of(standing), workstream=workstreams)
    ask = Ask(
        title="Change this action",
        lead="Its owner, date and status are changed on its page.",
        button="Save",
        done="The action is changed.",
        back=href(request, "action_detail", pk),
        why_not="It is over, so its words stay as they are." if action.state in ENDED_STATES else "",
    )
    return asked(
        request,
        ask,
        form,
        lambda: change_action(action=action, by=standing.person, now=timezone.now(), **form.cleaned_data),
        above=action_crumbs(request, action),
    )
