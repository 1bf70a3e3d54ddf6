"""What the operations share: a death held while it is changed, its moves, its clocks, and its lines on the trail."""

import secrets
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from trefoil.clocks.keeping import hold_to, reckon
from trefoil.clocks.models import Clock
from trefoil.clocks.operations import start_clock, stop_clock, withdraw_clock
from trefoil.people.models import Partnership, Person
from trefoil.reviews.models import STANDS
from trefoil.reviews.moving import LETTERS, moment_of

from .enums import DeathState
from .hierarchy import steps
from .models import Death, DeathMove

NOTICE, RESPONSE, REPORTING, MEETING, PANEL = "CD-NOT", "CD-JAR", "CD-FORMB", "CD-CDRM", "CD-CDOP"
REPORT = "CD-REP"
LABELS = {NOTICE: "Notice", RESPONSE: "Joint response", MEETING: "Review meeting", PANEL: "Panel"}
# The steps on which the response counts as begun: who is on call was reached, and the place was visited.
BEGUN = ("contacts", "visit")


def new_reference() -> str:
    """`CD-7KQ4MX`: drawn by lot, so that one reference says nothing of how many others there are."""
    while True:
        drawn = "CD-" + "".join(secrets.choice(LETTERS) for _ in range(6))
        if not Death.objects.filter(reference=drawn).exists():
            return drawn


def held(death: Death) -> Death:
    """The death as it is now, locked until the transaction ends."""
    return Death.objects.select_for_update(of=("self",)).select_related("partnership").get(pk=death.pk)


def move(
    death: Death, to: DeathState, *, by: Person, now: datetime, reason: str = "", is_undoing: bool = False
) -> None:
    """Change the status of a held death, and write the move down beside it."""
    before = death.state
    Death.objects.filter(pk=death.pk).update(state=to)
    death.state = to
    DeathMove.objects.create(
        death=death, from_state=before, to_state=to, reason=reason, is_undoing=is_undoing, moved_at=now, moved_by=by
    )


def on_death(death: Death) -> dict[str, Any]:
    """Where a line of the trail belongs. No line holds words of the record: the trail is not sealed."""
    return {"partnership": death.partnership.slug, "subject": death.subject}


def begin_clock(death: Death, rule_id: str, started_at: datetime, *, by: Person, now: datetime) -> None:
    """Start one of its clocks, for its readers alone."""
    start_clock(
        partnership=death.partnership,
        rule_id=rule_id,
        subject=death.subject,
        label=f"{LABELS[rule_id]}: {death.reference}",
        started_at=started_at,
        is_restricted=True,
        by=by,
        now=now,
    )


def begin_meeting_clock(death: Death, *, by: Person, now: datetime) -> None:
    """From the day of the death."""
    begin_clock(death, MEETING, moment_of(death.died_on, now), by=by, now=now)


def open_clocks(death: Death, *rule_ids: str) -> list[Clock]:
    """Its clocks under these rules that still run."""
    return list(Clock.objects.about(death.subject).open().filter(rule_id__in=rule_ids))


def end_clocks(death: Death, *rule_ids: str, done_at: datetime, by: Person, now: datetime) -> None:
    """What was owed is done."""
    for clock in open_clocks(death, *rule_ids):
        stop_clock(clock=clock, stopped_at=max(done_at, clock.started_at), by=by, now=now)


def drop_clocks(death: Death, *rule_ids: str, reason: str, by: Person, now: datetime) -> None:
    """What was owed is not owed any more."""
    for clock in open_clocks(death, *rule_ids):
        withdraw_clock(clock=clock, reason=reason, by=by, now=now)


def keep_response_clock(death: Death, *, by: Person, now: datetime) -> None:
    """It runs while a joint agency response is needed, until it has begun."""
    if not death.response_decisions.filter(STANDS, is_needed=True).exists():
        return
    done = {one.code: one.done_on for one in death.steps.all() if one.code in BEGUN}
    if set(BEGUN) <= set(done):
        end_clocks(death, RESPONSE, done_at=moment_of(max(done.values()), now), by=by, now=now)


def reporting_due(partnership: Partnership, now: datetime) -> date | None:
    """By when an agency that is asked now answers: the rule of the pack, or the partnership's own. None: no number."""
    asked = Clock(partnership=partnership, rule_id=REPORTING)
    hold_to(asked, started_at=now, due_on=None)
    reckon(asked)
    return None if asked.due_at is None else timezone.localdate(asked.due_at)


def step_codes() -> set[str]:
    """The codes of the steps of a response."""
    return {one.code for one in steps()}
