"""The closed lists of publishing: kinds, statuses, blocks and answers."""

from django.db.models import TextChoices


class PublicKind(TextChoices):
    """What a document is. Each has a pattern of the same name."""

    YEARLY_REPORT = "yearly_report", "Yearly report"
    ARRANGEMENTS = "arrangements", "Published arrangements"
    COMMITTEE_REPORT = "committee_report", "Committee report"


class PublicState(TextChoices):
    """Where a document stands."""

    DRAFT = "draft", "Draft"
    WITH_PARTNERS = "with_partners", "With the partners"
    APPROVED = "approved", "Approved"
    FROZEN = "frozen", "Frozen"


class BlockKind(TextChoices):
    """Figures out of the records. The value is a part of the address of its form."""

    INDICATOR = "indicator", "An indicator, with its chart"
    PRIORITY = "priority", "A priority of the plan, with its impact"
    BUDGET = "budget", "A budget’s totals"


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
