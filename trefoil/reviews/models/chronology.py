"""The chronology of a review: what each agency entered, the words to redact, and redacted copies."""

from django.db import models
from django.db.models import F, Q

from trefoil.access.sealed_field import SealedTextField
from trefoil.people.models import Agency, Person

from ..chronology.reading import SEEN_WORDS, EntryRow, Seen
from ..chronology.when import PRECISIONS, Precision, When
from .reviews import Review
from .undone import STANDS, Undoable

_PRECISIONS = [(one.value, words) for one, words in PRECISIONS.items()]
_SEEN = [(one.value, words) for one, words in SEEN_WORDS.items()]


class ChronologyUpload(models.Model):
    """A file of entries. Its name may name a child; `fingerprint` knows the same file again."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="chronology_uploads")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    file_name = SealedTextField()
    fingerprint = SealedTextField()
    count = models.PositiveIntegerField()
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["uploaded_at", "pk"]

    def __str__(self) -> str:
        return f"{self.review_id}: upload of {self.agency_id}"


class ChronologyEntry(Undoable):
    """What one agency knows of one moment. A correction is a new row; the earlier one stays, as taken out.

    When is kept as the days it can have been, from `first_on` to `last_on`, and how exactly that is known.
    """

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="chronology")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    precision = models.CharField(max_length=10, choices=_PRECISIONS)
    first_on = models.DateField()
    last_on = models.DateField()
    at_time = models.TimeField(null=True, blank=True)
    is_about = models.BooleanField(default=False)
    seen = models.CharField(max_length=10, choices=_SEEN, default=Seen.NOT_SAID.value)
    what = SealedTextField()
    place = SealedTextField(blank=True)
    source = SealedTextField()
    upload = models.ForeignKey(
        ChronologyUpload, null=True, blank=True, on_delete=models.PROTECT, related_name="entries"
    )
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by"
    )
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        # By the first day it can be; there, what has a time first, and the vaguest last. As `When.order`.
        ordering = ["first_on", F("at_time").asc(nulls_last=True), "last_on", "pk"]
        constraints = [
            *Undoable.Meta.constraints,
            models.CheckConstraint(name="entry_ends_after_it_begins", condition=Q(last_on__gte=F("first_on"))),
            models.CheckConstraint(
                name="entry_of_a_moment_has_its_time",
                condition=Q(precision=Precision.MOMENT.value, at_time__isnull=False)
                | (~Q(precision=Precision.MOMENT.value) & Q(at_time__isnull=True)),
            ),
        ]
        indexes = [models.Index(fields=["review", "first_on"], name="chronology_in_order")]

    def __str__(self) -> str:
        return f"{self.review_id}: entry {self.pk}"

    @property
    def when(self) -> When:
        """When it happened, as exactly as it is known."""
        return When(Precision(self.precision), self.first_on, self.last_on, self.at_time, self.is_about)

    @property
    def row(self) -> EntryRow:
        """The entry as a file would give it."""
        return EntryRow(when=self.when, what=self.what, source=self.source, place=self.place, seen=Seen(self.seen))


class PairNote(models.Model):
    """What somebody found who looked at two entries that seemed the same, or to contradict each other."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="pair_notes")
    first = models.ForeignKey(ChronologyEntry, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(ChronologyEntry, on_delete=models.PROTECT, related_name="+")
    words = SealedTextField()
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="one_note_on_a_pair")]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.first_id} and {self.second_id}"


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
    def status(self) -> tuple[str, str]:
        """Colour and word."""
        if self.undone_at is not None:
            return "grey", "Withdrawn"
        return ("green", "Final") if self.final_at is not None else ("blue", "Being looked at")


class RedactedLine(models.Model):
    """One entry of a copy, in redacted words alone. Its entry says when it was; a person looks at both."""

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
            models.UniqueConstraint(fields=["copy", "number"], name="line_number_in_copy"),
            models.CheckConstraint(
                name="line_looked_at_and_by",
                condition=Q(looked_at__isnull=True, looked_by__isnull=True)
                | Q(looked_at__isnull=False, looked_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.copy_id}: line {self.number}"
