"""An agency asked for its part of a section, the part handed in, the asking withdrawn."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from trefoil.access.at_once import unless_just_entered
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Agency, Person

from ..locking import locked
from ..models import Contribution, Section
from ..rules import agencies_asked_of, check_is_draft, check_may_run, checked_reason, may_give
from ..telling import told_asked_for_a_part, told_part_given

LONGEST_PART = 30_000


@transaction.atomic
def ask_for_contribution(
    *, section: Section, agency: Agency, ask: str, due_on: date, by: Person, now: datetime
) -> Contribution:
    """Ask an agency for its part of a section by a day. Its leads and its partner are told."""
    document = section.document
    check_may_run(standing_of(by, document.partnership, now=now))
    check_is_draft(locked(document))
    said = checked_reason(ask, "say what the agency is asked for")
    if due_on < timezone.localdate(now):
        raise NotAllowedError("the day by which it is wanted lies in the past")
    if not agencies_asked_of(document.partnership).filter(pk=agency.pk).exists():
        raise NotAllowedError(f"{agency} is not in this partnership")
    if Contribution.objects.filter(section=section, agency=agency, given_at=None, withdrawn_at=None).exists():
        raise NotAllowedError(f"{agency} has been asked for its part of this section already")
    with unless_just_entered("what this agency is asked for"):
        asked = Contribution.objects.create(
            section=section, agency=agency, ask=said, due_on=due_on, asked_at=now, asked_by=by
        )
    _record(EventType.CONTRIBUTION_ASKED, asked, by=by, now=now, more={"due_on": due_on.isoformat()})
    told_asked_for_a_part(asked, by=by, now=now)
    return asked


@transaction.atomic
def give_contribution(*, contribution: Contribution, given: str, by: Person, now: datetime) -> None:
    """Hand in the agency's part. It stays as it was handed in; the section's writers use of it what they need."""
    document = contribution.section.document
    if not may_give(standing_of(by, document.partnership, now=now), contribution):
        raise NotAllowedError(f"only {contribution.agency}’s own people hand in its part")
    check_is_draft(locked(document))
    if not given.strip() or len(given) > LONGEST_PART:
        raise NotAllowedError(f"write the agency’s part, in at most {LONGEST_PART:,} characters")
    _still_open(contribution).update(given=given.strip(), given_at=now, given_by=by)
    contribution.refresh_from_db()
    detail = {"characters": len(contribution.given)}
    _record(EventType.CONTRIBUTION_GIVEN, contribution, by=by, now=now, more=detail)
    told_part_given(contribution, by=by, now=now)


@transaction.atomic
def withdraw_contribution(*, contribution: Contribution, by: Person, now: datetime) -> None:
    """Ask the agency no more. That it was asked stays on record."""
    document = contribution.section.document
    check_may_run(standing_of(by, document.partnership, now=now))
    locked(document)
    _still_open(contribution).update(withdrawn_at=now, withdrawn_by=by)
    contribution.refresh_from_db()
    _record(EventType.CONTRIBUTION_WITHDRAWN, contribution, by=by, now=now, more={})


def _still_open(contribution: Contribution) -> Any:
    """The row, if it is still waited for; the document's row is held by the caller."""
    found = Contribution.objects.filter(pk=contribution.pk, given_at=None, withdrawn_at=None)
    if not found.exists():
        raise NotAllowedError("it was handed in or withdrawn already")
    return found


def _record(event: EventType, contribution: Contribution, *, by: Person, now: datetime, more: dict[str, Any]) -> None:
    document = contribution.section.document
    record(
        event=event,
        by=by,
        now=now,
        partnership=document.partnership.slug,
        subject=document.reference,
        detail={"section": contribution.section.key, "agency": contribution.agency_id, **more},
    )
