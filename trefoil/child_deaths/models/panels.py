"""The child death overview panel: a meeting with its members, and the anonymised papers of the deaths before it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from trefoil.access.sealed_field import SealedTextField
from trefoil.people.models import Partnership, Person
from trefoil.reviews.models import STANDS, Undoable

from .deaths import Death


class Panel(models.Model):
    """One meeting of the panel. A themed one names its theme, and may take deaths of other partnerships."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="death_panels")
    meets_on = models.DateField()
    theme = models.CharField(max_length=120, blank=True)
    guests = models.ManyToManyField(Partnership, related_name="guest_panels", blank=True)
    called_at = models.DateTimeField()
    called_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager["Panel"]] = models.Manager()

    class Meta:
        ordering = ["-meets_on", "-pk"]

    def __str__(self) -> str:
        return f"Panel of {self.meets_on:%-d %B %Y}"

    @property
    def subject(self) -> str:
        """`death_panel:7`: what the trail calls it."""
        return f"death_panel:{self.pk}"


class PanelMember(models.Model):
    """One person who reads the papers of one panel, until a day."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reads_for = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    ends_on = models.DateField()
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["person__name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="panel_member_ended_at_and_by",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["panel", "person"], condition=Q(ended_at__isnull=True), name="on_a_panel_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.panel_id}: {self.person_id}"


class PanelPaper(models.Model):
    """What the panel reads of a death: no name, no date of birth. Writing it anew adds a row; the last one stands."""

    death = models.ForeignKey(Death, on_delete=models.PROTECT, related_name="papers")
    number = models.PositiveSmallIntegerField()
    words = SealedTextField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["death", "number"], name="paper_number_of_death")]

    def __str__(self) -> str:
        return f"{self.death_id}: paper {self.number}"


class Hearing(Undoable):
    """A death before a panel, there under a letter of its own and not under its reference."""

    death = models.ForeignKey(Death, on_delete=models.PROTECT, related_name="hearings")
    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="hearings")
    letter = models.CharField(max_length=2)
    put_at = models.DateTimeField()
    put_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["letter", "pk"]
        constraints = [
            *Undoable.Meta.constraints,
            models.UniqueConstraint(fields=["death"], condition=STANDS, name="one_hearing_stands"),
            models.UniqueConstraint(fields=["panel", "letter"], name="letter_on_panel"),
        ]

    def __str__(self) -> str:
        return f"{self.panel_id}: {self.letter}"
