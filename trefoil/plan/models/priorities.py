"""The yearly business plan: its year, priorities, workstreams and stubborn challenges."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from trefoil.editing.models import EditedModel
from trefoil.people.models import Agency, Group, Partnership, Person

from ..enums import Position
from .withdrawn import Withdrawable, WithdrawableQuerySet


class PlanYear(EditedModel):
    """One year of the business plan. It is a draft until it is approved.

    Approval rests on the position of each statutory partner, or on a meeting's decision (`approval_reference`).
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="plan_years")
    title = models.CharField(max_length=120)
    starts_on = models.DateField()
    ends_on = models.DateField()
    lead_words = models.TextField(max_length=2000, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    approval_reference = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            *EditedModel.Meta.constraints,
            models.UniqueConstraint(fields=["partnership", "starts_on"], name="one_plan_a_year"),
            models.CheckConstraint(name="plan_year_in_order", condition=Q(ends_on__gt=F("starts_on"))),
            models.CheckConstraint(
                name="plan_year_approved_at_and_by",
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_approved(self) -> bool:
        return self.approved_at is not None

    def holds_on(self, day: date) -> bool:
        """Whether the day lies in this year."""
        return self.starts_on <= day <= self.ends_on


class YearPosition(models.Model):
    """A statutory partner's position on a year's plan. The newest of an agency holds; earlier ones stay."""

    year = models.ForeignKey(PlanYear, on_delete=models.PROTECT, related_name="positions")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    position = models.CharField(max_length=15, choices=Position.choices)
    words = models.CharField(max_length=1000, blank=True)
    reference = models.CharField(max_length=60, blank=True)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["taken_at", "pk"]

    def __str__(self) -> str:
        return f"{self.agency_id}: {self.position}"


class Priority(EditedModel, Withdrawable):
    """What a partnership sets out to change in a year, who leads it and what success looks like."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="priorities")
    year = models.ForeignKey(PlanYear, on_delete=models.PROTECT, related_name="priorities")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=150)
    why = models.TextField(max_length=2000, blank=True)
    success = models.TextField(max_length=2000)
    lead = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    indicators = models.JSONField(default=list, blank=True)
    continues = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="continued_by")

    objects: ClassVar[models.Manager["Priority"]] = WithdrawableQuerySet.as_manager()

    class Meta:
        ordering = ["number", "pk"]
        verbose_name_plural = "priorities"
        constraints = [
            *EditedModel.Meta.constraints,
            *Withdrawable.Meta.constraints,
            models.UniqueConstraint(
                fields=["year", "number"], condition=Q(withdrawn_at__isnull=True), name="one_priority_of_a_number"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def reference(self) -> str:
        return f"priority:{self.pk}"


class Workstream(EditedModel, Withdrawable):
    """A part of a priority with a lead of its own."""

    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="workstreams")
    title = models.CharField(max_length=150)
    words = models.TextField(max_length=2000, blank=True)
    lead = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager["Workstream"]] = WithdrawableQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        constraints = [*EditedModel.Meta.constraints, *Withdrawable.Meta.constraints]

    def __str__(self) -> str:
        return self.title


class StubbornChallenge(EditedModel, Withdrawable):
    """What has not yielded in spite of everything tried: named year after year until it does.

    It is withdrawn, with the reason, when it is a challenge no more.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="stubborn_challenges")
    priority = models.ForeignKey(
        Priority, null=True, blank=True, on_delete=models.PROTECT, related_name="stubborn_challenges"
    )
    title = models.CharField(max_length=150)
    why_stubborn = models.TextField(max_length=2000)
    tried = models.TextField(max_length=2000, blank=True)
    next_words = models.TextField(max_length=2000, blank=True)
    first_named_on = models.DateField()

    objects: ClassVar[models.Manager["StubbornChallenge"]] = WithdrawableQuerySet.as_manager()

    class Meta:
        ordering = ["first_named_on", "pk"]
        constraints = [*EditedModel.Meta.constraints, *Withdrawable.Meta.constraints]

    def __str__(self) -> str:
        return self.title
