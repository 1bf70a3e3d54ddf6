"""Priorities, workstreams and stubborn challenges of the plan."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import models, transaction

from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.editing.models import stamp
from trefoil.editing.versions import save_if_unchanged
from trefoil.indicators.catalogue.loader import catalogue
from trefoil.people.models import Agency, Group, Partnership, Person

from ..enums import ENDED_STATES
from ..models import PlanYear, Priority, StubbornChallenge, Workstream
from ..models.withdrawn import withdrawal
from ..rules import check_may_write_plan, checked_words


@transaction.atomic
def add_priority(
    *,
    year: PlanYear,
    title: str,
    success: str,
    by: Person,
    now: datetime,
    why: str = "",
    lead: Person | None = None,
    group: Group | None = None,
    indicators: Sequence[str] = (),
    continues: Priority | None = None,
) -> Priority:
    """Add a priority to a year, under the next number. `success` is what will be seen when it has worked."""
    check_may_write_plan(standing_of(by, year.partnership, now=now))
    PlanYear.objects.select_for_update().get(pk=year.pk)
    last = year.priorities.aggregate(last=models.Max("number"))["last"] or 0
    added = Priority.objects.create(
        partnership=year.partnership,
        year=year,
        number=last + 1,
        lead=lead,
        group=_own_group(group, year.partnership),
        continues=_own_priority(continues, year.partnership),
        **_priority_words(title, why, success, indicators),
        **stamp(by, now),
    )
    _record(EventType.PRIORITY_ADDED, year.partnership, added.reference, by=by, now=now)
    return added


@transaction.atomic
def change_priority(
    *,
    priority: Priority,
    title: str,
    success: str,
    why: str,
    lead: Person | None,
    group: Group | None,
    indicators: Sequence[str],
    seen_version: int,
    by: Person,
    now: datetime,
    continues: Priority | None = None,
) -> None:
    """Change what a priority says. The page shows when that was after the year's approval."""
    check_may_write_plan(standing_of(by, priority.partnership, now=now))
    _check_stands(priority)
    fields = {
        **_priority_words(title, why, success, indicators),
        "lead": lead,
        "group": _own_group(group, priority.partnership),
        "continues": _own_priority(continues, priority.partnership),
    }
    save_if_unchanged(priority, seen_version=seen_version, by=by, now=now, **fields)
    _record(EventType.PRIORITY_CHANGED, priority.partnership, priority.reference, by=by, now=now)


def _priority_words(title: str, why: str, success: str, indicators: Sequence[str]) -> dict[str, Any]:
    unknown = [one for one in indicators if catalogue().get(one) is None]
    if unknown:
        raise NotAllowedError(f"there is no indicator {unknown[0]}")
    if not title.strip():
        raise NotAllowedError("give the priority a title")
    return {
        "title": title.strip(),
        "why": why.strip(),
        "success": checked_words(success, "say what success looks like"),
        "indicators": list(indicators),
    }


def _own_group(group: Group | None, partnership: Partnership) -> Group | None:
    if group is not None and group.partnership_id != partnership.pk:
        raise NotAllowedError("that group is not one of this partnership’s")
    return group


def _own_priority(priority: Priority | None, partnership: Partnership) -> Priority | None:
    if priority is not None and priority.partnership_id != partnership.pk:
        raise NotAllowedError("that priority is not one of this partnership’s")
    return priority


@transaction.atomic
def withdraw_priority(*, priority: Priority, reason: str, by: Person, now: datetime) -> None:
    """Take a priority out of its year. Refused while an action under it is neither closed nor withdrawn."""
    check_may_write_plan(standing_of(by, priority.partnership, now=now))
    if priority.actions.exclude(state__in=ENDED_STATES).exists():
        raise NotAllowedError("there are actions under it that are not closed: close, move or withdraw them first")
    _withdraw(priority, reason, by=by, now=now)
    _record(EventType.PRIORITY_WITHDRAWN, priority.partnership, priority.reference, by=by, now=now, reason=reason)


@transaction.atomic
def add_workstream(
    *,
    priority: Priority,
    title: str,
    by: Person,
    now: datetime,
    words: str = "",
    lead: Person | None = None,
    agency: Agency | None = None,
) -> Workstream:
    """Add a part of a priority with a lead of its own."""
    check_may_write_plan(standing_of(by, priority.partnership, now=now))
    _check_stands(priority)
    if not title.strip():
        raise NotAllowedError("give the workstream a title")
    added = Workstream.objects.create(
        priority=priority, title=title.strip(), words=words.strip(), lead=lead, agency=agency, **stamp(by, now)
    )
    _record(EventType.WORKSTREAM_ADDED, priority.partnership, f"workstream:{added.pk}", by=by, now=now)
    return added


