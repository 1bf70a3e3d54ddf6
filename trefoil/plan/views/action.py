"""One action: where it stands, what may be done now, its evidence, its tests and its whole history."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from trefoil.access.enums import Permission
from trefoil.access.rules import Standing
from trefoil.access.url_rules import PageRequest, found_or_refused, within
from trefoil.design.frame import Crumb

from ..enums import WORKING_STATES, ActionState
from ..history import history_of
from ..models import Action, Judgement
from ..queries import newest_judgement
from ..rules import (
    actions_visible_to,
    can_move,
    check_can_add_evidence,
    check_can_judge,
    check_can_move_date,
    check_can_retest,
    check_can_update,
    why_not_closed,
)
from ..summaries import evidence_lines
from ..words import STATE_TAGS, VERDICT_TAGS, day_words, due_words, sentence
from .actions_list import how_tag
from .frame import href, page, why_not


@dataclass(frozen=True)
class Button:
    """A way on: its words, where it leads, and its kind of button (empty, secondary, warning)."""

    label: str
    href: str
    kind: str = "secondary"


@within(Permission.READ_PLAN)
@require_safe
def action_detail(request: PageRequest, *, pk: int) -> HttpResponse:
    """The page of an action."""
    standing, today = request.standing, timezone.localdate()
    action = action_of(request, pk)
    judged = newest_judgement(action)
    evidence = list(action.evidence.select_related("added_by"))
    return page(
        request,
        "action",
        title=action.title,
        lead=_next_step(action, judged, today),
        above=(Crumb("Actions", href(request, "action_list")),),
        action=action,
        state_tag=STATE_TAGS[action.state],
        how_tag=how_tag(action),
        is_overdue=action.is_overdue_on(today),
        facts=_facts(action, today),
        recommendation=action.recommendation,
        buttons=_buttons(request, action, standing, judged),
        judged=judged,
        judged_before=judged is None and action.judgements.exists(),
        verdict_tag=VERDICT_TAGS[judged.verdict] if judged else "",
        rests_on=list(judged.rests_on.all()) if judged else [],
        evidence=evidence_lines([piece for piece in evidence if not piece.is_withdrawn]),
        withdrawn=[piece for piece in evidence if piece.is_withdrawn],
        retests=list(action.retests.select_related("tested_by")),
        may_retest=not why_not(lambda: check_can_retest(action, standing)),
        may_add_evidence=not why_not(lambda: check_can_add_evidence(action, standing)),
        history=history_of(action),
        reads_trail=standing.may(Permission.READ_TRAIL),
    )


def action_of(request: PageRequest, pk: int) -> Action:
    """An action that the reader may see, or the refusal."""
    visible = actions_visible_to(request.standing).select_related("recommendation", "workstream", "priority__year")
    return found_or_refused(visible, request, pk=pk)


def _facts(action: Action, today: date) -> list[tuple[str, object]]:
    moved = f" (first {day_words(action.first_due_on)})" if action.has_moved else ""
    source = ", ".join(part for part in (action.get_source_kind_display(), action.source_reference) if part)
    facts: list[tuple[str, object]] = [
        ("Agency", action.agency.name),
        ("In the hands of", action.person or "Nobody named yet"),
        ("Due", due_words(action.due_on, today, waits=action.state in WORKING_STATES) + moved),
        ("Last word on it", day_words(action.last_word_on) if action.last_word_on else "None yet"),
        ("Came from", source),
        ("Workstream", action.workstream or ""),
        ("More about it", action.detail),
        ("How one will know that it worked", action.success),
    ]
    return [(name, value) for name, value in facts if value]


def _next_step(action: Action, judged: Judgement | None, today: date) -> str:
    """The sentence that says what matters now."""
    late = f" It was due on {day_words(action.due_on)}." if action.is_overdue_on(today) else ""
    return {
        ActionState.PROPOSED: f"It waits for {action.agency} to accept it, or to refuse it with a reason.{late}",
        ActionState.ACCEPTED: f"{action.agency} has accepted it. The work has not begun.{late}",
        ActionState.REFUSED: f"{action.agency} has refused it. Give it to another agency, or withdraw it.",
        ActionState.UNDER_WAY: f"{action.agency} is working on it.{late}",
        ActionState.DONE: _after_done(judged),
        ActionState.CLOSED: f"It is closed: {judged.get_verdict_display().lower()}." if judged else "It is closed.",
        ActionState.WITHDRAWN: "It has been withdrawn. The reason stands in its history.",
    }[ActionState(action.state)]


def _after_done(judged: Judgement | None) -> str:
    if judged is None:
        return "It is done. Whether it changed anything has not been judged yet, so it is not closed."
    if why_not := why_not_closed(judged):
        what, _, asked = why_not.partition(": ")
        return f"It is done, and {what}. {sentence(asked)}"
    return f"It is done and judged: {judged.get_verdict_display().lower()}. It can be closed."


def _buttons(request: PageRequest, action: Action, standing: Standing, judged: Judgement | None) -> list[Button]:
    """The ways on that are this reader's, the likeliest first."""

    def moves(name: str) -> bool:
        return can_move(name, action, standing)

    judges = not why_not(lambda: check_can_judge(action, standing))
    done = action.state == ActionState.DONE
    offered = [
        (moves("accept_action"), "Accept it", "action_accept", ""),
        (moves("refuse_action"), "Refuse it", "action_refuse", "secondary"),
        (not why_not(lambda: check_can_update(action, standing)), "Say how it stands", "action_update", ""),
        (moves("finish_action"), "It is done", "action_finish", "secondary"),
        (judges and done and judged is None, "Judge its impact", "action_judge", ""),
        (moves("close_action") and not why_not_closed(judged), "Close it", "action_close", ""),
        (judges and (not done or judged is not None), "Judge its impact", "action_judge", "secondary"),
        (not why_not(lambda: check_can_move_date(action, standing)), "Move its date", "action_date", "secondary"),
        (moves("hand_over_to_agency"), "Hand it over", "action_hand_over", "secondary"),
        (moves("reopen_action"), "Open it again", "action_reopen", "secondary"),
        (moves("withdraw_action"), "Withdraw it", "action_withdraw", "warning"),
    ]
    return [Button(label, href(request, url, action.pk), kind) for may, label, url, kind in offered if may]
