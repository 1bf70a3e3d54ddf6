"""The closed lists of the plan: statuses, sources, kinds of evidence, and what each means on a screen."""

from django.db.models import TextChoices


class ActionState(TextChoices):
    """Where an action stands."""

    PROPOSED = "proposed", "Proposed"
    ACCEPTED = "accepted", "Accepted"
    REFUSED = "refused", "Refused"
    UNDER_WAY = "under_way", "Under way"
    DONE = "done", "Done"
    CLOSED = "closed", "Closed"
    WITHDRAWN = "withdrawn", "Withdrawn"


# Somebody still has to do the work; past its date the action is overdue.
WORKING_STATES = (ActionState.PROPOSED, ActionState.ACCEPTED, ActionState.UNDER_WAY)
# Taken on by its agency and not finished: updates are written and dates are moved.
TAKEN_ON_STATES = (ActionState.ACCEPTED, ActionState.UNDER_WAY)
# Nothing is waited for any more.
ENDED_STATES = (ActionState.CLOSED, ActionState.WITHDRAWN)
# Evidence may be added and impact judged: the work has begun, or is over.
EVIDENCE_STATES = (ActionState.ACCEPTED, ActionState.UNDER_WAY, ActionState.DONE, ActionState.CLOSED)


class Standing(TextChoices):
    """How the owner says an action stands. Their word, beside the date, which speaks for itself."""

    ON_TRACK = "on_track", "On track"
    AT_RISK = "at_risk", "At risk"
    OFF_TRACK = "off_track", "Off track"


class SourceKind(TextChoices):
    """Where a recommendation or an action came from."""

    RAPID_REVIEW = "rapid_review", "Rapid review"
    LCSPR = "lcspr", "Local child safeguarding practice review"
    AUDIT = "audit", "Audit"
    INSPECTION = "inspection", "Inspection"
    NATIONAL_REVIEW = "national_review", "National review"
    SCRUTINY = "scrutiny", "Independent scrutiny"
    MEETING = "meeting", "Meeting"
    VOICE = "voice", "Children, families or practitioners"
    CHILD_DEATH = "child_death", "Child death review"
    OTHER = "other", "Other"


class EvidenceKind(TextChoices):
    """What sort of proof it is. Each has fields of its own."""

    INDICATOR = "indicator", "An indicator before and after"
    AUDIT = "audit", "An audit and its re-audit"
    TRAINING = "training", "Training, and whether it is used at work"
    VOICE = "voice", "What children, families or practitioners said"
    OTHER = "other", "Something else"


class VoiceOf(TextChoices):
    """Whose words. Never a name."""

    CHILDREN = "children", "Children and young people"
    FAMILIES = "families", "Parents and carers"
    PRACTITIONERS = "practitioners", "Practitioners"


class Verdict(TextChoices):
    """What a judge of impact finds."""

    SHOWN = "shown", "Impact shown"
    PARTLY = "partly", "Impact partly shown"
    NOT_SHOWN = "not_shown", "Impact not shown"
    CANNOT_SHOW = "cannot_show", "Impact cannot be shown"


# With one of these an action may be closed.
CLOSING_VERDICTS = (Verdict.SHOWN, Verdict.PARTLY, Verdict.CANNOT_SHOW)
# These say that something changed.
VERDICTS_OF_CHANGE = (Verdict.SHOWN, Verdict.PARTLY)
# These rest on evidence; that none can be shown rests on a reason alone.
VERDICTS_ON_EVIDENCE = (Verdict.SHOWN, Verdict.PARTLY, Verdict.NOT_SHOWN)


class RetestOutcome(TextChoices):
    """Whether a change that was shown has lasted."""

    HELD = "held", "It has held"
    SLIPPED = "slipped", "It has slipped back"
    CANNOT_TELL = "cannot_tell", "Cannot be told yet"


class Position(TextChoices):
    """A statutory partner's position on a year's plan."""

    AGREES = "agrees", "Agrees"
    AGREES_WITH_CONDITIONS = "conditions", "Agrees with conditions"
    DOES_NOT_AGREE = "does_not_agree", "Does not agree"


AGREEING_POSITIONS = (Position.AGREES, Position.AGREES_WITH_CONDITIONS)
