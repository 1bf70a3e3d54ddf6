"""An extract: a file of child-level records that an agency sent. Only facts about the file are kept here."""

import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from trefoil.people.models import Agency, Partnership, Person

from ..enums import RAW_STATES, WORKING_STATES, ExtractShape, ExtractState


class ExtractQuerySet(models.QuerySet["Extract"]):
    def stored(self) -> Self:
        return self.filter(state=ExtractState.STORED)

    def in_work(self) -> Self:
        """Those that a worker has or will have."""
        return self.filter(state__in=WORKING_STATES)

    def newest_first(self) -> Self:
        return self.order_by("-as_at", "-received_at", "-pk")


class Extract(models.Model):
    """One file, or several files sent together. `key` names its folder in the store and in the spool."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="extracts")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="extracts")
    shape = models.CharField(max_length=10, choices=ExtractShape.choices)
    edition = models.CharField(max_length=20, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    as_at = models.DateField()
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=ExtractState.choices, default=ExtractState.RECEIVED)
    progress = models.PositiveSmallIntegerField(default=0)
    step = models.CharField(max_length=120, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    rows = models.JSONField(default=dict)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager["Extract"]] = ExtractQuerySet.as_manager()

    class Meta:
        ordering = ["-as_at", "-received_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="extract_progress_is_a_share", condition=Q(progress__lte=100)),
            models.UniqueConstraint(
                fields=["partnership", "sha256", "shape", "as_at"],
                condition=Q(state__in=[ExtractState.RECEIVED, ExtractState.CHECKING, ExtractState.STORED]),
                name="one_extract_of_a_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_shape_display()}, as at {self.as_at:%-d %B %Y}"

    @property
    def folder(self) -> str:
        """The name of its folder in the store and in the spool."""
        return self.key.hex

    @property
    def is_in_work(self) -> bool:
        return self.state in WORKING_STATES

    @property
    def keeps_raw_file(self) -> bool:
        return self.state in RAW_STATES

    @property
    def is_stored(self) -> bool:
        return self.state == ExtractState.STORED

    @property
    def stage(self) -> str:
        """The stage of its check: the words of `step` before the first comma."""
        return self.step.partition(", ")[0]

    @property
    def rows_in_all(self) -> int:
        return sum(self.rows.values())

    @property
    def rows_words(self) -> str:
        return f"{self.rows_in_all:,}"


class ExtractMove(models.Model):
    """Who moved an extract from one status to another, when and why. Written with the status, never changed."""

    extract = models.ForeignKey(Extract, on_delete=models.PROTECT, related_name="moves")
    from_state = models.CharField(max_length=10, choices=ExtractState.choices, blank=True)
    to_state = models.CharField(max_length=10, choices=ExtractState.choices)
    moved_at = models.DateTimeField()
    moved_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["moved_at", "pk"]

    def __str__(self) -> str:
        return f"{self.extract_id}: {self.to_state}"
