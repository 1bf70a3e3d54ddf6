"""Fairmead's clocks: one in every status, good, bad and late, dated from the demo's day. Nothing in them is real."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from trefoil.clocks.models import Clock
from trefoil.clocks.operations import (
    enter_school_term,
    explain_breach,
    hand_over_clock,
    move_start,
    pause_clock,
    record_attempt,
    resume_clock,
    set_local_limit,
    sign_off_rule,
    start_clock,
    stop_clock,
    withdraw_clock,
)
from trefoil.clocks.reckoning.kinds import Unit
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person

from .borough import Borough

# Nobody held a duty in Fairmead before: what began earlier was written down then.
LONGEST_AGO = 700


@dataclass(frozen=True)
class Plain:
    """A clock that needs no more than a start and perhaps an end, both in days before the demo's day."""

    rule: str
    label: str
    agency: str
    started: int
    stopped: int | None = None


PLAIN = (
    Plain("PT-LF", "Executive meets", "team", 20),
    Plain("PT-LF", "Executive met in the spring", "team", 130, 75),
    Plain("PT-LRG", "Learning and review group meets", "team", 85),
    Plain("PT-PQA", "Quality group meets", "team", 100, 12),
    Plain("PT-DASH", "Dashboard of the summer quarter", "team", 150, 40),
    Plain("PT-DASH", "Dashboard of the autumn quarter", "team", 53),
    Plain("PT-AUDIT", "Audit day: neglect of infants", "icb", 60),
    Plain("PT-AUDIT", "Audit day: children who go missing", "police", 210, 130),
    Plain("PT-DEEP", "Deep dive: exploitation outside the home", "police", 100),
    Plain("PT-YR", "Yearly report", "team", 290),
    Plain("PT-MASA", "Review of the published arrangements", "team", 335),
    Plain("PT-S11", "Section 11 return of the hospital", "hospital", 380),
    Plain("PT-S11", "Section 11 return of the police", "police", 350),
    Plain("PT-SCRUT", "Scrutineer’s visit", "team", 200),
    Plain("SI-NOT", "Notification of incident 1", "council", 210, 206),
    Plain("SI-NOT", "Notification of incident 2", "council", 40, 30),
    Plain("SI-AVAIL", "Published review 1 stays available", "team", 190),
    Plain("SI-AVAIL", "Published review of last year stays available", "team", 400),
    Plain("EX-PANEL", "Exploitation panel meets", "police", 25),
    Plain("ESC-1", "Disagreement over a threshold decision", "icb", 3),
    Plain("CO-MEM", "Member’s enquiry on school admissions", "complaints", 5),
    Plain("CO-MEM", "Member’s enquiry on the front door", "complaints", 30, 18),
    Plain("DP-SAR", "Request of a former employee", "council", 22),
    Plain("VO-YP", "Young people’s report to the committee", "charities", 120),
    Plain("SI-PANELREPLY", "The panel’s answer on incident 1", "team", 180),
)


def invent_clocks(borough: Borough, now: datetime) -> None:
    """The limits that Fairmead has settled, and its clocks."""
    clocks = _Clocks(borough, _holder(borough, DutyKind.BUSINESS_MANAGER), now)
    _settle(borough, clocks.manager, now)
    for plain in PLAIN:
        clock = clocks.started(plain.rule, plain.label, plain.agency, plain.started)
        if plain.stopped is not None:
            clocks.stopped(clock, plain.stopped)
    _rapid_reviews(clocks)
    _changed(clocks)


@dataclass(frozen=True)
class _Clocks:
    """Where, by whom and on which day the clocks are made; days are days before the demo's."""

    borough: Borough
    manager: Person
    now: datetime

    def before(self, days: int) -> datetime:
        return self.now - timedelta(days=days)

    def started(self, rule_id: str, label: str, agency: str, days: int) -> Clock:
        moment = self.before(days)
        return start_clock(
            partnership=self.borough.partnership,
            rule_id=rule_id,
            subject=f"partnership:{self.borough.partnership.slug}",
            label=label,
            started_at=moment,
            by=self.manager,
            now=max(moment, self.before(LONGEST_AGO)),
            agency=self.borough.agencies[agency],
        )

    def stopped(self, clock: Clock, days: int) -> None:
        stop_clock(clock=clock, stopped_at=self.before(days), by=self.manager, now=self.before(days))

    def explained(self, clock: Clock, reason: str, days: int = 0) -> None:
        explain_breach(clock=clock, reason=reason, by=self.manager, now=self.before(days))

    def paused(self, clock: Clock, reason: str, days: int) -> None:
        pause_clock(clock=clock, reason=reason, by=self.manager, now=self.before(days))


