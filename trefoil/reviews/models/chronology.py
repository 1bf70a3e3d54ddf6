"""The chronology of a review: what each agency entered, by when it was asked, and what was found of pairs."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from trefoil.access.sealed_field import SealedTextField
from trefoil.people.models import Agency, Person

from ..chronology.reading import SEEN_WORDS, EntryRow, Seen
from ..chronology.when import PRECISIONS, Precision, When
from .readers import AgencyRequest
from .reviews import Review
from .undone import STANDS, Undoable

_PRECISIONS = [(one.value, words) for one, words in PRECISIONS.items()]
_SEEN = [(one.value, words) for one, words in SEEN_WORDS.items()]


class Timed(models.Model):
    """When something was: the days it can have been, from `first_on` to `last_on`, and how exactly that is known."""

    precision = models.CharField(max_length=10, choices=_PRECISIONS)
    first_on = models.DateField()
    last_on = models.DateField()
    at_time = models.TimeField(null=True, blank=True)
    is_about = models.BooleanField(default=False)
    seen = models.CharField(max_length=10, choices=_SEEN, default=Seen.NOT_SAID.value)

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="%(class)s_ends_after_it_begins", condition=Q(last_on__gte=F("first_on"))),
            models.CheckConstraint(
                name="%(class)s_of_a_moment_has_its_time",
                condition=Q(precision=Precision.MOMENT.value, at_time__isnull=False)
                | (~Q(precision=Precision.MOMENT.value) & Q(at_time__isnull=True)),
            ),
        ]

    @property
    def when(self) -> When:
        """When it happened, as exactly as it is known."""
        return When(Precision(self.precision), self.first_on, self.last_on, self.at_time, self.is_about)


class ChronologyAsking(Undoable):
    """An agency asked for its chronology by a day. Done when it says that all is entered, or that it knows nothing.

    Another day is a new row; the earlier one stays, as undone.
    """

    request = models.ForeignKey(AgencyRequest, on_delete=models.PROTECT, related_name="chronology_askings")
    due_on = models.DateField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    knows_nothing = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            *Undoable.Meta.constraints,
            models.UniqueConstraint(fields=["request"], condition=STANDS, name="one_day_for_a_chronology"),
            models.CheckConstraint(
                name="chronology_done_at_and_by",
                condition=Q(done_at__isnull=True, done_by__isnull=True, knows_nothing=False)
                | Q(done_at__isnull=False, done_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}: chronology by {self.due_on}"


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


class ChronologyEntry(Undoable, Timed):
    """What one agency knows of one moment. A correction is a new row; the earlier one stays, as taken out."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="chronology")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
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
        constraints = [*Undoable.Meta.constraints, *Timed.Meta.constraints]
        indexes = [models.Index(fields=["review", "first_on"], name="chronology_in_order")]

    def __str__(self) -> str:
        return f"{self.review_id}: entry {self.pk}"

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
