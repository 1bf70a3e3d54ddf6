"""The actions of the plan as a table, with its downloads, and as a board."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from trefoil.access.enums import Permission
from trefoil.access.queries import memberships_visible_to
from trefoil.access.rules import Standing
from trefoil.access.url_rules import PageRequest, within
from trefoil.indicators.downloads.document import FileFormat
from trefoil.indicators.views.answers import answer_with_document

from ..download import actions_document
from ..enums import TAKEN_ON_STATES, WORKING_STATES, ActionState
from ..forms.actions import ActionFilter
from ..models import Action
from ..queries import columns, narrowed, with_verdict
from ..rules import actions_visible_to, can_move, priorities_visible_to
from ..words import HOW_TAGS, STATE_TAGS, counted, due_words
from .frame import href, page

PER_PAGE = 25


@dataclass(frozen=True)
class ActionLine:
    """One action as a row or a card."""

    action: Action
    state_tag: str
    how_tag: str
    due: str
    is_overdue: bool


@dataclass(frozen=True)
class Button:
    """What a reader may do with a card: its words and where it leads."""

    label: str
    href: str


def action_line(action: Action, today: date) -> ActionLine:
    """The line of one action."""
    waits = action.state in WORKING_STATES
    return ActionLine(
        action=action,
        state_tag=STATE_TAGS[action.state],
        how_tag=how_tag(action),
        due=due_words(action.due_on, today, waits=waits),
        is_overdue=action.is_overdue_on(today),
    )


def how_tag(action: Action) -> str:
    """The tag of the owner's word on how it stands; none once the work is over, when it says nothing any more."""
    return HOW_TAGS.get(action.how, "") if action.state in TAKEN_ON_STATES else ""


@within(Permission.READ_PLAN)
@require_safe
def action_list(request: PageRequest) -> HttpResponse:
    """Every action that is not closed, the earliest date first; a GET form asks for others."""
    standing, today = request.standing, timezone.localdate()
    search = _search(request)
    found = narrowed(actions_visible_to(standing), search.narrowing(), today)
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    question = request.GET.copy()
    question.pop("page", None)
    return page(
        request,
        "actions",
        title="Actions",
        lead="Who does what by when, the earliest date first. What is overdue is marked.",
        search=search,
        shown=shown,
        lines=[action_line(action, today) for action in shown],
        count_words=counted(shown.paginator.count, "action"),
        question=question.urlencode(),
        may_write=standing.may(Permission.WRITE_PLAN),
        is_asked=bool(question),
    )


@within(Permission.READ_PLAN)
@require_safe
def action_export(request: PageRequest, *, file_format: str) -> HttpResponse:
    """The actions that the table's questions ask for, as CSV or Excel. The download is on the trail."""
    if file_format not in list(FileFormat):
        raise Http404
    standing, now = request.standing, timezone.now()
    narrowing = _search(request).narrowing()
    found = narrowed(with_verdict(actions_visible_to(standing)), narrowing, timezone.localdate(now))
    document = actions_document(found, standing.partnership, now=now)
    return answer_with_document(request, "plan/actions", document, FileFormat(file_format))


def _search(request: PageRequest) -> ActionFilter:
    standing = request.standing
    members = memberships_visible_to(standing).order_by("agency__name").values_list("agency_id", "agency__name")
    priorities = priorities_visible_to(standing).order_by("-year__starts_on", "number")
    named = priorities.values_list("pk", "title", "year__title")
    return ActionFilter(
        request.GET,
        agencies=list(dict(members).items()),
        priorities=[(pk, f"{title} ({year})") for pk, title, year in named],
    )


@within(Permission.READ_PLAN)
@require_safe
def action_board(request: PageRequest) -> HttpResponse:
    """The actions in columns by status. Each card holds buttons for what the reader may do with it."""
    standing, today = request.standing, timezone.localdate()
    agencies = sorted(standing.agencies_for(Permission.ANSWER_ACTION))
    mine = "mine" in request.GET and bool(agencies)
    actions = actions_visible_to(standing)
    if mine:
        actions = actions.filter(agency_id__in=agencies)
    board = [
        {
            "column": column,
            "label": column.state.label,
            "tag": STATE_TAGS[column.state],
            "cards": [(action_line(one, today), list(buttons(request, one, standing))) for one in column.actions],
            "more": column.count - len(column.actions),
            "href": f"{href(request, 'action_list')}?state={column.state.value}",
        }
        for column in columns(actions)
    ]
    return page(
        request,
        "board",
        title="Board",
        lead="The actions by where they stand. Open a card for its history, or use its buttons to move it on.",
        board=board,
        has_any=any(column["cards"] for column in board),
        mine=mine,
        answers=bool(agencies),
        may_write=standing.may(Permission.WRITE_PLAN),
    )


def buttons(request: PageRequest, action: Action, standing: Standing) -> Iterator[Button]:
    """The ways on from an action's status that are this reader's."""
    wanted = {
        ActionState.PROPOSED: (
            ("accept_action", "Accept", "action_accept"),
            ("refuse_action", "Refuse", "action_refuse"),
        ),
        ActionState.ACCEPTED: (("begin_action", "Say how it stands", "action_update"),),
        ActionState.UNDER_WAY: (
            ("finish_action", "Say how it stands", "action_update"),
            ("finish_action", "It is done", "action_finish"),
        ),
        ActionState.DONE: (
            ("close_action", "Judge its impact", "action_judge"),
            ("close_action", "Close", "action_close"),
        ),
        ActionState.REFUSED: (("hand_over_to_agency", "Give it to another agency", "action_hand_over"),),
        ActionState.CLOSED: (("reopen_action", "Open it again", "action_reopen"),),
    }
    for move, label, url_name in wanted.get(ActionState(action.state), ()):
        if can_move(move, action, standing):
            yield Button(label, href(request, url_name, action.pk))
