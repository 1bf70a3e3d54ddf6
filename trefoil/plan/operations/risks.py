"""The risk register: raising, changing, reviewing, closing a risk, and what stands against it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models, transaction
from django.utils import timezone

from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.editing.models import stamp
from trefoil.editing.versions import save_if_unchanged
from trefoil.people.models import Agency, Partnership, Person

from ..enums_register import SCALE
from ..models import Priority, Risk, RiskReview
from ..risk_clock import follow_owner, no_longer, run_until_review
from ..rules import check_may_write_plan, checked_words
from ..rules_register import check_open, check_own_priorities, check_owner, titled


@dataclass(frozen=True)
class Scores:
    """Likelihood and impact, 1 to 5 each, with nothing against the risk and with its controls."""

    likelihood: int
    impact: int
    likelihood_after: int
    impact_after: int

    def fault(self) -> str:
        """What is wrong with them, or nothing."""
        numbers = (self.likelihood, self.impact, self.likelihood_after, self.impact_after)
        if any(number not in SCALE for number in numbers):
            return "likelihood and impact go from 1 to 5"
        if self.likelihood_after > self.likelihood or self.impact_after > self.impact:
            return "controls never make a risk worse: the score with controls is at most the score without"
        return ""


@transaction.atomic
def raise_risk(
    *,
    partnership: Partnership,
    title: str,
    cause: str,
    event: str,
    effect: str,
    scores: Scores,
    review_on: date,
    by: Person,
    now: datetime,
    agency: Agency | None = None,
    person: Person | None = None,
    priorities: Iterable[Priority] = (),
) -> Risk:
    """Put a risk on the register with its first score. `review_on` is when it is looked at again, not before today."""
    check_may_write_plan(standing_of(by, partnership, now=now))
    check_owner(agency, person, partnership)
    tied = list(priorities)
    check_own_priorities(tied, partnership)
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    raised = Risk.objects.create(
        partnership=partnership,
        number=(partnership.risks.aggregate(last=models.Max("number"))["last"] or 0) + 1,
        agency=agency,
        person=person,
        review_on=_ahead(review_on, now),
        raised_at=now,
        raised_by=by,
        **_words(title, cause, event, effect),
        **stamp(by, now),
    )
    raised.priorities.set(tied)
    _scored(raised, scores, "First score.", review_on, by=by, now=now)
    run_until_review(raised, by=by, now=now)
    _record(EventType.RISK_RAISED, raised, by=by, now=now)
    return raised


@transaction.atomic
def change_risk(
    *,
    risk: Risk,
    title: str,
    cause: str,
    event: str,
    effect: str,
    agency: Agency | None,
    person: Person | None,
    priorities: Iterable[Priority],
    seen_version: int,
    by: Person,
    now: datetime,
) -> None:
    """Change a risk's words, owner or priorities. Scores and the next review change by a review alone."""
    check_may_write_plan(standing_of(by, risk.partnership, now=now))
    check_open(risk)
    check_owner(agency, person, risk.partnership)
    tied = list(priorities)
    check_own_priorities(tied, risk.partnership)
    fields = {**_words(title, cause, event, effect), "agency": agency, "person": person}
    save_if_unchanged(risk, seen_version=seen_version, by=by, now=now, **fields)
    risk.priorities.set(tied)
    follow_owner(risk, by=by, now=now)
    _record(EventType.RISK_CHANGED, risk, by=by, now=now)


@transaction.atomic
def review_risk(
    *, risk: Risk, scores: Scores, words: str, next_review_on: date, seen_version: int, by: Person, now: datetime
) -> RiskReview:
    """Look at a risk anew: its scores now, what was said, and when it is looked at next."""
    check_may_write_plan(standing_of(by, risk.partnership, now=now))
    check_open(risk)
    said = checked_words(words, "say what has changed, or that nothing has and why")
    save_if_unchanged(risk, seen_version=seen_version, by=by, now=now, review_on=_ahead(next_review_on, now))
    review = _scored(risk, scores, said, next_review_on, by=by, now=now)
    run_until_review(risk, by=by, now=now)
    detail: dict[str, object] = {"score": review.score, "with_controls": review.score_after}
    _record(EventType.RISK_REVIEWED, risk, by=by, now=now, detail=detail)
    return review


@transaction.atomic
def close_risk(*, risk: Risk, reason: str, by: Person, now: datetime) -> None:
    """Take a risk off the register with the reason. Its words, scores and controls stay."""
    check_may_write_plan(standing_of(by, risk.partnership, now=now))
    said = checked_words(reason, "say why it is closed")
    open_now = Risk.objects.filter(pk=risk.pk, closed_at__isnull=True)
    fields = {"closed_at": now, "closed_by": by, "closed_reason": said, **stamp(by, now)}
    if not open_now.update(**fields, version=models.F("version") + 1):
        raise NotAllowedError("the risk is closed already")
    risk.refresh_from_db()
    no_longer(risk, f"{risk.name} is closed.", by=by, now=now)
    _record(EventType.RISK_CLOSED, risk, by=by, now=now, reason=said)


@transaction.atomic
def reopen_risk(*, risk: Risk, reason: str, review_on: date, by: Person, now: datetime) -> None:
    """Put a closed risk back on the register, with the reason and the day it is looked at."""
    check_may_write_plan(standing_of(by, risk.partnership, now=now))
    said = checked_words(reason, "say why it is opened again")
    closed_now = Risk.objects.filter(pk=risk.pk, closed_at__isnull=False)
    fields = {"closed_at": None, "closed_by": None, "closed_reason": "", "review_on": _ahead(review_on, now)}
    if not closed_now.update(**fields, **stamp(by, now), version=models.F("version") + 1):
        raise NotAllowedError("the risk is open")
    risk.refresh_from_db()
    run_until_review(risk, by=by, now=now)
    _record(EventType.RISK_REOPENED, risk, by=by, now=now, reason=said)


def _words(title: str, cause: str, event: str, effect: str) -> dict[str, str]:
    return {
        "title": titled(title, "risk"),
        "cause": checked_words(cause, "say what it comes from"),
        "event": checked_words(event, "say what may happen"),
        "effect": checked_words(effect, "say what would follow for children"),
    }


def _ahead(day: date, now: datetime) -> date:
    if day < timezone.localdate(now):
        raise NotAllowedError("the next review cannot lie in the past")
    return day


def _scored(risk: Risk, scores: Scores, words: str, next_on: date, *, by: Person, now: datetime) -> RiskReview:
    if fault := scores.fault():
        raise NotAllowedError(fault)
    return RiskReview.objects.create(
        risk=risk,
        likelihood=scores.likelihood,
        impact=scores.impact,
        likelihood_after=scores.likelihood_after,
        impact_after=scores.impact_after,
        words=words,
        next_review_on=next_on,
        reviewed_at=now,
        reviewed_by=by,
    )


def _record(
    event: EventType,
    risk: Risk,
    *,
    by: Person,
    now: datetime,
    reason: str = "",
    detail: dict[str, object] | None = None,
) -> None:
    record(
        event=event,
        by=by,
        now=now,
        partnership=risk.partnership.slug,
        subject=risk.reference,
        detail=detail,
        reason=reason[:500],
    )
