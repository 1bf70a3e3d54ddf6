"""Who looks after a policy or procedure, when it is looked at again, and each time that it was."""

from django.db import models
from django.db.models import Q

from trefoil.editing.models import EditedModel
from trefoil.people.models import Person

from .documents import PublicDocument


class PolicyCare(EditedModel):
    """The owner of a policy, the day by which it is looked at again, and the core procedure that it stands beside."""

    document = models.OneToOneField(PublicDocument, on_delete=models.PROTECT, related_name="care")
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    review_on = models.DateField()
    core_title = models.CharField(max_length=150, blank=True)
    core_href = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["review_on", "pk"]
        constraints = [
            *EditedModel.Meta.constraints,
            models.CheckConstraint(
                name="core_procedure_has_title_and_address",
                condition=Q(core_title="", core_href="") | ~Q(core_title="") & ~Q(core_href=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.review_on}"


class PolicyReview(models.Model):
    """Somebody looked at a policy: what they found, and the day by which it is looked at again."""

    care = models.ForeignKey(PolicyCare, on_delete=models.PROTECT, related_name="reviews")
    words = models.CharField(max_length=1000)
    was_due_on = models.DateField()
    next_on = models.DateField()
    reviewed_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["reviewed_at", "pk"]
        constraints = [models.CheckConstraint(name="policy_review_has_words", condition=~Q(words=""))]

    def __str__(self) -> str:
        return f"{self.care_id}: {self.reviewed_at}"
