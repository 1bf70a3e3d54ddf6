"""Statuses of a return, and what each means on a screen."""

from django.db.models import TextChoices


class ReturnState(TextChoices):
    """Where an agency's return stands."""

    OPEN = "open", "Open"
    SUBMITTED = "submitted", "Submitted"
    QUERIED = "queried", "Queried"
    APPROVED = "approved", "Approved"
    PRINTED = "printed", "As printed"


# Figures of these states are shown on dashboards, those not yet approved with words that say so.
SHOWN_STATES = (ReturnState.SUBMITTED, ReturnState.QUERIED, ReturnState.APPROVED, ReturnState.PRINTED)
# In these states the agency may change its figures.
EDITABLE_STATES = (ReturnState.OPEN, ReturnState.QUERIED)
# In these states nobody changes a figure, so those held are those handed in.
SETTLED_STATES = (ReturnState.SUBMITTED, ReturnState.APPROVED, ReturnState.PRINTED)
# In these states a fault may still be answered.
ANSWERABLE_STATES = (*EDITABLE_STATES, ReturnState.SUBMITTED)
# A move to one of these hands figures in.
HANDED_IN_STATES = (ReturnState.SUBMITTED, ReturnState.PRINTED)

# Nobody enters figures in these states, so there is no date left to keep.
DATES_FIXED_STATES = (ReturnState.APPROVED, ReturnState.PRINTED)


class FigureSource(TextChoices):
    """How a figure came in."""

    FILE = "file", "Uploaded file"
    FORM = "form", "Typed into the form"
    COMMAND = "command", "Loaded by command"
