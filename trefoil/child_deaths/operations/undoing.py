"""The last step of a death's review taken back, with a reason. What was decided stays to read as undone."""

from datetime import datetime

from django.db import transaction

from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Person
from trefoil.reviews.models import STANDS, undoing
from trefoil.reviews.moving import moment_of
from trefoil.reviews.rules import check_words

from ..enums import DeathState
from ..models import Death
from ..moving import PANEL, RESPONSE, begin_clock, begin_meeting_clock, drop_clocks, held, move, on_death
from ..rules import check_leads, check_undo


@transaction.atomic
def undo_last_step(*, death: Death, reason: str, by: Person, now: datetime) -> None:
    """Take back the last step, with a reason. What was decided stays to read as undone; clocks are set as before it."""
    check_leads(by, death, now)
    own = held(death)
    to, why = check_undo(own), check_words(reason, "Say why it is undone")
    undone = undoing(by, now, why)
    before = DeathState(own.state)
    if before == DeathState.GATHERING:
        own.response_decisions.filter(STANDS).update(**undone)
        drop_clocks(own, RESPONSE, reason="The decision was undone.", by=by, now=now)
    if before == DeathState.DISCUSSED:
        own.meetings.filter(STANDS).update(**undone)
        drop_clocks(own, PANEL, reason="The meeting was undone.", by=by, now=now)
        begin_meeting_clock(own, by=by, now=now)
    if before == DeathState.PASSED_ON:
        own.passed_on.filter(STANDS).update(**undone)
        begin_meeting_clock(own, by=by, now=now)
    if before == DeathState.WITH_PANEL:
        own.analyses.filter(STANDS).update(**undone)
        own.hearings.filter(STANDS).update(**undone)
    if before == DeathState.CLOSED:
        own.closings.filter(STANDS).update(**undone)
        reported = own.meetings.filter(STANDS).values_list("report_on", flat=True).get()
        begin_clock(own, PANEL, moment_of(reported, now), by=by, now=now)
    move(own, to, by=by, now=now, reason=why, is_undoing=True)
    record(event=EventType.DEATH_STEP_UNDONE, by=by, now=now, detail={"back_to": to.value}, **on_death(own))
    death.refresh_from_db()
