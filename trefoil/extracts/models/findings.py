"""What the check of an extract found. A value that names a child is never among it: the intake leaves it out."""

from django.db import models

from ..enums import Level
from .extracts import Extract


class FindingCount(models.Model):
    """How often one rule found something in one column: counted in full, whatever is listed."""

    extract = models.ForeignKey(Extract, on_delete=models.CASCADE, related_name="finding_counts")
    level = models.CharField(max_length=10, choices=Level.choices)
    rule = models.CharField(max_length=80)
    file = models.CharField(max_length=200, blank=True)
    column = models.CharField(max_length=120, blank=True)
    found = models.PositiveIntegerField()
    cure = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["level", "-found", "rule", "file", "column"]

    def __str__(self) -> str:
        return f"{self.rule} {self.column}: {self.found}"


class Finding(models.Model):
    """One finding, with the place it can be found at by hand."""

    count = models.ForeignKey(FindingCount, on_delete=models.CASCADE, related_name="findings")
    sheet = models.CharField(max_length=120, blank=True)
    row = models.PositiveIntegerField(null=True)
    value = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.sheet} {self.row}: {self.value}"


class FieldQuality(models.Model):
    """How much of a field is filled in and valid, in one extract: rows, of those filled, of those valid."""

    extract = models.ForeignKey(Extract, on_delete=models.CASCADE, related_name="qualities")
    table = models.CharField(max_length=60)
    field = models.CharField(max_length=80)
    rows = models.PositiveIntegerField()
    filled = models.PositiveIntegerField()
    valid = models.PositiveIntegerField()

    class Meta:
        ordering = ["table", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["extract", "table", "field"], name="one_quality_of_a_field"),
            models.CheckConstraint(
                name="quality_in_order",
                condition=models.Q(filled__lte=models.F("rows")) & models.Q(valid__lte=models.F("filled")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table}.{self.field}: {self.valid} of {self.rows}"
