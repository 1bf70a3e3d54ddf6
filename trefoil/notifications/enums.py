"""What a message is about, how somebody wants to be told of it, and where a letter stands."""

from django.db.models import TextChoices


class MessageKind(TextChoices):
    """The room that a message comes from. A new room adds a line; no migration is needed."""

    ACTION = "action", "Action"
    RECOMMENDATION = "recommendation", "Recommendation"
    PRIORITY = "priority", "Priority"
    RISK = "risk", "Risk"
    CLOCK = "clock", "Time limit"
    MEETING = "meeting", "Meeting"
    DECISION = "decision", "Decision"
    DOCUMENT = "document", "Document"
    BUDGET = "budget", "Budget"
    RETURN = "return", "Return"
    REVIEW = "review", "Review"
    OTHER = "other", "Something else"


def message_kinds() -> list[tuple[str, str]]:
    """The list as a table's choices. A function, so that a new kind needs no migration."""
    return MessageKind.choices


class MailChoice(TextChoices):
    """How somebody is told outside the application."""

    AT_ONCE = "at_once", "An e-mail at once"
    DIGEST = "digest", "One e-mail a day, at 7 in the morning, if something waits"
    NONE = "none", "No e-mail"


class LetterState(TextChoices):
    """Where an e-mail stands. `states.MOVES` says how it gets from one to the next."""

    WAITING = "waiting", "Waiting for its time"
    SENDING = "sending", "Being sent"
    RETRY = "retry", "To be tried again"
    SENT = "sent", "Sent"
    NOT_NEEDED = "not_needed", "Not needed: everything had been read"
    GIVEN_UP = "given_up", "Given up"


class FeedScope(TextChoices):
    """What a private calendar address holds."""

    MINE = "mine", "My meetings, and what I have to do by when"
    ALL = "all", "Every meeting and time limit that I may see"
