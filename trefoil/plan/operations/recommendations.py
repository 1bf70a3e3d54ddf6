"""Recommendations: added from any source, placed under a priority, withdrawn with a reason."""

from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.editing.models import stamp
from trefoil.editing.versions import save_if_unchanged
from trefoil.people.models import Partnership, Person

from ..enums import ENDED_STATES, SourceKind
from ..models import Priority, Recommendation
from ..models.withdrawn import withdrawal
from ..rules import check_may_recommend, check_may_write_plan, checked_words


@transaction.atomic
def add_recommendation(
    *,
    partnership: Partnership,
    words: str,
    source_kind: SourceKind,
    source_reference: str,
    made_on: date,
    by: Person,
    now: datetime,
    priority: Priority | None = None,
) -> Recommendation:
    """Write down what somebody says ought to change, in their words. Every room calls this.

    `source_reference` is a reference such as `meeting:7`, or the name of a report. For a recommendation of a meeting
    whoever runs the meeting may call it, else those who add recommendations.
    """
    today = timezone.localdate(now)
    check_may_recommend(standing_of(by, partnership, now=now), source_kind, today)
    if made_on > today:
        raise NotAllowedError("a recommendation is made on a day that has come")
    added = Recommendation.objects.create(
        partnership=partnership,
        priority=_priority_of(priority, partnership),
        words=checked_words(words, "say what ought to change"),
        source_kind=SourceKind(source_kind),
        source_reference=source_reference.strip(),
        made_on=made_on,
        added_at=now,
        added_by=by,
        **stamp(by, now),
    )
    detail = {"source": added.source_kind, "priority": added.priority_id}
    _record(EventType.RECOMMENDATION_ADDED, added, by=by, now=now, detail=detail)
    return added


@transaction.atomic
def change_recommendation(
    *,
    recommendation: Recommendation,
    words: str,
    source_kind: SourceKind,
    source_reference: str,
    made_on: date,
    priority: Priority | None,
    seen_version: int,
    by: Person,
    now: datetime,
) -> None:
    """Correct a recommendation, or place it under another priority. Its actions follow it there."""
    check_may_write_plan(standing_of(by, recommendation.partnership, now=now))
    if recommendation.is_withdrawn:
        raise NotAllowedError("it has been withdrawn")
    if made_on > timezone.localdate(now):
        raise NotAllowedError("a recommendation is made on a day that has come")
    fields = {
        "words": checked_words(words, "say what ought to change"),
        "source_kind": SourceKind(source_kind),
        "source_reference": source_reference.strip(),
        "made_on": made_on,
        "priority": _priority_of(priority, recommendation.partnership),
    }
    save_if_unchanged(recommendation, seen_version=seen_version, by=by, now=now, **fields)
    follow = {
        "priority": priority,
        "source_kind": fields["source_kind"],
        "source_reference": fields["source_reference"],
    }
    recommendation.actions.update(**follow, version=models.F("version") + 1)
    detail = {"priority": priority.pk if priority else None}
    _record(EventType.RECOMMENDATION_CHANGED, recommendation, by=by, now=now, detail=detail)


def _priority_of(priority: Priority | None, partnership: Partnership) -> Priority | None:
    if priority is not None and priority.partnership_id != partnership.pk:
        raise NotAllowedError("that priority is not one of this partnership’s")
    if priority is not None and priority.is_withdrawn:
        raise NotAllowedError("that priority has been withdrawn")
    return priority


@transaction.atomic
def withdraw_recommendation(*, recommendation: Recommendation, reason: str, by: Person, now: datetime) -> None:
    """Say why nothing more is made of a recommendation. Refused while an action of it is still open."""
    check_may_write_plan(standing_of(by, recommendation.partnership, now=now))
    if recommendation.actions.exclude(state__in=ENDED_STATES).exists():
        raise NotAllowedError("it has actions that are not closed: close or withdraw them first")
    said = checked_words(reason, "say why it is withdrawn")
    standing = Recommendation.objects.filter(pk=recommendation.pk, withdrawn_at__isnull=True)
    if not standing.update(**withdrawal(by, now, said), version=models.F("version") + 1):
        raise NotAllowedError("it has been withdrawn already")
    recommendation.refresh_from_db()
    _record(EventType.RECOMMENDATION_WITHDRAWN, recommendation, by=by, now=now, reason=said)


def _record(
    event: EventType,
    recommendation: Recommendation,
    *,
    by: Person,
    now: datetime,
    detail: dict[str, Any] | None = None,
    reason: str = "",
) -> None:
    record(
        event=event,
        by=by,
        now=now,
        partnership=recommendation.partnership.slug,
        subject=recommendation.reference,
        detail=detail,
        reason=reason[:500],
    )
