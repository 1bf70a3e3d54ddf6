"""What stands against a risk: adding a control, saying whether it works, ending it."""

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
from trefoil.people.models import Agency, Person

from ..enums_register import Assurance
from ..models import Risk, RiskControl
from ..models.withdrawn import withdrawal
from ..rules import check_may_write_plan, checked_words
from ..rules_register import check_open, check_owner


@transaction.atomic
def add_control(
    *,
    risk: Risk,
    words: str,
    by: Person,
    now: datetime,
    agency: Agency | None = None,
    person: Person | None = None,
    assurance: Assurance = Assurance.NONE,
    assurance_words: str = "",
    assured_on: date | None = None,
) -> RiskControl:
    """Say what stands against a risk and who sees to it. Scores change by a review alone."""
    check_may_write_plan(standing_of(by, risk.partnership, now=now))
    check_open(risk)
    check_owner(agency, person, risk.partnership)
    added = RiskControl.objects.create(
        risk=risk,
        words=checked_words(words, "say what the control is"),
        agency=agency,
        person=person,
        **_assurance(assurance, assurance_words, assured_on, now),
        **stamp(by, now),
    )
    _record(EventType.CONTROL_ADDED, added, by=by, now=now)
    return added


@transaction.atomic
def change_control(
    *,
    control: RiskControl,
    words: str,
    agency: Agency | None,
    person: Person | None,
    assurance: Assurance,
    assurance_words: str,
    assured_on: date | None,
    seen_version: int,
    by: Person,
    now: datetime,
) -> None:
    """Change a control's words or owner, or say what shows that it works."""
    check_may_write_plan(standing_of(by, control.risk.partnership, now=now))
    check_open(control.risk)
    if control.is_withdrawn:
        raise NotAllowedError("it has been withdrawn")
    check_owner(agency, person, control.risk.partnership)
    fields = {
        "words": checked_words(words, "say what the control is"),
        "agency": agency,
        "person": person,
        **_assurance(assurance, assurance_words, assured_on, now),
    }
    save_if_unchanged(control, seen_version=seen_version, by=by, now=now, **fields)
    _record(EventType.CONTROL_CHANGED, control, by=by, now=now, detail={"assurance": str(assurance)})


@transaction.atomic
def withdraw_control(*, control: RiskControl, reason: str, by: Person, now: datetime) -> None:
    """End a control, with the reason. The risk's score stays until it is reviewed."""
    check_may_write_plan(standing_of(by, control.risk.partnership, now=now))
    said = checked_words(reason, "say why it is withdrawn")
    standing = RiskControl.objects.filter(pk=control.pk, withdrawn_at__isnull=True)
    if not standing.update(**withdrawal(by, now, said[:500]), version=models.F("version") + 1):
        raise NotAllowedError("it has been withdrawn already")
    control.refresh_from_db()
    _record(EventType.CONTROL_WITHDRAWN, control, by=by, now=now, reason=said)


def _assurance(assurance: Assurance, words: str, on: date | None, now: datetime) -> dict[str, Any]:
    """The three fields together. A control that nobody tested has neither words nor a day."""
    if assurance == Assurance.NONE:
        return {"assurance": assurance, "assurance_words": "", "assured_on": None}
    if on is None:
        raise NotAllowedError("say on which day it was tested")
    if on > timezone.localdate(now):
        raise NotAllowedError("a control cannot have been tested on a day to come")
    said = checked_words(words, "say what the test showed")
    return {"assurance": assurance, "assurance_words": said, "assured_on": on}


def _record(
    event: EventType,
    control: RiskControl,
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
        partnership=control.risk.partnership.slug,
        subject=control.risk.reference,
        detail={"control": control.pk, **(detail or {})},
        reason=reason[:500],
    )
