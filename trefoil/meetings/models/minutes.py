"""The minutes of a meeting: drafted from what was recorded, edited, circulated, and approved at a later meeting."""

from django.db import models
from django.db.models import Q

from trefoil.people.models import Person

from ..enums import EntryKind, MinutesState
from .meetings import AgendaItem, Meeting


def _held(name: str) -> Q:
    """Both of a moment and a person, or neither."""
    return Q(**{f"{name}_at__isnull": True, f"{name}_by__isnull": True}) | Q(
        **{f"{name}_at__isnull": False, f"{name}_by__isnull": False}
    )


class Minutes(models.Model):
    """The minutes as a whole. `approved_in` is the meeting that approved them, with `corrections` that it asked for."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="minutes")
    state = models.CharField(max_length=10, choices=MinutesState.choices, default=MinutesState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    circulated_at = models.DateTimeField(null=True, blank=True)
    circulated_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    approved_in = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="minutes_approved"
    )
    corrections = models.TextField(max_length=3000, blank=True)

    class Meta:
        ordering = ["meeting__starts_at"]
        verbose_name_plural = "minutes"
        constraints = [
            models.CheckConstraint(name="minutes_circulated_at_and_by", condition=_held("circulated")),
            models.CheckConstraint(name="minutes_approved_at_and_by", condition=_held("approved")),
            models.CheckConstraint(
                name="minutes_approved_in_a_meeting",
                condition=Q(state=MinutesState.APPROVED, approved_at__isnull=False, approved_in__isnull=False)
                | (~Q(state=MinutesState.APPROVED) & Q(approved_at__isnull=True, approved_in__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"Minutes of {self.meeting}"


class MinutesEntry(models.Model):
    """One part of the minutes, with the heading and the words that people can change until they are approved."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="entries")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=EntryKind.choices)
    item = models.ForeignKey(AgendaItem, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    heading = models.CharField(max_length=160)
    words = models.TextField(max_length=8000, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name_plural = "minutes entries"
        constraints = [models.UniqueConstraint(fields=["minutes", "position"], name="one_entry_at_a_place")]

    def __str__(self) -> str:
        return self.heading
