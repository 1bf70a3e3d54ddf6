"""What a partnership settles: its own lengths, the sign-off of an unsure limit, its school terms.

Each is an input of clocks that run: those that it reaches are worked out again, and each says so.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from trefoil.access.at_once import unless_just_entered
from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Partnership, Person

from ..keeping import held_or_refused, reckon_again
from ..models import Clock, LocalLimit, RuleSignOff, SchoolTerm
from ..reckoning.days import start_of
from ..reckoning.kinds import Kind, Unit
from ..rules import check_may, check_reason, why_no_local_limit


@transaction.atomic
def set_local_limit(
    *,
    partnership: Partnership,
    rule_id: str,
    length: int,
    unit: Unit,
    starts_on: date,
    reason: str,
    by: Person,
    now: datetime,
) -> LocalLimit:
    """The partnership's own length from a day on, where the rule lets it change. An earlier one ends the day before.

    Open clocks that started on or after that day are worked out again. Raises NotAllowedError; LookupError.
    """
    check_may(Permission.MANAGE_CLOCKS, by, partnership, now)
    rule = held_or_refused(partnership, rule_id, starts_on).found.rule
    if why := why_no_local_limit(rule):
        raise NotAllowedError(why)
    if rule.kind is Kind.BEFORE and unit is Unit.WORKING_HOURS:
        raise NotAllowedError("working hours are not counted backwards; choose another unit")
    if length < 1:
        raise NotAllowedError("the length must be at least 1")
    reason = check_reason(reason, "say who decided it and why")
    _end_before(partnership, rule_id, starts_on)
    with unless_just_entered("a local limit for this rule"):
        limit = LocalLimit.objects.create(
            partnership=partnership,
            rule_id=rule_id,
            length=length,
            unit=unit,
            reason=reason,
            starts_on=starts_on,
            set_at=now,
            set_by=by,
        )
    moved = reckon_again(_reached_by(partnership, rule_id, starts_on), by, now, f"Local limit of {limit.words} set.")
    detail = {"length": limit.words, "from": starts_on.isoformat(), "clocks": moved}
    _record(
        EventType.LOCAL_LIMIT_SET, partnership, f"rule:{rule_id}", by=by, now=now, detail=dict(detail), reason=reason
    )
    return limit


def _end_before(partnership: Partnership, rule_id: str, day: date) -> None:
    """End the limit that is open; one that would never have held is refused, so that no history is rewritten."""
    held = LocalLimit.objects.select_for_update().filter(partnership=partnership, rule_id=rule_id, ends_on__isnull=True)
    for limit in held:
        if limit.starts_on >= day:
            raise NotAllowedError(f"a local limit is set from {limit.starts_on:%-d %B %Y}; choose a later day")
        limit.ends_on = day - timedelta(days=1)
        limit.save(update_fields=["ends_on"])


@transaction.atomic
def end_local_limit(*, limit: LocalLimit, ends_on: date, by: Person, now: datetime) -> None:
    """From the day after, the national limit holds again. Clocks that started before keep what they were held to."""
    check_may(Permission.MANAGE_CLOCKS, by, limit.partnership, now)
    held = LocalLimit.objects.select_for_update().get(pk=limit.pk)
    if held.ends_on is not None:
        raise NotAllowedError("this local limit has ended already")
    if ends_on < held.starts_on:
        raise NotAllowedError("the last day must not come before the first day")
    held.ends_on = ends_on
    held.save(update_fields=["ends_on"])
    reached = _reached_by(held.partnership, held.rule_id, ends_on + timedelta(days=1))
    moved = reckon_again(reached, by, now, "The local limit ended.")
    detail = {"length": held.words, "until": ends_on.isoformat(), "clocks": moved}
    _record(EventType.LOCAL_LIMIT_ENDED, held.partnership, f"rule:{held.rule_id}", by=by, now=now, detail=detail)
    limit.refresh_from_db()


@transaction.atomic
def sign_off_rule(*, partnership: Partnership, rule_id: str, words: str, by: Person, now: datetime) -> RuleSignOff:
    """Say what the partnership holds to where a limit is marked unsure, for the edition in force today.

    Raises NotAllowedError for one that is not unsure, or is signed off; LookupError.
    """
    check_may(Permission.SIGN_OFF_RULE, by, partnership, now)
    found = held_or_refused(partnership, rule_id, timezone.localdate(now)).found
    if not found.rule.confidence.needs_sign_off:
        raise NotAllowedError("this limit is not marked unsure, so there is nothing to sign off")
    words = check_reason(words, "say what you looked up and where")
    if RuleSignOff.objects.filter(partnership=partnership, rule_id=rule_id, edition=found.edition.id).exists():
        raise NotAllowedError("this limit is signed off already")
    with unless_just_entered("a sign-off of this limit"):
        signed = RuleSignOff.objects.create(
            partnership=partnership,
            rule_id=rule_id,
            edition=found.edition.id,
            words=words,
            signed_at=now,
            signed_by=by,
        )
    detail = {"edition": found.edition.id}
    _record(EventType.RULE_SIGNED_OFF, partnership, f"rule:{rule_id}", by=by, now=now, detail=detail, reason=words)
    return signed


@transaction.atomic
def enter_school_term(
    *, partnership: Partnership, name: str, starts_on: date, ends_on: date, by: Person, now: datetime
) -> SchoolTerm:
    """A stretch in which schools are open. Clocks in school days are worked out again. Raises NotAllowedError."""
    check_may(Permission.MANAGE_CLOCKS, by, partnership, now)
    if ends_on < starts_on:
        raise NotAllowedError("the last day must not come before the first day")
    held = SchoolTerm.objects.filter(partnership=partnership, starts_on__lte=ends_on, ends_on__gte=starts_on).first()
    if held is not None:
        raise NotAllowedError(f"it shares days with “{held.name}”")
    with unless_just_entered("a term that begins on that day"):
        term = SchoolTerm.objects.create(
            partnership=partnership,
            name=name.strip(),
            starts_on=starts_on,
            ends_on=ends_on,
            entered_at=now,
            entered_by=by,
        )
    _terms_changed(EventType.SCHOOL_TERM_ENTERED, term, by, now)
    return term


@transaction.atomic
def remove_school_term(*, term: SchoolTerm, by: Person, now: datetime) -> None:
    """It was entered wrongly. What it said stays on the trail; clocks in school days are worked out again."""
    check_may(Permission.MANAGE_CLOCKS, by, term.partnership, now)
    SchoolTerm.objects.filter(pk=term.pk).delete()
    _terms_changed(EventType.SCHOOL_TERM_REMOVED, term, by, now)


def _terms_changed(event: EventType, term: SchoolTerm, by: Person, now: datetime) -> None:
    in_school_days = Clock.objects.open().filter(partnership=term.partnership, unit=Unit.SCHOOL_DAYS)
    moved = reckon_again(in_school_days, by, now, f"School terms changed: {term.name}.")
    detail = {"term": term.name, "from": f"{term.starts_on}", "to": f"{term.ends_on}", "clocks": moved}
    subject = f"partnership:{term.partnership.slug}"
    _record(event, term.partnership, subject, by=by, now=now, detail=detail)


def _reached_by(partnership: Partnership, rule_id: str, day: date) -> QuerySet[Clock]:
    clocks = Clock.objects.open().under(rule_id).filter(partnership=partnership, started_at__gte=start_of(day))
    return clocks.filter(due_on__isnull=True)


def _record(
    event: EventType,
    partnership: Partnership,
    subject: str,
    *,
    by: Person,
    now: datetime,
    detail: Mapping[str, object],
    reason: str = "",
) -> None:
    found = dict(detail)
    record(event=event, by=by, now=now, partnership=partnership.slug, subject=subject, detail=found, reason=reason)
