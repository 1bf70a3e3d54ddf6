"""Actions: who does what by when, and everything that happened to each of them."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from trefoil.editing.models import EditedModel
from trefoil.people.models import Agency, Partnership, Person

from ..enums import ENDED_STATES, WORKING_STATES, ActionState, SourceKind, Standing
from .priorities import Priority, Workstream
from .recommendations import Recommendation


class ActionQuerySet(models.QuerySet["Action"]):
    """Questions about many actions."""

    def overdue_on(self, day: date) -> Self:
        """Work still to be done whose date has passed."""
        return self.filter(state__in=WORKING_STATES, due_on__lt=day)

    def unended(self) -> Self:
        """Neither closed nor withdrawn."""
        return self.exclude(state__in=ENDED_STATES)

    def of_agencies(self, agency_ids: frozenset[int]) -> Self:
        return self.filter(agency_id__in=agency_ids)


class Action(EditedModel):
    """One agency's promise: what it does, by when, under whose name.

    An action out of a recommendation has its source; any other has a source of its own, such as a meeting's decision.
    `due_on` is the date that holds now; `first_due_on` the one it was given first. `how` is the owner's newest word on
    how it stands, and `last_word_on` its day: both repeat the newest update, so that 50,000 actions can be sorted by
    them.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="actions")
    recommendation = models.ForeignKey(
        Recommendation, null=True, blank=True, on_delete=models.PROTECT, related_name="actions"
    )
    priority = models.ForeignKey(Priority, null=True, blank=True, on_delete=models.PROTECT, related_name="actions")
    workstream = models.ForeignKey(Workstream, null=True, blank=True, on_delete=models.PROTECT, related_name="actions")
    source_kind = models.CharField(max_length=20, choices=SourceKind.choices)
    source_reference = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=200)
    detail = models.TextField(max_length=2000, blank=True)
    success = models.TextField(max_length=1000, blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="actions")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="actions")
    due_on = models.DateField()
    first_due_on = models.DateField()
    state = models.CharField(max_length=10, choices=ActionState.choices, default=ActionState.PROPOSED)
    how = models.CharField(max_length=10, choices=Standing.choices, blank=True)
    last_word_on = models.DateField(null=True, blank=True)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager["Action"]] = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [*EditedModel.Meta.constraints]
        indexes = [
            models.Index(fields=["partnership", "state", "due_on"], name="actions_by_state"),
            models.Index(fields=["partnership", "due_on"], name="actions_by_date"),
            models.Index(fields=["partnership", "agency", "state", "due_on"], name="actions_of_agency"),
            models.Index(fields=["partnership", "priority", "state"], name="actions_of_priority"),
            models.Index(fields=["partnership", "source_kind", "due_on"], name="actions_by_source"),
            models.Index(fields=["person", "state"], name="actions_of_person"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def reference(self) -> str:
        return f"action:{self.pk}"

    def is_overdue_on(self, day: date) -> bool:
        """Still to be done, and past its date."""
        return self.state in WORKING_STATES and day > self.due_on

    @property
    def has_moved(self) -> bool:
        """Whether its date is another than the first one."""
        return self.due_on != self.first_due_on


class ActionMove(models.Model):
    """Who moved an action from one status to another, when and why. Written with the status, never changed."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="moves")
    from_state = models.CharField(max_length=10, choices=ActionState.choices, blank=True)
    to_state = models.CharField(max_length=10, choices=ActionState.choices)
    reason = models.CharField(max_length=1000, blank=True)
    moved_at = models.DateTimeField()
    moved_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["moved_at", "pk"]
        indexes = [models.Index(fields=["action", "to_state", "moved_at"], name="moves_of_action")]

    def __str__(self) -> str:
        return f"{self.action_id}: {self.to_state}"


class ActionUpdate(models.Model):
    """What the owner says of an action's progress. Later words add, never overwrite."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="updates")
    how = models.CharField(max_length=10, choices=Standing.choices)
    words = models.TextField(max_length=2000)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-written_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.action_id}: {self.how}"


class DueDateMove(models.Model):
    """The date of an action moved, from when to when and why."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="due_date_moves")
    from_on = models.DateField()
    to_on = models.DateField()
    reason = models.CharField(max_length=1000)
    moved_at = models.DateTimeField()
    moved_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["moved_at", "pk"]
        constraints = [
            models.CheckConstraint(name="due_date_moved_elsewhere", condition=~Q(from_on=models.F("to_on"))),
            models.CheckConstraint(name="due_date_moved_with_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.action_id}: {self.to_on}"


class HandOver(models.Model):
    """An action given to another person, or to another agency, which then has to answer it."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="hand_overs")
    from_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    to_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    from_person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    to_person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=1000)
    handed_at = models.DateTimeField()
    handed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["handed_at", "pk"]
        constraints = [models.CheckConstraint(name="hand_over_with_reason", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return f"{self.action_id} to {self.to_agency_id}"
