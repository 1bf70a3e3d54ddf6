"""The first pages: which partnership, and what needs the reader there."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from trefoil.access.enums import Permission
from trefoil.access.queries import partnerships_visible_to
from trefoil.access.url_rules import SIGNED_IN, PageRequest, access_rule, within
from trefoil.indicators.views.headlines import headlines_context

from ..changes import changes_for
from ..needs import needs_of
from ..words import counted, day_words
from .frame import page

# The rest is on "My work".
MOST_NEEDS = 6


@access_rule(SIGNED_IN)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Straight to the reader's one partnership; a choice of several; or whom to ask when there is none."""
    partnerships = list(partnerships_visible_to(request.user, now=timezone.now()))  # type: ignore[arg-type]
    if len(partnerships) == 1:
        return redirect("partnership_home", partnerships[0].slug)
    template = "choose_partnership" if partnerships else "no_partnership"
    return render(request, f"workspace/{template}.html", {"partnerships": partnerships})


@within(Permission.READ_FIGURES)
@require_safe
def partnership_home(request: PageRequest) -> HttpResponse:
    """What needs the reader, then what changed since their last visit."""
    now = timezone.now()
    needs = needs_of(request.standing, now=now)
    changes = changes_for(request.standing, now=now)
    since = day_words(timezone.localdate(changes.since))
    headlines = headlines_context(request.standing.partnership)
    lead = f"{counted(len(needs), 'thing')} to look at." if needs else "Nothing needs you today."
    return page(
        request,
        "partnership_home",
        title=request.standing.partnership.name,
        lead=lead,
        needs=needs[:MOST_NEEDS],
        more_needs=max(0, len(needs) - MOST_NEEDS),
        changes=changes.newest,
        headlines=headlines["headlines"],
        slug=headlines["slug"],
        has_others=bool(request.standing.counts.get("elsewhere")),
        sees_emergency=request.standing.may(Permission.BREAK_GLASS) or request.standing.may(Permission.READ_TRAIL),
        since_words=f"Since your last visit on {since}" if changes.knows_visit else f"Since {since}",
    )
