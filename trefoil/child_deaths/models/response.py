"""The joint agency response and the child death review meeting."""

from django.db import models

from trefoil.access.sealed_field import SealedTextField
from trefoil.people.models import Person
from trefoil.reviews.models import STANDS, Undoable

from .deaths import Death


class ResponseDecision(Undoable):
    """Whether there is a joint agency response: which criteria are met, who decided, when and why."""

    death = models.ForeignKey(Death, on_delete=models.PROTECT, related_name="response_decisions")
    is_needed = models.BooleanField()
    met = models.JSONField(default=list)
    reasons = SealedTextField()
    decided_on = models.DateField()
    deciders = models.CharField(max_length=300)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            *Undoable.Meta.constraints,
            models.UniqueConstraint(fields=["death"], condition=STANDS, name="one_response_decision_stands"),
        ]

    def __str__(self) -> str:
        return f"{self.death_id}: {'joint agency response' if self.is_needed else 'no joint agency response'}"


class ResponseStep(models.Model):
    """One step of the response, done. Writing it anew adds a row; the last one stands."""

    death = models.ForeignKey(Death, on_delete=models.PROTECT, related_name="steps")
    code = models.CharField(max_length=12)
    done_on = models.DateField()
    words = SealedTextField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.death_id}: {self.code}"


class ReviewMeeting(Undoable):
    """The child death review meeting of those who cared for the child, and the report it sent."""

    death = models.ForeignKey(Death, on_delete=models.PROTECT, related_name="meetings")
    held_on = models.DateField()
    report_on = models.DateField()
    provider = models.CharField(max_length=200)
    words = SealedTextField()
    family = SealedTextField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            *Undoable.Meta.constraints,
            models.UniqueConstraint(fields=["death"], condition=STANDS, name="one_review_meeting_stands"),
            models.CheckConstraint(
                name="meeting_reports_after_it_was_held", condition=models.Q(report_on__gte=models.F("held_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.death_id}: {self.held_on}"
