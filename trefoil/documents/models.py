"""A document about a record, and its versions. The bytes are in files (`storage.py`), under random names."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from trefoil.people.models import Agency, Group, Partnership, Person

from .content.kinds import WORDS, FileKind
from .enums import Marking, file_kinds


class DocumentQuerySet(models.QuerySet["Document"]):
    """Questions about many documents."""

    def about(self, subject: str) -> Self:
        """Those attached to one record, such as `action:12`."""
        return self.filter(subject=subject)


class Document(models.Model):
    """Something in writing that belongs to a record. What it says is in its versions."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="documents")
    subject = models.CharField(max_length=120)
    title = models.CharField(max_length=200)
    marking = models.CharField(max_length=20, choices=Marking.choices)
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.PROTECT, related_name="documents")
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="documents")
    attached_at = models.DateTimeField()
    attached_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_why = models.CharField(max_length=500, blank=True)

    objects: ClassVar[models.Manager["Document"]] = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        indexes = [models.Index(fields=["partnership", "subject"], name="documents_by_subject")]
        constraints = [
            models.CheckConstraint(
                name="document_of_a_group_names_it", condition=~Q(marking="group_only") | Q(group__isnull=False)
            ),
            models.CheckConstraint(
                name="document_withdrawn_with_reason",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_why="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_why="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    @property
    def reference(self) -> str:
        """How other rooms and the trail name it."""
        return f"document:{self.pk}"


class DocumentVersion(models.Model):
    """One file. `key` is the name it is stored under; `name` the one it came with, under which it is sent.

    A sealed one lies there sealed: `sha256` is that of what lies there, `size` that of what is sent.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    key = models.UUIDField(unique=True)
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=10, choices=file_kinds)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    is_sealed = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="one_version_of_a_number")]

    def __str__(self) -> str:
        return f"{self.name}, version {self.number}"

    @property
    def kind_words(self) -> str:
        return WORDS[FileKind(self.kind)]

    @property
    def size_words(self) -> str:
        """`12 kB`, `3.4 MB`."""
        if self.size < 1_000_000:
            return f"{max(1, round(self.size / 1000)):,} kB"
        tenths = round(self.size / 100_000)
        return f"{tenths // 10:,}.{tenths % 10} MB"
