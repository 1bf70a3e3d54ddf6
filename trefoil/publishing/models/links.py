"""Links of a document that were tried out."""

from django.db import models
from django.db.models import Q

from trefoil.people.models import Person

from ..enums import LinkFound
from .documents import PublicDocument


class TriedLink(models.Model):
    """An address that stands in a document, and what came of opening it last. `words` go on from the address."""

    document = models.ForeignKey(PublicDocument, on_delete=models.PROTECT, related_name="tried_links")
    href = models.CharField(max_length=2000)
    found = models.CharField(max_length=10, choices=LinkFound.choices)
    words = models.CharField(max_length=200, blank=True)
    tried_at = models.DateTimeField()
    tried_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["href"]
        constraints = [
            models.UniqueConstraint(fields=["document", "href"], name="one_trial_of_a_link"),
            models.CheckConstraint(
                name="link_that_does_not_open_says_why",
                condition=Q(found=LinkFound.OPEN, words="") | ~Q(found=LinkFound.OPEN) & ~Q(words=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.href}: {self.found}"
