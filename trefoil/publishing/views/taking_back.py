"""What was written down of an edition and is wrong: taken back with a reason, and still there to be read."""

from collections.abc import Callable, Sequence
from functools import partial

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trefoil.access.enums import Permission
from trefoil.access.url_rules import found_or_refused, within
from trefoil.editing.drafts import DraftRequest, keeps_draft
from trefoil.plan.views.frame import Ask, sent, why_not

from ..after_forms import WhyForm
from ..models import BoardPassage, ScrutinyStatement, Sending
from ..operations.after import take_back_board, take_back_sending, take_back_statement
from ..rules import boards_visible_to, check_may_take_back, sendings_visible_to, statements_visible_to
from .after import after_crumbs, after_href
from .frame import asked
from .sending import sending_facts

Row = Sending | ScrutinyStatement | BoardPassage


@within(Permission.RUN_PUBLISHING)
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_draft("public_sending:{pk}:take_back")
def publishing_take_back(request: DraftRequest, *, pk: int) -> HttpResponse:
    """Say that a sending was written down wrongly."""
    sending: Sending = found_or_refused(sendings_visible_to(request.standing), request, pk=pk)
    return _taken_back(request, sending, sending_facts(sending), partial(take_back_sending, sending=sending))


@within(Permission.GIVE_SCRUTINY, Permission.RUN_PUBLISHING)
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_draft("public_statement:{pk}:take_back")
def publishing_statement_back(request: DraftRequest, *, pk: int) -> HttpResponse:
    """Say that a statement of scrutiny was written down wrongly."""
    statement: ScrutinyStatement = found_or_refused(statements_visible_to(request.standing), request, pk=pk)
    facts = [("Said on", f"{statement.said_on:%-d %B %Y}"), ("Statement", statement.words)]
    refused = why_not(lambda: check_may_take_back(request.standing, statement))
    return _taken_back(request, statement, facts, partial(take_back_statement, statement=statement), refused)


@within(Permission.TAKE_POSITION, Permission.RUN_PUBLISHING)
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_draft("public_board:{pk}:take_back")
def publishing_board_back(request: DraftRequest, *, pk: int) -> HttpResponse:
    """Say that what a partner's board said was written down wrongly."""
    passage: BoardPassage = found_or_refused(boards_visible_to(request.standing), request, pk=pk)
    said = f"{passage.get_said_display()}, {passage.taken_on:%-d %B %Y}"
    facts = [("Partner", str(passage.agency)), ("Board", passage.board), ("What it said", said)]
    refused = why_not(lambda: check_may_take_back(request.standing, passage))
    return _taken_back(request, passage, facts, partial(take_back_board, passage=passage), refused)


def _taken_back(
    request: DraftRequest,
    row: Row,
    facts: Sequence[tuple[str, object]],
    operation: Callable[..., None],
    refused: str = "",
) -> HttpResponse:
    """The page that asks why, for one row."""
    form = WhyForm(sent(request), draft=request.draft)
    ask = Ask(
        title="It was written down wrongly",
        lead="It stays on record with your reason, and counts no more.",
        button="Take it back",
        button_kind="warning",
        done="It counts no more.",
        back=after_href(request, row.edition),
        facts=facts,
        why_not="Somebody has taken it back already." if row.taken_back_at else refused,
    )
    return asked(
        request,
        ask,
        form,
        lambda: operation(by=request.standing.person, now=timezone.now(), **form.cleaned_data),
        above=after_crumbs(request, row.edition),
    )
