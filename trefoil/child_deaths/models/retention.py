"""How long a partnership keeps what says who a child was and what happened."""

from django.db import models
from django.db.models import Q

from trefoil.people.models import Partnership, Person

LONGEST = 100


class DeathRetention(models.Model):
    """So many years after a review was closed its words may be deleted. Without a row nothing is."""

    partnership = models.OneToOneField(Partnership, on_delete=models.PROTECT, related_name="death_retention")
    years = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=300)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="death_retention_is_a_time", condition=Q(years__gte=1, years__lte=LONGEST))
        ]

    def __str__(self) -> str:
        return f"{self.years} years"