@transaction.atomic
def change_workstream(
    *,
    workstream: Workstream,
    title: str,
    words: str,
    lead: Person | None,
    agency: Agency | None,
    seen_version: int,
    by: Person,
    now: datetime,
) -> None:
    """Change a workstream's title, words or lead."""
    partnership = workstream.priority.partnership
    check_may_write_plan(standing_of(by, partnership, now=now))
    _check_stands(workstream)
    if not title.strip():
        raise NotAllowedError("give the workstream a title")
    fields = {"title": title.strip(), "words": words.strip(), "lead": lead, "agency": agency}
    save_if_unchanged(workstream, seen_version=seen_version, by=by, now=now, **fields)
    _record(EventType.WORKSTREAM_CHANGED, partnership, f"workstream:{workstream.pk}", by=by, now=now)


@transaction.atomic
def withdraw_workstream(*, workstream: Workstream, reason: str, by: Person, now: datetime) -> None:
    """End a workstream; its actions stay under the priority."""
    partnership = workstream.priority.partnership
    check_may_write_plan(standing_of(by, partnership, now=now))
    _withdraw(workstream, reason, by=by, now=now)
    reference = f"workstream:{workstream.pk}"
    _record(EventType.WORKSTREAM_WITHDRAWN, partnership, reference, by=by, now=now, reason=reason)


@transaction.atomic
def name_challenge(
    *,
    partnership: Partnership,
    title: str,
    why_stubborn: str,
    first_named_on: date,
    by: Person,
    now: datetime,
    tried: str = "",
    next_words: str = "",
    priority: Priority | None = None,
) -> StubbornChallenge:
    """Name what has not yielded in spite of everything tried."""
    check_may_write_plan(standing_of(by, partnership, now=now))
    named = StubbornChallenge.objects.create(
        partnership=partnership,
        priority=_own_priority(priority, partnership),
        first_named_on=first_named_on,
        **_challenge_words(title, why_stubborn, tried, next_words),
        **stamp(by, now),
    )
    _record(EventType.CHALLENGE_NAMED, partnership, f"challenge:{named.pk}", by=by, now=now)
    return named


@transaction.atomic
def change_challenge(
    *,
    challenge: StubbornChallenge,
    title: str,
    why_stubborn: str,
    tried: str,
    next_words: str,
    priority: Priority | None,
    seen_version: int,
    by: Person,
    now: datetime,
) -> None:
    """Say anew why it does not yield, what was tried and what comes next. The day it was first named stays."""
    check_may_write_plan(standing_of(by, challenge.partnership, now=now))
    _check_stands(challenge)
    fields = _challenge_words(title, why_stubborn, tried, next_words)
    fields["priority"] = _own_priority(priority, challenge.partnership)
    save_if_unchanged(challenge, seen_version=seen_version, by=by, now=now, **fields)
    _record(EventType.CHALLENGE_CHANGED, challenge.partnership, f"challenge:{challenge.pk}", by=by, now=now)


def _challenge_words(title: str, why_stubborn: str, tried: str, next_words: str) -> dict[str, Any]:
    if not title.strip():
        raise NotAllowedError("give the challenge a title")
    return {
        "title": title.strip(),
        "why_stubborn": checked_words(why_stubborn, "say why it does not yield"),
        "tried": tried.strip(),
        "next_words": next_words.strip(),
    }


@transaction.atomic
def withdraw_challenge(*, challenge: StubbornChallenge, reason: str, by: Person, now: datetime) -> None:
    """Say that it is a challenge no more, and why."""
    check_may_write_plan(standing_of(by, challenge.partnership, now=now))
    _withdraw(challenge, reason, by=by, now=now)
    reference = f"challenge:{challenge.pk}"
    _record(EventType.CHALLENGE_WITHDRAWN, challenge.partnership, reference, by=by, now=now, reason=reason)


def _check_stands(held: Priority | Workstream | StubbornChallenge) -> None:
    if held.is_withdrawn:
        raise NotAllowedError("it has been withdrawn")


def _withdraw(held: Priority | Workstream | StubbornChallenge, reason: str, *, by: Person, now: datetime) -> None:
    """Raises NotAllowedError when it is withdrawn already, also by somebody else at this moment."""
    fields = withdrawal(by, now, checked_words(reason, "say why it is withdrawn"))
    table = type(held)._base_manager.filter(pk=held.pk, withdrawn_at__isnull=True)
    if not table.update(**fields, version=models.F("version") + 1):
        raise NotAllowedError("it has been withdrawn already")
    held.refresh_from_db()


def _record(
    event: EventType, partnership: Partnership, subject: str, *, by: Person, now: datetime, reason: str = ""
) -> None:
    record(event=event, by=by, now=now, partnership=partnership.slug, subject=subject, reason=reason.strip()[:500])
