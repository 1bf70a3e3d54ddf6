"""A document as it is written: its sections, the figures in them, and what of the check was overruled."""

from django.db import models
from django.db.models import F, Q

from trefoil.editing.models import EditedModel
from trefoil.people.models import Partnership, Person

from ..enums import BlockKind, PublicKind, PublicState

OWN = "own_"


class PublicDocument(EditedModel):
    """One report of one partnership for one period, under one edition of the law (`law`; empty where none asks)."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="public_documents")
    kind = models.CharField(max_length=20, choices=PublicKind.choices)
    law = models.CharField(max_length=10, blank=True)
    title = models.CharField(max_length=150)
    starts_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(max_length=15, choices=PublicState.choices, default=PublicState.DRAFT)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-ends_on", "-pk"]
        constraints = [
            *EditedModel.Meta.constraints,
            models.CheckConstraint(name="public_document_in_order", condition=Q(ends_on__gt=F("starts_on"))),
            models.UniqueConstraint(fields=["partnership", "title"], name="one_public_document_of_a_title"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def reference(self) -> str:
        return f"public_document:{self.pk}"

    @property
    def is_draft(self) -> bool:
        return self.state == PublicState.DRAFT


class Section(EditedModel):
    """One heading of a document: its prose, and the items of the law that its writers say it answers.

    One of the document's own, which its pattern does not have, has a key that begins with `OWN` and can be removed.
    """

    document = models.ForeignKey(PublicDocument, on_delete=models.PROTECT, related_name="sections")
    key = models.CharField(max_length=30)
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=150)
    prose = models.TextField(max_length=30000, blank=True)
    answers = models.JSONField(default=list, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number", "pk"]
        constraints = [
            *EditedModel.Meta.constraints,
            models.UniqueConstraint(fields=["document", "key"], name="one_section_of_a_key"),
            models.CheckConstraint(
                name="only_own_sections_are_removed",
                condition=Q(removed_at__isnull=True, removed_by__isnull=True)
                | Q(removed_at__isnull=False, removed_by__isnull=False, key__startswith=OWN),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_own(self) -> bool:
        """Whether the document has it beside those of its pattern."""
        return self.key.startswith(OWN)


class Block(models.Model):
    """Figures under a section's prose: what is shown (an indicator, a priority's key, a first year), never how much."""

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="blocks")
    kind = models.CharField(max_length=10, choices=BlockKind.choices)
    shows = models.CharField(max_length=20)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="block_removed_at_and_by",
                condition=Q(removed_at__isnull=True, removed_by__isnull=True)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["section", "kind", "shows"],
                condition=Q(removed_at__isnull=True),
                name="one_block_of_the_same",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.shows}"


class Overruling(models.Model):
    """A line of the check that somebody set aside, and why. The row stays."""

    document = models.ForeignKey(PublicDocument, on_delete=models.PROTECT, related_name="overrulings")
    line = models.CharField(max_length=30)
    reason = models.CharField(max_length=1000)
    overruled_at = models.DateTimeField()
    overruled_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["overruled_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["document", "line"], name="one_overruling_of_a_line"),
            models.CheckConstraint(name="overruling_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return self.line
