"""The words of child death reviews: closed lists, each with what stands on the page."""

from django.db.models import IntegerChoices, TextChoices


class DeathState(TextChoices):
    """How far the review of a death has come. What is due or late is read from its clocks."""

    NOTIFIED = "notified", "Notified"
    GATHERING = "gathering", "Information being gathered"
    DISCUSSED = "discussed", "Review meeting held"
    WITH_PANEL = "with_panel", "With the panel"
    CLOSED = "closed", "Closed"
    PASSED_ON = "passed_on", "Passed on to the home area"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Expected(TextChoices):
    """Whether the death was foreseen a day before it, or before what led to it."""

    EXPECTED = "expected", "Expected"
    UNEXPECTED = "unexpected", "Unexpected"
    UNKNOWN = "unknown", "Not known yet"


class Sex(TextChoices):
    """As it was registered, or as the family say it."""

    FEMALE = "female", "Female"
    MALE = "male", "Male"
    OTHER = "other", "Another answer"
    UNKNOWN = "unknown", "Not known"


class EthnicGroup(TextChoices):
    """As the family say it, in the five groups of the census. Finer groups of so few deaths would tell of a child."""

    ASIAN = "asian", "Asian or Asian British"
    BLACK = "black", "Black, Black British, Caribbean or African"
    MIXED = "mixed", "Mixed or multiple ethnic groups"
    WHITE = "white", "White"
    OTHER = "other", "Another ethnic group"
    UNKNOWN = "unknown", "Not known"


class Home(TextChoices):
    """Where the child normally lived: the partners of that area review the death."""

    HERE = "here", "Here, in this partnership’s area"
    ELSEWHERE = "elsewhere", "In another area of England"
    ABROAD = "abroad", "Outside England"
    UNKNOWN = "unknown", "Not known yet"


class AgeGroup(TextChoices):
    """The age at death, in the groups of the national database."""

    NEONATAL = "neonatal", "Under 28 days"
    INFANT = "infant", "28 days to under 1 year"
    ONE_TO_FOUR = "one_to_four", "1 to 4 years"
    FIVE_TO_NINE = "five_to_nine", "5 to 9 years"
    TEN_TO_FOURTEEN = "ten_to_fourteen", "10 to 14 years"
    FIFTEEN_TO_SEVENTEEN = "fifteen_to_seventeen", "15 to 17 years"
    UNKNOWN = "unknown", "Not known"


class ReaderRole(TextChoices):
    """What somebody is on a death for. A panel member is on the panel instead, and reads its papers alone."""

    LEAD = "lead", "Runs this review and says who reads it"
    TEAM = "team", "Works on it and reads all of it"
    CONTRIBUTOR = "contributor", "Answers for one agency, and reads that answer alone"


class Likeness(TextChoices):
    """In what two notifications are alike, the surest first."""

    SAME = "same", "The same name and date of birth"
    SOUND = "sound", "A name that sounds alike, and the same date of birth"
    TURNED = "turned", "The same name, and a date of birth with day and month exchanged"
    NAME = "name", "The same name, and another or no date of birth"
    BORN = "born", "The same date of birth and day of death"


class Known(TextChoices):
    """Whether an agency knew the child."""

    YES = "yes", "Yes"
    FAMILY = "family", "The family, and not the child"
    NO = "no", "No"


class Domain(TextChoices):
    """The four domains of contributory factors on the national analysis form."""

    INTRINSIC = "A", "A: the child themselves"
    SOCIAL = "B", "B: family, parenting and social surroundings"
    PHYSICAL = "C", "C: physical surroundings"
    SERVICE = "D", "D: services given, and how they worked"


class Score(IntegerChoices):
    """How far the factors of a domain played a part."""

    NOT_AVAILABLE = 0, "0: information not available"
    NO_PART = 1, "1: no factors, or unlikely to have played a part"
    MAY_HAVE = 2, "2: may have played a part"


# Reviewed by the partners of another area, unless both agree on something else.
AWAY = (Home.ELSEWHERE, Home.ABROAD)
# Not withdrawn, not closed and not passed on: people still work on it.
OPEN_STATES = (DeathState.NOTIFIED, DeathState.GATHERING, DeathState.DISCUSSED, DeathState.WITH_PANEL)
STATE_COLOURS = {
    DeathState.NOTIFIED: "orange",
    DeathState.GATHERING: "blue",
    DeathState.DISCUSSED: "teal",
    DeathState.WITH_PANEL: "teal",
    DeathState.CLOSED: "green",
    DeathState.PASSED_ON: "grey",
    DeathState.WITHDRAWN: "grey",
}
