"""What a partnership settles about its extracts: how long they stay, and which postcode lies in which locality."""

from django.db import models
from django.db.models import Q

from trefoil.people.models import Partnership, Person


class Retention(models.Model):
    """How many months after it was received an extract is deleted. Without a row it is two years."""

    partnership = models.OneToOneField(Partnership, on_delete=models.PROTECT, related_name="extract_retention")
    months = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=300)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(name="retention_is_a_time", condition=Q(months__gte=1, months__lte=120))]

    def __str__(self) -> str:
        return f"{self.months} months"


class Locality(models.Model):
    """The locality in which every postcode with this beginning lies. The longest beginning wins."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="localities")
    beginning = models.CharField(max_length=8)
    name = models.CharField(max_length=60)

    class Meta:
        ordering = ["name", "beginning"]
        constraints = [models.UniqueConstraint(fields=["partnership", "beginning"], name="one_locality_of_a_beginning")]

    def __str__(self) -> str:
        return f"{self.beginning}: {self.name}"
