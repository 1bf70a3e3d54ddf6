"""Starting a clock by hand, for what the partnership itself owes: the other rooms start theirs."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, within

from ..enums import Kind
from ..forms import StartForm
from ..models import Clock
from ..operations import start_clock
from ..rulebook.loader import rulebook
from ..rulebook.schema import Rule
from ..rulebook.vocabulary import Group
from .clock_forms import agencies_of
from .frame import carried_out, form_page, href, list_crumb, sent

# Parts of the work whose limits are about the partnership itself. Those about a child belong to the child's record.
BY_HAND = (
    Group.PARTNERSHIP,
    Group.SERIOUS_INCIDENT,
    Group.EXPLOITATION,
    Group.ESCALATION,
    Group.COMPLAINTS,
    Group.DATA,
    Group.VOICE,
)


def rules_by_hand(today: date) -> list[Rule]:
    """The limits that a manager may start a clock under, in the order of the library."""
    found = [one.rule for group in BY_HAND for one in rulebook().in_group(group, today)]
    return [rule for rule in found if rule.kind not in {Kind.NONE, Kind.TRIGGER}]


@within(Permission.MANAGE_CLOCKS)
@require_http_methods(["GET", "HEAD", "POST"])
def clock_start(request: PageRequest) -> HttpResponse:
    """Choose the limit, say what it is about and when it began."""
    standing, now = request.standing, timezone.now()
    rules = rules_by_hand(timezone.localdate(now))
    form = StartForm(
        sent(request),
        label="When did it start?",
        now=now,
        asks_time=False,
        rules=rules,
        agencies=agencies_of(request, now),
        initial={"rule": request.GET.get("rule", "")},
    )
    started: list[Clock] = []

    def run() -> None:
        given = form.cleaned_data
        started.append(
            start_clock(
                partnership=standing.partnership,
                rule_id=given["rule"],
                subject=f"partnership:{standing.partnership.slug}",
                label=given["label"].strip(),
                started_at=form.moment(),
                by=standing.person,
                now=now,
                agency=form.agencies.get(given["agency"]),
            )
        )

    if request.method == "POST" and form.is_valid() and carried_out(form, run):
        messages.success(request, "The clock runs.")
        return redirect(href(request, "clock_detail", started[0].pk))
    return form_page(
        request,
        form=form,
        button="Start the clock",
        title="Start a clock",
        lead="For what the partnership itself owes by a time. Actions, risks and meetings start their own. "
        "For a limit before an event, such as publication, the start is the day of the event.",
        above=(list_crumb(request),),
        back=href(request, "clock_list"),
        back_words="Go back to the clocks",
    )
