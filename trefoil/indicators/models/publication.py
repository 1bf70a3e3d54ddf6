"""What was made ready for publication: the table as shown, and the counts behind it, which stay inside."""

from django.db import models
from django.db.models import F, Q

from trefoil.people.models import Partnership, Person

from ..periods import Period


class PublishedEdition(models.Model):
    """One table that was released for publication. Never changed: a later one is held against it (differencing).

    `exact` is the table of true counts with its sums, `shown` what a reader sees. `digest` is of both.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="editions")
    indicator = models.CharField(max_length=10)
    dimension = models.CharField(max_length=110, blank=True)
    period_start = models.DateField()
    period_end = models.DateField()
    title = models.CharField(max_length=300)
    exact = models.JSONField()
    shown = models.JSONField()
    digest = models.CharField(max_length=64)
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-prepared_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "digest"], name="one_edition_of_the_same"),
            models.CheckConstraint(name="edition_period_in_order", condition=Q(period_end__gte=F("period_start"))),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def period(self) -> Period:
        return Period(self.period_start, self.period_end)
