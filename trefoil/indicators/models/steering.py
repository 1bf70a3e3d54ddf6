"""What a partnership says about its indicators: targets, and commentary by the agency that owns the figure."""

from django.db import models
from django.db.models import F, Q

from trefoil.people.models import Agency, Partnership, Person

from ..periods import Period


class Target(models.Model):
    """A target from a day to a day. The newest one that holds for a period is the one it is judged by."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="targets")
    indicator = models.CharField(max_length=10)
    value = models.DecimalField(max_digits=18, decimal_places=4)
    tolerance = models.DecimalField(max_digits=18, decimal_places=4, default=0)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["indicator", "-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="target_tolerance_not_negative", condition=Q(tolerance__gte=0)),
            models.CheckConstraint(
                name="target_ends_after_start", condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.value}"


class Commentary(models.Model):
    """What the owner agency says of an indicator in a period, and what it does. Later words add, never overwrite."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="commentary")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="commentary")
    indicator = models.CharField(max_length=10)
    period_start = models.DateField()
    period_end = models.DateField()
    says = models.TextField(max_length=2000)
    doing = models.TextField(max_length=2000, blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-period_end", "-written_at"]
        verbose_name_plural = "commentary"

    def __str__(self) -> str:
        return f"{self.indicator} {self.period_end}"

    @property
    def period(self) -> Period:
        return Period(self.period_start, self.period_end)
