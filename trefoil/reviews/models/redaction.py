"""Redacted copies of a chronology: the words to redact, and copies kept apart from what they were made of."""

from django.db import models
from django.db.models import Q

from trefoil.access.sealed_field import SealedTextField
from trefoil.people.models import Person

from ..chronology.when import SHOWN, Shown
from .chronology import ChronologyEntry, Timed
from .reviews import Review
from .undone import STANDS, Undoable

_SHOWN = [(one.value, words) for one, words in SHOWN.items()]


class RedactedWord(Undoable):
    """A name or place of a review, and the role that stands in its place."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="redacted_words")
    words = SealedTextField()
    role = SealedTextField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [*Undoable.Meta.constraints]

    def __str__(self) -> str:
        return f"{self.review_id}: word {self.pk}"


class RedactedCopy(Undoable):
    """The chronology with roles for names. Final once a person has looked at every line of it."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="redacted_copies")
    number = models.PositiveSmallIntegerField()
    days = models.CharField(max_length=10, choices=_SHOWN, default=Shown.AS_ENTERED.value)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    final_at = models.DateTimeField(null=True, blank=True)
    final_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [
            *Undoable.Meta.constraints,
            models.UniqueConstraint(fields=["review", "number"], name="copy_number_in_review"),
            models.UniqueConstraint(
                fields=["review"], condition=STANDS & Q(final_at__isnull=True), name="one_redacted_draft"
            ),
            models.CheckConstraint(
                name="redacted_final_at_and_by",
                condition=Q(final_at__isnull=True, final_by__isnull=True)
                | Q(final_at__isnull=False, final_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review_id}: copy {self.number}"

    @property
    def is_draft(self) -> bool:
        """Whether it is still being looked at."""
        return self.final_at is None and self.undone_at is None

    @property
    def status(self) -> tuple[str, str]:
        """Colour and word."""
        if self.undone_at is not None:
            return "grey", "Withdrawn"
        return ("green", "Final") if self.final_at is not None else ("blue", "Being looked at")


class RedactedLine(Timed):
    """One entry of a copy, in redacted words and with its days as exactly as the copy shows them.

    It is read without its entry, which is there for who looks at both.
    """

    copy = models.ForeignKey(RedactedCopy, on_delete=models.PROTECT, related_name="lines")
    number = models.PositiveIntegerField()
    entry = models.ForeignKey(ChronologyEntry, on_delete=models.PROTECT, related_name="+")
    agency = SealedTextField()
    what = SealedTextField()
    place = SealedTextField(blank=True)
    source = SealedTextField()
    looked_at = models.DateTimeField(null=True, blank=True)
    looked_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            *Timed.Meta.constraints,
            models.UniqueConstraint(fields=["copy", "number"], name="line_number_in_copy"),
            models.CheckConstraint(
                name="line_looked_at_and_by",
                condition=Q(looked_at__isnull=True, looked_by__isnull=True)
                | Q(looked_at__isnull=False, looked_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.copy_id}: line {self.number}"
