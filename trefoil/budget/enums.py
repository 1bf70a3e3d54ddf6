"""The closed lists of the budget."""

from django.db.models import TextChoices

from .accounts import Side, Total


class BudgetState(TextChoices):
    """Where a year's budget stands. What was published by others is read, and moved nowhere."""

    DRAFT = "draft", "Draft"
    PROPOSED = "proposed", "Put to the partners"
    APPROVED = "approved", "Approved"
    CLOSED = "closed", "Closed"
    PUBLISHED = "published", "Published"


class EntryKind(TextChoices):
    """What a year is made of; the value is a part of the address of its form."""

    CONTRIBUTION = "contribution", "Contribution"
    LINE = "line", "Budget line"
    RESERVE = "reserve", "Reserve"
    REVIEW = "review", "Cost of a review"


def sides() -> list[tuple[str, str]]:
    """Choices of a line. A function, as below, so that words can change without a migration."""
    return [(Side.SPENDING.value, "Spending"), (Side.INCOME.value, "Income besides contributions")]


def totals() -> list[tuple[str, str]]:
    return [(total.value, f"Total of {total.words}") for total in Total]
