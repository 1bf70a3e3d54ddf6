"""Whether it worked: evidence added and withdrawn, impact judged, changes tested again."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Person

from ..clocks import retest_awaited, retest_dropped, retest_made
from ..enums import VERDICTS_OF_CHANGE, VERDICTS_ON_EVIDENCE, ActionState, EvidenceKind, RetestOutcome, Verdict
from ..evidence_fields import EvidenceFields, evidence_faults
from ..models import Action, Evidence, Judgement, Retest
from ..models.withdrawn import withdrawal
from ..queries import newest_judgement
from ..rules import check_can_add_evidence, check_can_judge, check_can_retest, check_day_to_come, checked_words
from ..summaries import evidence_lines
from .action_moves import reopen_action


@transaction.atomic
def add_evidence(
    *,
    action: Action,
    kind: EvidenceKind,
    title: str,
    happened_on: date,
    by: Person,
    now: datetime,
    words: str = "",
    fields: EvidenceFields | None = None,
) -> Evidence:
    """Add a dated piece of proof to an action. `fields` are those of its kind; see `evidence_fields.py`.

    Raises NotAllowedError with the first thing that is wrong with them, as the form does for each.
    """
    check_can_add_evidence(action, standing_of(by, action.partnership, now=now))
    given = fields or EvidenceFields()
    for fault in evidence_faults(kind, given, words=words, happened_on=happened_on, today=timezone.localdate(now)):
        raise NotAllowedError(fault.words)
    if not title.strip():
        raise NotAllowedError("say in a few words what this shows")
    added = Evidence.objects.create(
        partnership=action.partnership,
        action=action,
        kind=EvidenceKind(kind),
        title=title.strip(),
        words=words.strip(),
        happened_on=happened_on,
        added_at=now,
        added_by=by,
        **given.of_kind(kind),
    )
    detail = {"kind": added.kind, "evidence": added.pk, "indicator": added.indicator}
    _record(EventType.EVIDENCE_ADDED, action, by=by, now=now, detail=detail)
    return added


@transaction.atomic
def withdraw_evidence(*, evidence: Evidence, reason: str, by: Person, now: datetime) -> None:
    """Say why a piece of evidence no longer counts. Refused while a closed action rests on it."""
    action = Action.objects.select_for_update().get(pk=evidence.action_id)
    check_can_add_evidence(action, standing_of(by, action.partnership, now=now))
    said = checked_words(reason, "say why it no longer counts")
    judged = newest_judgement(action)
    if action.state == ActionState.CLOSED and judged and judged.rests_on.filter(pk=evidence.pk).exists():
        raise NotAllowedError("the action was closed on it: open the action again first")
    standing = Evidence.objects.filter(pk=evidence.pk, withdrawn_at__isnull=True)
    if not standing.update(**withdrawal(by, now, said)):
        raise NotAllowedError("it has been withdrawn already")
    evidence.refresh_from_db()
    _record(EventType.EVIDENCE_WITHDRAWN, action, by=by, now=now, detail={"evidence": evidence.pk}, reason=said)


@transaction.atomic
def judge_impact(
    *,
    action: Action,
    verdict: Verdict,
    words: str,
    by: Person,
    now: datetime,
    rests_on: Iterable[Evidence] = (),
) -> Judgement:
    """Say whether an action changed anything, and on which evidence. Without evidence only that none can be shown.

    What was tested and found no more than noise or chance shows no impact by itself; other evidence has to be there.
    What cannot be told, or was not counted at all, is for the judge to weigh.
    """
    held = Action.objects.select_for_update().get(pk=action.pk)
    check_can_judge(held, standing_of(by, action.partnership, now=now))
    said = checked_words(words, "say why you judge it so")
    pieces = list(rests_on)
    if any(piece.action_id != action.pk or piece.is_withdrawn for piece in pieces):
        raise NotAllowedError("a judgement rests on evidence of its own action that has not been withdrawn")
    if verdict in VERDICTS_ON_EVIDENCE and not pieces:
        raise NotAllowedError("choose the evidence that you rest this on, or say that none can be shown and why")
    if verdict in VERDICTS_OF_CHANGE and all(line.says_no_change for line in evidence_lines(pieces)):
        raise NotAllowedError(
            "what you rest it on has changed no more than noise or chance would: "
            "choose other evidence as well, or find that impact is not shown"
        )
    judged = Judgement.objects.create(action=action, verdict=Verdict(verdict), words=said, judged_at=now, judged_by=by)
    judged.rests_on.set(pieces)
    detail = {"verdict": judged.verdict, "evidence": [piece.pk for piece in pieces]}
    _record(EventType.IMPACT_JUDGED, action, by=by, now=now, detail=detail, reason=said)
    return judged


@transaction.atomic
def set_retest(*, action: Action, due_on: date, words: str, by: Person, now: datetime) -> Retest:
    """Set a day on which somebody looks whether a change has lasted. `words` say what will be looked at."""
    check_can_retest(action, standing_of(by, action.partnership, now=now))
    check_day_to_come(due_on, timezone.localdate(now), "the day of the test")
    said = checked_words(words, "say what will be looked at")
    retest = Retest.objects.create(action=action, due_on=due_on, words=said, set_at=now, set_by=by)
    retest_awaited(retest, by=by, now=now)
    _record(EventType.RETEST_SET, action, by=by, now=now, detail={"retest": retest.pk, "due": f"{due_on}"})
    return retest


@transaction.atomic
def record_retest(
    *,
    retest: Retest,
    outcome: RetestOutcome,
    found: str,
    by: Person,
    now: datetime,
    next_on: date | None = None,
) -> None:
    """Write down what a test found. A change that has slipped opens its action again, to be done by `next_on`.

    What cannot be told yet is tested again on `next_on`. For a change that has held `next_on` sets a further test, if
    one is wanted.
    """
    action = Action.objects.select_for_update().get(pk=retest.action_id)
    check_can_retest(action, standing_of(by, action.partnership, now=now))
    said = checked_words(found, "say what was found")
    if outcome != RetestOutcome.HELD and next_on is None:
        raise NotAllowedError("give the next date")
    waiting = Retest.objects.filter(pk=retest.pk, outcome="", withdrawn_at__isnull=True)
    if not waiting.update(outcome=RetestOutcome(outcome), found=said, tested_at=now, tested_by=by):
        raise NotAllowedError("this test has been recorded or withdrawn already")
    retest.refresh_from_db()
    retest_made(retest, by=by, now=now)
    detail = {"retest": retest.pk, "outcome": retest.outcome}
    _record(EventType.RETEST_DONE, action, by=by, now=now, detail=detail, reason=said)
    if next_on is None:
        return
    if outcome == RetestOutcome.SLIPPED:
        reopen_action(
            action=action,
            reason=f"A test found that it has slipped back. {said}"[:1000],
            due_on=next_on,
            by=by,
            now=now,
        )
    else:
        set_retest(action=action, due_on=next_on, words=retest.words, by=by, now=now)


@transaction.atomic
def withdraw_retest(*, retest: Retest, reason: str, by: Person, now: datetime) -> None:
    """Say why a test will not be made."""
    action = retest.action
    check_can_retest(action, standing_of(by, action.partnership, now=now))
    said = checked_words(reason, "say why it is withdrawn")
    waiting = Retest.objects.filter(pk=retest.pk, outcome="", withdrawn_at__isnull=True)
    if not waiting.update(**withdrawal(by, now, said)):
        raise NotAllowedError("this test has been recorded or withdrawn already")
    retest.refresh_from_db()
    retest_dropped(retest, reason=said, by=by, now=now)
    _record(EventType.RETEST_WITHDRAWN, action, by=by, now=now, detail={"retest": retest.pk}, reason=said)


def _record(
    event: EventType, action: Action, *, by: Person, now: datetime, detail: dict[str, Any], reason: str = ""
) -> None:
    record(
        event=event,
        by=by,
        now=now,
        partnership=action.partnership.slug,
        subject=action.reference,
        detail=detail,
        reason=reason[:500],
    )
