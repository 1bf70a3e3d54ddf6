"""The reports that the child death review partners published."""

from django.db import models

from trefoil.people.models import Partnership, Person
from trefoil.reviews.models import Undoable


class PartnersReport(Undoable):
    """A report that the child death review partners published: of no single child."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="death_reports")
    published_on = models.DateField()
    title = models.CharField(max_length=200)
    address = models.CharField(max_length=300, blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-published_on", "-pk"]
        constraints = [*Undoable.Meta.constraints]

    def __str__(self) -> str:
        return f"{self.partnership_id}: {self.published_on}"
