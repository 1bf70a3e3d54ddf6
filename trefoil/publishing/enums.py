"""The closed lists of publishing: kinds, statuses, blocks and answers."""

from django.db.models import TextChoices


class PublicKind(TextChoices):
    """What a document is. Each has a pattern of the same name."""

    YEARLY_REPORT = "yearly_report", "Yearly report"
    ARRANGEMENTS = "arrangements", "Published arrangements"
    COMMITTEE_REPORT = "committee_report", "Committee report"
    REVIEW_REPORT = "review_report", "Review report"
    LEARNING_BRIEFING = "learning_briefing", "Learning briefing"
    POLICY = "policy", "Policy or procedure"
    NEWSLETTER = "newsletter", "Newsletter"


class PublicState(TextChoices):
    """Where a document stands."""

    DRAFT = "draft", "Draft"
    WITH_PARTNERS = "with_partners", "With the partners"
    APPROVED = "approved", "Approved"
    FROZEN = "frozen", "Frozen"


class BlockKind(TextChoices):
    """Figures out of the records. The value is a part of the address of its form; of a period shows `period`."""

    INDICATOR = "indicator", "An indicator, with its chart"
    PRIORITY = "priority", "A priority of the plan, with its impact"
    BUDGET = "budget", "A budget’s totals"
    REVIEWS = "reviews", "Reviews, and what changed"
    TRAINING = "training", "Training, and its use at work"
    VOICE = "voice", "What children and families said"
    ATTENDANCE = "attendance", "Who came to a group’s meetings"
    SCRUTINY = "scrutiny", "What scrutiny found, and the answers"


class Answer(TextChoices):
    """What a statutory partner says to a document that was put to it."""

    APPROVES = "approves", "Approves"
    ASKS = "asks", "Asks for changes"


class Found(TextChoices):
    """How one line of the check stands."""

    PRESENT = "present", "Present"
    MISSING = "missing", "Missing"
    FAULT = "fault", "To be mended"
    DOUBT = "doubt", "Look again"
    OVERRULED = "overruled", "Set aside"


class EditionState(TextChoices):
    """Where a frozen edition stands with the public. Never stored: its newest move says it."""

    NOT_PUBLISHED = "not_published", "Not published"
    PUBLISHED = "published", "Published"
    TAKEN_DOWN = "taken_down", "Taken down"


class TakenDownFor(TextChoices):
    """For which kind of reason an edition was taken down, as the public reads it. None of them points at anybody."""

    MISTAKE = "mistake", "Something in it was wrong"
    OUT_OF_DATE = "out_of_date", "It is out of date"
    LONG_ENOUGH = "long_enough", "It was published for as long as it had to be"


class LinkFound(TextChoices):
    """What came of trying a link."""

    OPEN = "open", "Opens"
    DEAD = "dead", "Leads nowhere"
    UNSURE = "unsure", "Could not be tried to the end"


class BoardSaid(TextChoices):
    """What a partner's own board said to an edition."""

    NOTED = "noted", "Noted it"
    AGREED = "agreed", "Agreed to it"
    ASKED = "asked", "Asked for something"


class SentBy(TextChoices):
    """How an edition went to somebody."""

    EMAIL = "email", "E-mail"
    PORTAL = "portal", "Their own portal"
    POST = "post", "Post"
    BY_HAND = "by_hand", "By hand"
