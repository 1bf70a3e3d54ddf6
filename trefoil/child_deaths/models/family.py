"""What was done for the family, and where a death went whose review belongs to another area."""

from django.db import models

from trefoil.access.sealed_field import SealedTextField
from trefoil.people.models import Person
from trefoil.reviews.models import STANDS, Undoable

from .deaths import Death


class FamilySupport(models.Model):
    """Who stays beside the family, and what they were offered. Writing it anew adds a row; the last one stands."""

    death = models.ForeignKey(Death, on_delete=models.PROTECT, related_name="family_support")
    key_worker = SealedTextField()
    words = SealedTextField()
    told_on = models.DateField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.death_id}: family told on {self.told_on}"


class PassedOn(Undoable):
    """The death was passed on to the partners of the area where the child normally lived: to whom, when, and what."""

    death = models.ForeignKey(Death, on_delete=models.PROTECT, related_name="passed_on")
    to = SealedTextField()
    words = SealedTextField()
    passed_on = models.DateField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            *Undoable.Meta.constraints,
            models.UniqueConstraint(fields=["death"], condition=STANDS, name="one_passing_on_stands"),
        ]

    def __str__(self) -> str:
        return f"{self.death_id}: {self.passed_on}"
