"""What a group is bound by: terms of reference written and agreed, its cycle, turns in the chair."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction

from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.editing.versions import ChangedMeanwhileError
from trefoil.people.models import Agency, Group, Person

from ..dates import turns
from ..enums import CycleUnit, MeetingState, Nth, Weekday
from ..models import ChairTerm, Cycle, Meeting, QuorumAgency, Terms
from ..queries import day_of, newest_terms
from ..rules import check_runs, statutory_partners
from ..trail import on_group


@transaction.atomic
def write_terms(
    *,
    group: Group,
    purpose: str,
    quorum_number: int,
    by: Person,
    now: datetime,
    functions: str = "",
    membership: str = "",
    quorum_agencies: Sequence[Agency] = (),
    substitutes_count: bool = True,
    review_on: date | None = None,
    seen_version: int | None = None,
) -> Terms:
    """Write the draft of the next version, or change the draft that there is.

    `seen_version` is the version of what the writer had before them: the draft, or else the terms that were agreed
    last; None where there was nothing yet. It only ever goes up, from one number of the terms to the next. Raises
    ChangedMeanwhileError, with the draft or the terms agreed meanwhile, when somebody else was quicker.
    """
    check_runs(by, group, now=now)
    list(Group.objects.select_for_update().filter(pk=group.pk))
    newest = newest_terms(group)
    if (newest.version if newest else None) != seen_version:
        raise ChangedMeanwhileError(newest)
    terms = newest if newest and newest.is_draft else _next_terms(group, newest)
    terms.purpose, terms.functions, terms.membership = purpose.strip(), functions.strip(), membership.strip()
    terms.quorum_number, terms.substitutes_count, terms.review_on = quorum_number, substitutes_count, review_on
    terms.changed_at, terms.changed_by, terms.version = now, by, terms.version + 1
    terms.save()
    QuorumAgency.objects.filter(terms=terms).delete()
    QuorumAgency.objects.bulk_create(QuorumAgency(terms=terms, agency=agency) for agency in quorum_agencies)
    record(event=EventType.TERMS_WRITTEN, by=by, now=now, detail={"version": terms.number}, **on_group(group))
    return terms


def _next_terms(group: Group, newest: Terms | None) -> Terms:
    return Terms(group=group, number=newest.number + 1 if newest else 1, version=newest.version if newest else 0)


@transaction.atomic
def agree_terms(*, terms: Terms, meeting: Meeting, by: Person, now: datetime, seen_version: int | None = None) -> None:
    """Say that a meeting agreed the draft: of the group itself, or of the group that it reports to.

    `seen_version` is the version of the draft that this person had before them; None for the draft as it is given.
    Refused when its words have been changed since: the meeting did not agree those.
    """
    check_runs(by, terms.group, now=now)
    if meeting.group_id not in {terms.group_id, terms.group.reports_to_id}:
        raise NotAllowedError("Terms are agreed by the group itself or by the group that it reports to.")
    if meeting.state != MeetingState.HELD or not meeting.quorate:
        raise NotAllowedError("Terms are agreed at a meeting that was held and was quorate.")
    day = day_of(meeting)
    if Terms.objects.filter(group=terms.group_id, agreed_on__gt=day).exists():
        raise NotAllowedError("A later meeting has agreed terms already.")
    seen = terms.version if seen_version is None else seen_version
    drafts = Terms.objects.filter(pk=terms.pk, agreed_on__isnull=True)
    # Its version goes up as with any change, so that who is writing at the draft is told.
    agreed = {"agreed_on": day, "agreed_at_meeting": meeting, "version": seen + 1}
    if not drafts.filter(version=seen).update(**agreed):
        if drafts.exists():
            raise NotAllowedError("The draft has been changed since you opened this page. Read it again first.")
        raise NotAllowedError("These terms have been agreed already.")
    detail = {"version": terms.number, "meeting": meeting.pk}
    record(event=EventType.TERMS_AGREED, by=by, now=now, detail=detail, **on_group(terms.group))
    terms.refresh_from_db()


@transaction.atomic
def set_cycle(
    *,
    group: Group,
    every: int,
    unit: CycleUnit,
    weekday: Weekday,
    starts_on: date,
    begins: time,
    by: Person,
    now: datetime,
    nth: Nth = Nth.FIRST,
    minutes_long: int = 120,
    place: str = "",
    papers_days: int = 5,
    minutes_days: int = 10,
    seen_version: int | None = None,
) -> Cycle:
    """Say how often a group meets. Meetings that were called stay as they are.

    Raises ChangedMeanwhileError when the cycle is not at `seen_version` any more (0: nobody had set one); None takes
    whatever there is.
    """
    check_runs(by, group, now=now)
    list(Group.objects.select_for_update().filter(pk=group.pk))
    held = Cycle.objects.select_related("set_by").filter(group=group).first()
    version = held.version if held else 0
    if seen_version is not None and seen_version != version:
        raise ChangedMeanwhileError(held)
    cycle, _ = Cycle.objects.update_or_create(
        group=group,
        defaults={
            "every": every,
            "unit": unit,
            "weekday": weekday,
            "nth": nth,
            "starts_on": starts_on,
            "begins": begins,
            "minutes_long": minutes_long,
            "place": place.strip(),
            "papers_days": papers_days,
            "minutes_days": minutes_days,
            "set_at": now,
            "set_by": by,
            "version": version + 1,
        },
    )
    detail = {"every": every, "unit": unit.value, "weekday": weekday.value, "nth": nth.value}
    record(event=EventType.CYCLE_SET, by=by, now=now, detail=detail, **on_group(group))
    return cycle


@transaction.atomic
def plan_chairs(
    *, group: Group, agencies: Sequence[Agency], starts_on: date, by: Person, now: datetime
) -> list[ChairTerm]:
    """Give each statutory partner a year in the chair, in this order, from `starts_on`.

    A turn that runs on that day ends the day before; turns planned from then on are planned anew.
    """
    check_runs(by, group, now=now)
    partners = statutory_partners(group.partnership_id, starts_on)
    if not agencies or len({one.pk for one in agencies}) != len(agencies):
        raise NotAllowedError("Put each partner in the order once.")
    if strangers := [one.name for one in agencies if one not in partners]:
        raise NotAllowedError(f"{strangers[0]} is not a statutory partner on that day.")
    list(Group.objects.select_for_update().filter(pk=group.pk))
    known = ChairTerm.objects.filter(group=group)
    known.filter(starts_on__gte=starts_on).delete()
    known.filter(ends_on__gte=starts_on).update(ends_on=starts_on - timedelta(days=1))
    planned = ChairTerm.objects.bulk_create(
        ChairTerm(
            group=group,
            agency=agencies[turn.place],
            starts_on=turn.starts_on,
            ends_on=turn.ends_on,
            planned_at=now,
            planned_by=by,
        )
        for turn in turns(starts_on, len(agencies))
    )
    detail = {"from": f"{starts_on}", "agencies": [one.pk for one in agencies]}
    record(event=EventType.CHAIRS_PLANNED, by=by, now=now, detail=detail, **on_group(group))
    return planned
