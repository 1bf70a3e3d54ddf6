"""A financial year's money: who gives what, what it is spent on, reserves, reviews. Amounts are in pounds."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from trefoil.editing.models import EditedModel
from trefoil.people.models import Agency, Partnership, Person

from .accounts import Side, year_label
from .enums import BudgetState, sides, totals


def amount(**options: Any) -> "models.DecimalField[Any, Any]":
    """Pounds and pence, empty while it is not known."""
    return models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True, **options)


class BudgetYear(EditedModel):
    """One financial year of a partnership, from April of `first_year`."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="budget_years")
    first_year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=BudgetState.choices, default=BudgetState.DRAFT)
    contingency = amount()
    source = models.CharField(max_length=300, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta(EditedModel.Meta):
        ordering = ["-first_year"]
        constraints = [
            *EditedModel.Meta.constraints,
            models.UniqueConstraint(fields=["partnership", "first_year"], name="one_budget_a_year"),
            models.CheckConstraint(
                name="budget_year_is_a_year", condition=Q(first_year__gte=1990, first_year__lte=2100)
            ),
        ]

    def __str__(self) -> str:
        return year_label(self.first_year)

    @property
    def reference(self) -> str:
        """How other rooms and the trail name it."""
        return f"budget_year:{self.pk}"


class YearMove(models.Model):
    """A change of a budget's status, and how many faults its totals had then."""

    year = models.ForeignKey(BudgetYear, on_delete=models.PROTECT, related_name="moves")
    from_state = models.CharField(max_length=10, choices=BudgetState.choices)
    to_state = models.CharField(max_length=10, choices=BudgetState.choices)
    faults = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=500, blank=True)
    moved_at = models.DateTimeField()
    moved_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-moved_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.from_state} to {self.to_state}"


class Entry(EditedModel):
    """What every row of a year has. `row` is where it stood in the file it came in; 0 when it was typed."""

    year = models.ForeignKey(BudgetYear, on_delete=models.PROTECT, related_name="%(class)ss")
    note = models.CharField(max_length=500, blank=True)
    row = models.PositiveIntegerField(default=0)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_why = models.CharField(max_length=500, blank=True)

    class Meta(EditedModel.Meta):
        abstract = True
        ordering = ["row", "pk"]
        constraints = [
            *EditedModel.Meta.constraints,
            models.CheckConstraint(
                name="%(class)s_withdrawn_with_reason",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_why="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_why="")),
            ),
        ]


STANDS = Q(withdrawn_at__isnull=True)


class Contribution(Entry):
    """What one partner gives. `name` is as the paper has it; `agency` is the partnership's own, if it is one."""

    name = models.CharField(max_length=120)
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="contributions")
    agreed = amount()
    invoiced = amount()
    invoiced_on = models.DateField(null=True, blank=True)
    paid = amount()
    paid_on = models.DateField(null=True, blank=True)
    in_kind = amount()
    in_kind_what = models.CharField(max_length=300, blank=True)
    second = amount()
    second_source = models.CharField(max_length=300, blank=True)

    LABEL: ClassVar = "name"

    class Meta(Entry.Meta):
        constraints = [
            *Entry.Meta.constraints,
            models.UniqueConstraint(fields=["year", "name"], condition=STANDS, name="one_contribution_of_a_partner"),
            models.CheckConstraint(
                name="contribution_in_kind_says_what", condition=Q(in_kind__isnull=True) | ~Q(in_kind_what="")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def words(self) -> str:
        """As a document names what it belongs to."""
        return f"Contribution of {self}, {self.year}"


class BudgetLine(Entry):
    """Other income, or something money is spent on: as budgeted and as it turned out."""

    side = models.CharField(max_length=10, choices=sides, default=Side.SPENDING.value)
    item = models.CharField(max_length=120)
    budget = amount()
    outturn = amount()

    LABEL: ClassVar = "item"

    class Meta(Entry.Meta):
        constraints = [
            *Entry.Meta.constraints,
            models.UniqueConstraint(fields=["year", "side", "item"], condition=STANDS, name="one_line_of_an_item"),
        ]

    def __str__(self) -> str:
        return self.item


class Reserve(Entry):
    """Money kept from earlier years: what it opened with, what was added and drawn, what is left."""

    name = models.CharField(max_length=120)
    opening = amount()
    planned = amount()
    added = amount()
    drawn = amount()
    closing = amount()

    LABEL: ClassVar = "name"

    class Meta(Entry.Meta):
        constraints = [
            *Entry.Meta.constraints,
            models.UniqueConstraint(fields=["year", "name"], condition=STANDS, name="one_reserve_of_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class ReviewCost(Entry):
    """A review of the year: what it is expected to cost, and what has been spent. Never named after a child."""

    review = models.CharField(max_length=120)
    expected = amount()
    spent = amount()

    LABEL: ClassVar = "review"

    class Meta(Entry.Meta):
        constraints = [
            *Entry.Meta.constraints,
            models.UniqueConstraint(fields=["year", "review"], condition=STANDS, name="one_cost_of_a_review"),
        ]

    def __str__(self) -> str:
        return self.review


class StatedTotal(models.Model):
    """A total as the paper prints it, kept beside what its rows add up to."""

    year = models.ForeignKey(BudgetYear, on_delete=models.PROTECT, related_name="stated_totals")
    of = models.CharField(max_length=30, choices=totals)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    row = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["year", "of"], name="one_stated_total_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.of}: {self.amount}"
