"""The trail: one table that only grows. Triggers in the database refuse change and deletion (see the migrations)."""

from typing import ClassVar

from django.db import models

from .enums import EventType, event_types


class AuditEvent(models.Model):
    """One thing that happened, chained to the one before it by its hash. No foreign keys: it outlives what it names."""

    sequence = models.BigIntegerField(unique=True)
    at = models.DateTimeField(db_index=True)
    event = models.CharField(max_length=30, choices=event_types)
    actor = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=120)
    partnership = models.CharField(max_length=50, blank=True)
    subject = models.CharField(max_length=120, blank=True)
    detail = models.JSONField(default=dict)
    reason = models.CharField(max_length=500, blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    objects: ClassVar[models.Manager["AuditEvent"]] = models.Manager()

    class Meta:
        ordering = ["-sequence"]
        indexes = [
            models.Index(fields=["partnership", "-sequence"], name="audit_by_partnership"),
            models.Index(fields=["subject", "-sequence"], name="audit_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.event}"

    @property
    def words(self) -> str:
        """What happened, in words. Django would lay out two hundred choices anew for each line."""
        return EventType(self.event).label if self.event in EventType else self.event
