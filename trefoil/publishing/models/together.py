"""What others give to a section: an agency's part, asked for by a day, and comments."""

from datetime import date

from django.db import models
from django.db.models import Q

from trefoil.people.models import Agency, Person

from .documents import Section


def both_or_neither(first: str, second: str) -> Q:
    """Two columns that are filled together."""
    neither = Q(**{f"{first}__isnull": True, f"{second}__isnull": True})
    return neither | Q(**{f"{first}__isnull": False, f"{second}__isnull": False})


class Contribution(models.Model):
    """A part that an agency was asked to give to a section. What it gave stays as it was handed in."""

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="contributions")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    ask = models.CharField(max_length=1000)
    due_on = models.DateField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    given = models.TextField(max_length=30000, blank=True)
    given_at = models.DateTimeField(null=True, blank=True)
    given_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="contribution_given_at_and_by", condition=both_or_neither("given_at", "given_by")
            ),
            models.CheckConstraint(
                name="contribution_withdrawn_at_and_by", condition=both_or_neither("withdrawn_at", "withdrawn_by")
            ),
            models.CheckConstraint(
                name="contribution_given_has_words", condition=Q(given_at__isnull=True) | ~Q(given="")
            ),
            models.UniqueConstraint(
                fields=["section", "agency"],
                condition=Q(given_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_contribution_of_an_agency",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.section_id}: {self.agency_id}"

    @property
    def is_open(self) -> bool:
        """Whether it is still waited for."""
        return self.given_at is None and self.withdrawn_at is None

    def is_late(self, today: date) -> bool:
        """Whether its day has passed."""
        return self.is_open and self.due_on < today


class Comment(models.Model):
    """What somebody says of a section. Settled, it stays to be read."""

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="comments")
    words = models.CharField(max_length=1000)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="comment_settled_at_and_by", condition=both_or_neither("settled_at", "settled_by")
            ),
            models.CheckConstraint(name="comment_has_words", condition=~Q(words="")),
        ]

    def __str__(self) -> str:
        return f"{self.section_id}: {self.written_at}"
