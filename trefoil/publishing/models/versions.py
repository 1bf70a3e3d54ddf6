"""The words of a section as they were saved, one row each time. Rows are only added."""

from django.db import models

from trefoil.people.models import Person

from .documents import Section


class SectionVersion(models.Model):
    """A section's words after one saving. `number` is the section's version then; `from_number` what was put back."""

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    prose = models.TextField(max_length=30000, blank=True)
    answers = models.JSONField(default=list, blank=True)
    from_number = models.PositiveIntegerField(null=True, blank=True)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["section", "number"], name="one_section_version_of_a_number")]

    def __str__(self) -> str:
        return f"{self.section_id}, {self.number}"
