"""The clock of a risk's next review (`PL-RISK`).

Its label holds the risk's number alone: who reads what is due may not read the register.
"""

from datetime import datetime

from trefoil.clocks.models import Clock
from trefoil.clocks.operations import start_clock, stop_clock
from trefoil.clocks.operations.keeping import hand_over_clock, withdraw_clock
from trefoil.people.models import Person

from .models import Risk

RULE = "PL-RISK"


def run_until_review(risk: Risk, *, by: Person, now: datetime) -> None:
    """Start counting to the risk's next review. What ran before is stopped: the review has just been made."""
    for clock in _running(risk):
        stop_clock(clock=clock, stopped_at=now, by=by, now=now)
    start_clock(
        partnership=risk.partnership,
        rule_id=RULE,
        subject=risk.reference,
        label=f"Review of risk {risk.name}",
        started_at=now,
        due_on=risk.review_on,
        agency=risk.agency,
        person=risk.person,
        by=by,
        now=now,
    )


def no_longer(risk: Risk, reason: str, *, by: Person, now: datetime) -> None:
    """The risk is closed: its review is not waited for any more."""
    for clock in _running(risk):
        withdraw_clock(clock=clock, reason=reason, by=by, now=now)


def follow_owner(risk: Risk, *, by: Person, now: datetime) -> None:
    """Whoever owns the risk owes its review."""
    for clock in _running(risk):
        moved = (clock.agency_id, clock.person_id) != (risk.agency_id, risk.person_id)
        if moved and (risk.agency or risk.person):
            hand_over_clock(clock=clock, agency=risk.agency, person=risk.person, by=by, now=now)


def _running(risk: Risk) -> list[Clock]:
    return list(Clock.objects.about(risk.reference).under(RULE).open())
