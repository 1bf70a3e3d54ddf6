"""The closed lists of meetings."""

from django.db.models import IntegerChoices, TextChoices


class CycleUnit(TextChoices):
    WEEKS = "weeks", "Weeks"
    MONTHS = "months", "Months"


class Weekday(IntegerChoices):
    """As Python counts them."""

    MONDAY = 0, "Monday"
    TUESDAY = 1, "Tuesday"
    WEDNESDAY = 2, "Wednesday"
    THURSDAY = 3, "Thursday"
    FRIDAY = 4, "Friday"


class Nth(IntegerChoices):
    """Which of a month's Tuesdays, say."""

    FIRST = 1, "First"
    SECOND = 2, "Second"
    THIRD = 3, "Third"
    FOURTH = 4, "Fourth"
    LAST = -1, "Last"


class MeetingState(TextChoices):
    PLANNED = "planned", "Planned"
    AGENDA_SENT = "agenda_sent", "Agenda sent"
    HELD = "held", "Held"
    CANCELLED = "cancelled", "Cancelled"


class MinutesState(TextChoices):
    DRAFT = "draft", "Draft"
    CIRCULATED = "circulated", "Circulated"
    APPROVED = "approved", "Approved"


class DecisionState(TextChoices):
    OPEN = "open", "Positions awaited"
    MADE = "made", "Made"
    NOT_MADE = "not_made", "Not made"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Purpose(TextChoices):
    """What an item asks of the meeting."""

    DECIDE = "decide", "To decide"
    DISCUSS = "discuss", "To discuss"
    NOTE = "note", "To note"


class Presence(TextChoices):
    """How somebody who was expected took part."""

    EXPECTED = "expected", "Not yet known"
    PRESENT = "present", "Present"
    SUBSTITUTE = "substitute", "Sent a substitute"
    APOLOGIES = "apologies", "Apologies"
    ABSENT = "absent", "Absent without apologies"


# Who counts as being there. A substitute counts when the terms of reference say so.
IN_THE_ROOM = frozenset({Presence.PRESENT, Presence.SUBSTITUTE})


class Stance(TextChoices):
    AGREE = "agree", "Agrees"
    DISAGREE = "disagree", "Does not agree"


class Authority(TextChoices):
    """In what right somebody speaks for a statutory partner. Source: Working Together 2023, chapter 2."""

    LEAD = "lead", "As lead safeguarding partner"
    DELEGATED = "delegated", "As delegated safeguarding partner"


class BoardKind(TextChoices):
    HEALTH_AND_WELLBEING = "health_and_wellbeing", "Health and wellbeing board"
    ADULTS = "adults", "Safeguarding adults board"
    COMMUNITY_SAFETY = "community_safety", "Community safety partnership"
    CORPORATE_PARENTING = "corporate_parenting", "Corporate parenting board"
    FAMILY_JUSTICE = "family_justice", "Local family justice board"
    COUNCIL = "council", "Committee of the council"
    OTHER = "other", "Another board"


class Recurrence(TextChoices):
    """How often something of the forward work programme comes up."""

    ONCE = "once", "Once"
    YEARLY = "yearly", "Every year"
    STANDING = "standing", "At every meeting"


class EntryKind(TextChoices):
    """What a part of the minutes is about."""

    ATTENDANCE = "attendance", "Attendance"
    INTERESTS = "interests", "Interests"
    ITEM = "item", "Agenda item"
    CLOSING = "closing", "Close"
