"""What was put to the partners, what they answered, and the editions that came of it. Rows here are only added."""

from django.db import models
from django.db.models import Q

from trefoil.people.models import Agency, Person

from ..enums import Answer, PublicState
from .documents import PublicDocument


class DocumentMove(models.Model):
    """A change of a document's status: who, when, why."""

    document = models.ForeignKey(PublicDocument, on_delete=models.PROTECT, related_name="moves")
    from_state = models.CharField(max_length=15, choices=PublicState.choices)
    to_state = models.CharField(max_length=15, choices=PublicState.choices)
    reason = models.CharField(max_length=1000, blank=True)
    moved_at = models.DateTimeField()
    moved_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["moved_at", "pk"]

    def __str__(self) -> str:
        return f"{self.from_state} to {self.to_state}"


class Offer(models.Model):
    """The whole document as it was put to the partners. `digest` is the SHA-256 of `content`."""

    document = models.ForeignKey(PublicDocument, on_delete=models.PROTECT, related_name="offers")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    offered_at = models.DateTimeField()
    offered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="one_offer_of_a_number")]

    def __str__(self) -> str:
        return f"{self.document_id}, {self.number}"


class OfferAnswer(models.Model):
    """A statutory partner's answer to one offer. The newest of an agency holds; earlier ones stay."""

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="answers")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=10, choices=Answer.choices)
    words = models.CharField(max_length=1000, blank=True)
    reference = models.CharField(max_length=60, blank=True)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["answered_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="asking_for_changes_says_which", condition=~Q(answer=Answer.ASKS) | ~Q(words="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency_id}: {self.answer}"


class Edition(models.Model):
    """An offer that every statutory partner approved, frozen. `digest` is of its content and the approvals."""

    document = models.ForeignKey(PublicDocument, on_delete=models.PROTECT, related_name="editions")
    offer = models.OneToOneField(Offer, on_delete=models.PROTECT, related_name="edition")
    number = models.PositiveSmallIntegerField()
    approvals = models.JSONField()
    digest = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="one_edition_of_a_number")]

    def __str__(self) -> str:
        return f"{self.document_id}, edition {self.number}"
