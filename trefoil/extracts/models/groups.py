"""How many children of each group live in the area, when the partnership knows better than the census."""

from django.db import models

from trefoil.people.models import Partnership, Person


class GroupChildren(models.Model):
    """Children aged 0 to 17 of one group of a breakdown (`ethnicity`, `sex`, `disability`), and who counted them."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="group_children")
    breakdown = models.CharField(max_length=12)
    group = models.CharField(max_length=40)
    children = models.PositiveIntegerField()
    source = models.CharField(max_length=200)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["breakdown", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "breakdown", "group"], name="one_number_of_children_of_a_group"
            )
        ]

    def __str__(self) -> str:
        return f"{self.breakdown} {self.group}: {self.children}"
