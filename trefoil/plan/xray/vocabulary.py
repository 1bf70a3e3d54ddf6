"""What the X-ray looks for: each check with its name, why it matters and how it is mended; and its limits in days."""

from dataclasses import dataclass
from enum import StrEnum


class Check(StrEnum):
    """One thing that a plan can hide. The order is that of the page: the gravest first."""

    OVERDUE_SILENT = "overdue-silent"
    CLOSED_WITHOUT_IMPACT = "closed-without-impact"
    GREEN_WITHOUT_EVIDENCE = "green-without-evidence"
    SAME_AGAIN = "same-again"
    SAME_TWICE = "same-twice"
    NO_OWNER = "no-owner"
    OWNER_LEFT = "owner-left"
    NO_PERSON = "no-person"
    NO_ANSWER = "no-answer"
    NO_ACTION = "no-action"
    MOVED_OFTEN = "moved-often"
    DONE_NOT_JUDGED = "done-not-judged"
    EVIDENCE_OLDER = "evidence-older"
    RETEST_OVERDUE = "retest-overdue"
    PRIORITY_UNMEASURED = "priority-unmeasured"
    MEASURE_STALE = "measure-stale"
    MEASURE_AIMLESS = "measure-aimless"
    RISK_REVIEW_OVERDUE = "risk-review-overdue"
    RISK_UNCONTROLLED = "risk-uncontrolled"
    RISK_UNTESTED = "risk-untested"


@dataclass(frozen=True, slots=True)
class Words:
    """A check for a reader: its name, why it matters, and how it is mended."""

    name: str
    why: str
    mend: str


@dataclass(frozen=True, slots=True)
class Limits:
    """From when on the X-ray speaks. Days, except `moves` (a count), `high_score` (1 to 25) and `alike` (0 to 100).

    They are this system's own choice, not law: a partnership that updates monthly hears of an overdue action once a
    month was missed.
    """

    silent_days: int = 28
    answer_days: int = 10
    action_days: int = 28
    judge_days: int = 90
    stale_days: int = 190
    moves: int = 3
    high_score: int = 15
    alike: int = 78


WORDS: dict[Check, Words] = {
    Check.OVERDUE_SILENT: Words(
        "Overdue with no word",
        "The date has passed and nobody has said why.",
        "Ask the owner for an update or a new date with a reason.",
    ),
    Check.CLOSED_WITHOUT_IMPACT: Words(
        "Closed without impact",
        "The action is closed and nothing shows that it changed anything.",
        "Add evidence of impact, or accept it with a reason.",
    ),
    Check.GREEN_WITHOUT_EVIDENCE: Words(
        "Green without evidence",
        "It is said to be on track and there is nothing to back it.",
        "Add dated evidence, or change what is said.",
    ),
    Check.SAME_AGAIN: Words(
        "Same recommendation as one closed before",
        "The earlier work did not hold, or nobody remembered it.",
        "Read both. Build on what was done, and ask why it did not last.",
    ),
    Check.SAME_TWICE: Words(
        "Same recommendation open twice",
        "Two sources ask for one thing. Work and updates split in two.",
        "Answer both with one action.",
    ),
    Check.NO_OWNER: Words(
        "No owner",
        "What belongs to everybody is done by nobody.",
        "Give it an agency and a person.",
    ),
    Check.OWNER_LEFT: Words(
        "Owner has left",
        "The agency or person who owned it is no longer here.",
        "Hand it over.",
    ),
    Check.NO_PERSON: Words(
        "Accepted without a person",
        "An agency has accepted it and has not said who does it.",
        "Ask the agency to name a person.",
    ),
    Check.NO_ANSWER: Words(
        "Proposed and not answered",
        "The agency has neither accepted nor refused.",
        "Ask for an answer, or take it to the next meeting.",
    ),
    Check.NO_ACTION: Words(
        "Recommendation without an action",
        "Somebody recommended it and nobody was asked to do anything.",
        "Give it an action, or withdraw it with a reason.",
    ),
    Check.MOVED_OFTEN: Words(
        "Date moved again and again",
        "An action that keeps moving is not being done.",
        "Ask what stands in its way. It may be a risk, or the wrong action.",
    ),
    Check.DONE_NOT_JUDGED: Words(
        "Done and not judged",
        "Nobody has asked yet whether it made a difference.",
        "Judge its impact, or set a day for a re-test.",
    ),
    Check.EVIDENCE_OLDER: Words(
        "Evidence older than the action",
        "What is shown as impact was known before the work began.",
        "Add evidence from after the change.",
    ),
    Check.RETEST_OVERDUE: Words(
        "Re-test overdue",
        "Somebody promised to look again and has not.",
        "Do the re-test, or withdraw it with a reason and set another day.",
    ),
    Check.PRIORITY_UNMEASURED: Words(
        "Priority without a measure",
        "Nobody can say whether it goes better or worse.",
        "Choose an indicator, or enter figures by hand.",
    ),
    Check.MEASURE_STALE: Words(
        "Measure without a recent figure",
        "An old figure is read as if it were today's.",
        "Enter the latest figure, or say why there is none.",
    ),
    Check.MEASURE_AIMLESS: Words(
        "Measure without a target",
        "Nobody has said how good is good enough.",
        "Set a target, or accept it with a reason.",
    ),
    Check.RISK_REVIEW_OVERDUE: Words(
        "Risk not looked at in time",
        "A risk that nobody reviews is only a list.",
        "Review it and set the next date.",
    ),
    Check.RISK_UNCONTROLLED: Words(
        "High risk without a control",
        "The score is high and nothing stands against it.",
        "Add a control with an owner.",
    ),
    Check.RISK_UNTESTED: Words(
        "Score lowered by controls that nobody has tested",
        "The score after controls trusts what has not been checked.",
        "Say what assurance there is for each control.",
    ),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found. `subject` is a reference such as `action:12`; `beside` is the record it is laid beside, if any.

    `title` is the record's own words; `quote` those of the record beside it. `reason` is a whole sentence.
    """

    check: Check
    subject: str
    title: str
    reason: str
    owner: str = ""
    beside: str = ""
    quote: str = ""
    score: int = 0
    weight: int = 0

    @property
    def key(self) -> str:
        """What an acceptance holds on to: the check and the records, not the words."""
        return f"{self.check}/{self.subject}" + (f"/{self.beside}" if self.beside else "")