def _settle(borough: Borough, manager: Person, now: datetime) -> None:
    set_local_limit(
        partnership=borough.partnership,
        rule_id="ESC-1",
        length=3,
        unit=Unit.WORKING_DAYS,
        starts_on=_before(now, 120).date(),
        reason="The executive shortened it after the audit of last spring: children waited while agencies argued.",
        by=manager,
        now=_before(now, 125),
    )
    set_local_limit(
        partnership=borough.partnership,
        rule_id="FD-WRITE",
        length=24,
        unit=Unit.HOURS,
        starts_on=_before(now, 300).date(),
        reason="Fairmead’s procedures, section 2: a referral by telephone is confirmed within a day.",
        by=manager,
        now=_before(now, 300),
    )
    for rule_id, words in (
        ("FD-DEC", "Looked up in the edition of 2026 with the head of the front door: one working day still holds."),
        ("SI-RR", "Confirmed with the panel’s secretariat: 15 working days from the day the notification is sent."),
    ):
        partner = _holder(borough, DutyKind.SAFEGUARDING_PARTNER)
        sign_off_rule(partnership=borough.partnership, rule_id=rule_id, words=words, by=partner, now=_before(now, 60))
    year = now.year if now.month >= 9 else now.year - 1
    for name, first, last in (
        ("Autumn, first half", date(year, 9, 2), date(year, 10, 23)),
        ("Autumn, second half", date(year, 11, 2), date(year, 12, 18)),
        ("Spring, first half", date(year + 1, 1, 4), date(year + 1, 2, 12)),
    ):
        enter_school_term(
            partnership=borough.partnership, name=name, starts_on=first, ends_on=last, by=manager, now=_before(now, 90)
        )


def _rapid_reviews(clocks: _Clocks) -> None:
    """One in time, one late with its reason, one that runs; a local review whose start was corrected afterwards."""
    clocks.stopped(clocks.started("SI-RR", "Rapid review of incident 1", "council", 206), 186)
    second = clocks.started("SI-RR", "Rapid review of incident 2", "council", 30)
    why = "Two agencies sent their summaries a week late. The review is written and goes to the panel on Friday."
    clocks.explained(second, why, 2)
    clocks.started("SI-RR", "Rapid review of incident 3", "council", 4)
    local_review = clocks.started("SI-LCSPR", "Local review 1", "council", 180)
    clocks.stopped(local_review, 0)
    move_start(
        clock=local_review,
        started_at=clocks.before(195),
        by=clocks.manager,
        now=clocks.now,
        reason="The decision was made at the meeting before the one first written down.",
    )
    clocks.explained(local_review, "The inquest was adjourned; the coroner asked that nothing be published before it.")


def _changed(clocks: _Clocks) -> None:
    """Paused, gone on, tried in vain, handed over, withdrawn."""
    manager = clocks.manager
    paused = clocks.started("CO-S2", "Complaint 7, stage 2", "complaints", 20)
    clocks.paused(paused, "The family asked to wait until the assessment is finished.", 9)
    went_on = clocks.started("CO-S1", "Complaint 9, stage 1", "complaints", 18)
    clocks.paused(went_on, "The officer who answers was away ill.", 14)
    resume_clock(clock=went_on, by=manager, now=clocks.before(8))
    tried = clocks.started("PT-S11", "Section 11 return of the voluntary sector", "charities", 372)
    for days, words in ((30, "Reminder sent; no answer."), (12, "Called; promised by Friday, not received.")):
        moment = clocks.before(days)
        record_attempt(clock=tried, succeeded=False, attempted_at=moment, by=manager, now=moment, words=words)
    hand_over_clock(
        clock=clocks.started("PT-TRREF", "Training of the executive refreshed", "team", 1080),
        agency=clocks.borough.agencies["icb"],
        by=manager,
        now=clocks.before(15),
        reason="The designated nurse runs the course this year.",
    )
    withdraw_clock(
        clock=clocks.started("SI-NOT", "Notification of incident 4", "council", 6),
        reason="The child lives in another borough, which notifies. It was entered here by mistake.",
        by=manager,
        now=clocks.before(5),
    )


def _holder(borough: Borough, kind: DutyKind) -> Person:
    return borough.partnership.duties.filter(kind=kind).order_by("pk")[0].person


def _before(now: datetime, days: int) -> datetime:
    return now - timedelta(days=days)
