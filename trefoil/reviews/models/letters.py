"""Letters to the national panel, Ofsted and the department with their replies; and the commission of a local review."""

from django.db import models
from django.db.models import Q

from trefoil.access.sealed_field import SealedTextField
from trefoil.people.models import Agency, Person

from ..enums import LetterSubject, Recipient, ReplyKind
from .reviews import Review
from .undone import STANDS, Undoable


class SentLetter(Undoable):
    """A letter of the partnership. What it said is sealed; the letter itself lies where the partnership keeps it."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="letters")
    to = models.CharField(max_length=12, choices=Recipient.choices)
    subject = models.CharField(max_length=15, choices=LetterSubject.choices)
    sent_on = models.DateField()
    words = SealedTextField(blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["sent_on", "pk"]
        constraints = [*Undoable.Meta.constraints]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.to}, {self.sent_on}"

    @property
    def is_of_a_step(self) -> bool:
        """Whether a step of the review wrote it: only undoing that step takes it back."""
        return (self.to, self.subject) == (Recipient.PANEL, LetterSubject.RAPID_REVIEW)


class Reply(models.Model):
    """What came back to a letter. One letter may have several."""

    letter = models.ForeignKey(SentLetter, on_delete=models.PROTECT, related_name="replies")
    kind = models.CharField(max_length=10, choices=ReplyKind.choices)
    came_on = models.DateField()
    words = SealedTextField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["came_on", "pk"]

    def __str__(self) -> str:
        return f"{self.letter_id}: {self.kind}, {self.came_on}"


class Commission(Undoable):
    """A local review put in somebody's hands: what it asks, how, who reviews, what it costs. A change is a new row."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="commissions")
    terms = SealedTextField()
    method = models.CharField(max_length=300)
    reviewer = models.CharField(max_length=120)
    works_for = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    conflict = SealedTextField()
    cost = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    agreed_on = models.DateField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            *Undoable.Meta.constraints,
            models.UniqueConstraint(fields=["review"], condition=STANDS, name="one_commission_stands"),
            models.CheckConstraint(name="commission_costs_something", condition=Q(cost__isnull=True) | Q(cost__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.agreed_on}"
