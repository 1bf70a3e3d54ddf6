"""The words of serious incidents and rapid reviews: closed lists, each with what stands on the page."""

from django.db.models import TextChoices


class IncidentKind(TextChoices):
    """What happened to the child."""

    DEATH = "death", "A child died"
    HARM = "harm", "A child was seriously harmed"


class ReviewState(TextChoices):
    """How far a review has come. What is due or late is read from its clocks."""

    RECORDED = "recorded", "Recorded"
    TO_NOTIFY = "to_notify", "To be notified"
    NOT_NOTIFIED = "not_notified", "Not notified"
    RAPID = "rapid", "Rapid review under way"
    DECIDED = "decided", "Next step decided"
    SENT = "sent", "Rapid review sent"
    LEARNT = "learnt", "Learning ended"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Abuse(TextChoices):
    """The first limb of the test: Children Act 2004, section 16C(1)."""

    KNOWN = "known", "Yes, it is known"
    SUSPECTED = "suspected", "Yes, it is suspected"
    NEITHER = "neither", "No, neither known nor suspected"


class Place(TextChoices):
    """The last limb of the test: where it happened."""

    HERE = "here", "In the local authority’s area"
    ABROAD = "abroad", "Outside England, and the child normally lives in the area"
    ELSEWHERE = "elsewhere", "In another area of England"


class ReaderRole(TextChoices):
    """What somebody is on a review for."""

    LEAD = "lead", "Runs the review and says who reads it"
    PANEL = "panel", "Reads the review"
    CONTRIBUTOR = "contributor", "Writes the part of one agency, and reads that alone"


class Answer(TextChoices):
    """The answer to a criterion."""

    YES = "yes", "Yes"
    NO = "no", "No"
    UNKNOWN = "unknown", "Not known yet"


class NextStepKind(TextChoices):
    """What follows a rapid review."""

    LOCAL_REVIEW = "local_review", "A local child safeguarding practice review"
    OTHER_LEARNING = "other_learning", "Learning in another way, without a local review"
    NOTHING_MORE = "nothing_more", "The rapid review is enough"


class Recipient(TextChoices):
    """Whom the partners write to."""

    PANEL = "panel", "The national panel"
    OFSTED = "ofsted", "Ofsted"
    DEPARTMENT = "department", "The Department for Education"


class LetterSubject(TextChoices):
    """What a letter is about."""

    RAPID_REVIEW = "rapid_review", "The rapid review"
    DECISION = "decision", "What follows the rapid review"
    DELAY = "delay", "Why something is late"
    REPORT = "report", "The report, before it is published"
    WITHHELD = "withheld", "Why not all of it is published"
    OTHER = "other", "Something else"


class ReplyKind(TextChoices):
    """What came back."""

    AGREES = "agrees", "They agree"
    DISAGREES = "disagrees", "They do not agree"
    ASKS = "asks", "They ask for more"
    NOTED = "noted", "They have noted it"


# Not withdrawn and not ended: people still work on it.
OPEN_STATES = (ReviewState.RECORDED, ReviewState.TO_NOTIFY, ReviewState.RAPID, ReviewState.DECIDED)
STATE_COLOURS = {
    ReviewState.RECORDED: "blue",
    ReviewState.TO_NOTIFY: "orange",
    ReviewState.NOT_NOTIFIED: "grey",
    ReviewState.RAPID: "blue",
    ReviewState.DECIDED: "teal",
    ReviewState.SENT: "green",
    ReviewState.LEARNT: "green",
    ReviewState.PUBLISHED: "green",
    ReviewState.WITHDRAWN: "grey",
}
