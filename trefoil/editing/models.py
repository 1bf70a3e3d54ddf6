"""What a record carries that two people may be saving at once, and the words of a form that was not sent."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q

from trefoil.people.models import Partnership, Person

LONGEST_KEY = 120


class EditedModel(models.Model):
    """A record that people change by a form: its version goes up with every change.

    `changed_at` and `changed_by` are filled together, when the record is made and at each change; both are empty while
    nobody signed in has touched a record that a command loaded. A table with rules of its own writes
    `class Meta(EditedModel.Meta)` and `constraints = [*EditedModel.Meta.constraints, ...]`.
    """

    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_changed_by_somebody",
                condition=Q(changed_at__isnull=True, changed_by__isnull=True)
                | Q(changed_at__isnull=False, changed_by__isnull=False),
            )
        ]


class Draft(models.Model):
    """What somebody typed into a form and did not send. Only they ever see it, and the database keeps it sealed.

    `key` names the form: `action:12:update`, `recommendation:new`, `minutes:7`.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="drafts")
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="drafts")
    key = models.CharField(max_length=LONGEST_KEY)
    sealed_fields = models.TextField()
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["-saved_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["person", "partnership", "key"], name="one_draft_of_a_form")]
        indexes = [models.Index(fields=["saved_at"], name="drafts_by_age")]

    def __str__(self) -> str:
        return self.key


def stamp(by: Person | None, now: datetime) -> dict[str, Any]:
    """The two fields that say who changed an `EditedModel` and when; both empty for a command."""
    return {"changed_at": now if by else None, "changed_by": by}
