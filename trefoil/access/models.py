"""Emergency access: somebody opens what their duties do not give, for a reason, until a moment."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from trefoil.people.models import Partnership, Person

from .enums import WORDS, Permission, permission_words


class BrokenGlassQuerySet(models.QuerySet["BrokenGlass"]):
    def open_at(self, now: datetime) -> Self:
        return self.filter(opened_at__lte=now, ends_at__gt=now, closed_at__isnull=True)


class BrokenGlass(models.Model):
    """One emergency opening. It ends by itself; it can be closed sooner; it is never deleted."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="openings")
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="openings")
    permission = models.CharField(max_length=40, choices=permission_words)
    reason = models.CharField(max_length=500)
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager["BrokenGlass"]] = BrokenGlassQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(name="opening_ends_after_it_opens", condition=Q(ends_at__gt=F("opened_at"))),
            models.CheckConstraint(
                name="opening_closed_at_and_by",
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.permission} until {self.ends_at:%d %B %Y %H:%M}"

    @property
    def gives(self) -> Permission:
        return Permission(self.permission)

    @property
    def words(self) -> str:
        return WORDS[self.gives]
