"""Recommendations: the list, one of them with its actions, and its forms; actions proposed and changed."""

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, found_or_refused, within
from trefoil.design.frame import Crumb
from trefoil.editing.drafts import DraftRequest, keeps_draft

from ..enums import ActionState, SourceKind
from ..forms.actions import RecommendationChangeForm, RecommendationForm
from ..forms.fields import ReasonForm, give, priorities_of, priority_asked_for
from ..models import Recommendation
from ..operations.recommendations import add_recommendation, change_recommendation, withdraw_recommendation
from ..queries import with_verdict
from ..rules import actions_visible_to, recommendations_visible_to
from ..words import counted, day_words
from .actions_list import action_line
from .frame import Ask, asked, href, page, sent

PER_PAGE = 25
METHODS = ["GET", "HEAD", "POST"]


@within(Permission.READ_PLAN)
@require_safe
def recommendation_list(request: PageRequest) -> HttpResponse:
    """Every recommendation that stands, newest first; `?source=` and `?priority=` narrow it down."""
    standing = request.standing
    source = request.GET.get("source", "")
    found = recommendations_visible_to(standing).filter(withdrawn_at__isnull=True)
    if source in SourceKind:
        found = found.filter(source_kind=source)
    under = priority_asked_for(request.GET)
    found = found.filter(priority_id=under["priority"]) if under else found
    alive = ~Q(actions__state=ActionState.WITHDRAWN)
    closed = Q(actions__state=ActionState.CLOSED)
    counted_ones = found.annotate(
        number=Count("actions", filter=alive & Q(actions__isnull=False)), closed=Count("actions", filter=closed)
    )
    shown = Paginator(counted_ones.order_by("-made_on", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "recommendations",
        title="Recommendations",
        lead="What reviews, audits, inspections, scrutiny, meetings and children said ought to change.",
        shown=shown,
        count_words=counted(shown.paginator.count, "recommendation"),
        sources=SourceKind.choices,
        source=source,
        priorities=priorities_of(standing),
        priority=under.get("priority"),
        may_recommend=standing.may(Permission.ADD_RECOMMENDATION) or standing.may(Permission.RUN_MEETINGS),
    )


@within(Permission.READ_PLAN)
@require_safe
def recommendation_detail(request: PageRequest, *, pk: int) -> HttpResponse:
    """Its words, where it came from, and what is done about it."""
    standing, today = request.standing, timezone.localdate()
    held = recommendation_of(request, pk)
    actions = with_verdict(actions_visible_to(standing).filter(recommendation=held)).order_by("due_on", "pk")
    lines = [action_line(action, today) for action in actions]
    stands = not held.is_withdrawn
    return page(
        request,
        "recommendation",
        title="Recommendation",
        lead=f"Made on {day_words(held.made_on)}. {_answer(len(lines))}",
        above=(Crumb("Recommendations", href(request, "recommendation_list")),),
        recommendation=held,
        facts=_facts(held),
        lines=lines,
        may_write=standing.may(Permission.WRITE_PLAN) and stands,
    )


def _answer(actions: int) -> str:
    return f"{counted(actions, 'action')[:1].upper()}{counted(actions, 'action')[1:]} so far."


def _facts(held: Recommendation) -> list[tuple[str, object]]:
    facts: list[tuple[str, object]] = [
        ("Came from", held.get_source_kind_display()),
        ("Which", held.source_reference),
        ("Made on", day_words(held.made_on)),
        ("Priority", held.priority or "Under no priority yet"),
        ("Added by", f"{held.added_by}, {day_words(timezone.localdate(held.added_at))}"),
    ]
    return [(name, value) for name, value in facts if value]


def recommendation_of(request: PageRequest, pk: int) -> Recommendation:
    """A recommendation that the reader may see, or the refusal."""
    visible = recommendations_visible_to(request.standing).select_related("added_by", "withdrawn_by")
    return found_or_refused(visible, request, pk=pk)


@within(Permission.ADD_RECOMMENDATION, Permission.RUN_MEETINGS)
@require_http_methods(METHODS)
@keeps_draft("recommendation:new")
def recommendation_new(request: DraftRequest) -> HttpResponse:
    """Add a recommendation."""
    standing = request.standing
    asked_for = request.GET.get("priority", "")
    initial = {"priority": asked_for} if asked_for.isdecimal() else {}
    form = RecommendationForm(sent(request), initial=initial, draft=request.draft)
    give(form, priority=priorities_of(standing))
    ask = Ask(
        title="Add a recommendation",
        lead="Write down what somebody says ought to change. Actions are given to agencies next.",
        button="Add this recommendation",
        done="The recommendation is added.",
        back=href(request, "recommendation_list"),
    )
    return asked(
        request,
        ask,
        form,
        lambda: add_recommendation(
            partnership=standing.partnership, by=standing.person, now=timezone.now(), **form.cleaned_data
        ),
    )


@within(Permission.WRITE_PLAN)
@require_http_methods(METHODS)
@keeps_draft("recommendation:{pk}")
def recommendation_change(request: DraftRequest, *, pk: int) -> HttpResponse:
    """Correct a recommendation or place it elsewhere."""
    held, standing = recommendation_of(request, pk), request.standing
    names = ("words", "source_kind", "source_reference", "made_on", "priority")
    initial = {name: getattr(held, name) for name in names}
    form = RecommendationChangeForm(sent(request), record=held, initial=initial, draft=request.draft)
    give(form, priority=priorities_of(standing))
    ask = Ask(
        title="Change this recommendation",
        lead="Correct a slip, or place it under another priority: its actions follow it there.",
        button="Save",
        done="The recommendation is changed.",
        back=href(request, "recommendation_detail", pk),
        why_not="It has been withdrawn." if held.is_withdrawn else "",
    )
    return asked(
        request,
        ask,
        form,
        lambda: change_recommendation(recommendation=held, by=standing.person, now=timezone.now(), **form.cleaned_data),
        above=recommendation_crumbs(request, held),
    )


@within(Permission.WRITE_PLAN)
@require_http_methods(METHODS)
def recommendation_withdraw(request: PageRequest, *, pk: int) -> HttpResponse:
    """Say why nothing more is made of it."""
    held = recommendation_of(request, pk)
    form = ReasonForm(sent(request))
    ask = Ask(
        title="Withdraw this recommendation",
        lead="It stays readable, with your reason. Its actions have to be closed or withdrawn first.",
        button="Withdraw it",
        button_kind="warning",
        done="The recommendation is withdrawn.",
        back=href(request, "recommendation_detail", pk),
        facts=[("Recommendation", held.words)],
        why_not="It has been withdrawn already." if held.is_withdrawn else "",
    )
    by = request.standing.person
    return asked(
        request,
        ask,
        form,
        lambda: withdraw_recommendation(recommendation=held, by=by, now=timezone.now(), **form.cleaned_data),
        above=recommendation_crumbs(request, held),
    )


def recommendation_crumbs(request: PageRequest, held: Recommendation) -> tuple[Crumb, ...]:
    """From the plan to a recommendation's page."""
    return (
        Crumb("Recommendations", href(request, "recommendation_list")),
        Crumb("Recommendation", href(request, "recommendation_detail", held.pk)),
    )
