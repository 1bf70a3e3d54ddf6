"""A child’s death under a reference, who the child was (sealed), by what it is known again, and how it moved on."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from trefoil.access.sealed_field import SealedTextField
from trefoil.people.models import Partnership, Person
from trefoil.reviews.models import SealedIdentity

from ..enums import AgeGroup, DeathState, EthnicGroup, Expected, Home, Likeness, Sex


class DeathQuerySet(models.QuerySet["Death"]):
    """Questions about many deaths."""

    def standing(self) -> Self:
        """What was not notified in error, or twice."""
        return self.exclude(state=DeathState.WITHDRAWN)

    def held(self) -> Self:
        """What still says who the child was: its words were not deleted."""
        return self.filter(deleted_at__isnull=True)


class Death(models.Model):
    """One child's death. It names nobody: the reference is drawn by lot.

    `known_at` is when the one who notified learnt of it, from which the time to notify runs. Once `deleted_at` is set,
    what is left is what the yearly figures count: days, groups, categories and scores.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="deaths")
    reference = models.CharField(max_length=12, unique=True)
    died_on = models.DateField()
    known_at = models.DateTimeField()
    notified_at = models.DateTimeField()
    notifier = SealedTextField()
    expected = models.CharField(max_length=12, choices=Expected.choices)
    sex = models.CharField(max_length=8, choices=Sex.choices, default=Sex.UNKNOWN)
    age_group = models.CharField(max_length=22, choices=AgeGroup.choices, default=AgeGroup.UNKNOWN)
    ethnic_group = models.CharField(max_length=8, choices=EthnicGroup.choices, default=EthnicGroup.UNKNOWN)
    home = models.CharField(max_length=10, choices=Home.choices, default=Home.HERE)
    home_area = SealedTextField(blank=True)
    circumstances = SealedTextField(blank=True)
    state = models.CharField(max_length=12, choices=DeathState.choices, default=DeathState.NOTIFIED)
    duplicate_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="doubles")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    deleted_at = models.DateTimeField(null=True, blank=True)
    deleted_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    deleted_why = models.CharField(max_length=300, blank=True)

    objects: ClassVar[models.Manager["Death"]] = DeathQuerySet.as_manager()

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="death_notified_after_known", condition=Q(notified_at__gte=F("known_at"))),
            models.CheckConstraint(
                name="death_double_is_withdrawn",
                condition=Q(duplicate_of__isnull=True) | Q(state=DeathState.WITHDRAWN),
            ),
            models.CheckConstraint(
                name="death_deleted_at_and_by",
                condition=Q(deleted_at__isnull=True, deleted_by__isnull=True)
                | Q(deleted_at__isnull=False, deleted_by__isnull=False),
            ),
            models.CheckConstraint(
                name="death_deleted_after_its_end",
                condition=Q(deleted_at__isnull=True)
                | Q(state__in=[DeathState.CLOSED, DeathState.PASSED_ON, DeathState.WITHDRAWN]),
            ),
        ]
        indexes = [models.Index(fields=["partnership", "state"], name="deaths_by_state")]

    def __str__(self) -> str:
        return self.reference

    @property
    def subject(self) -> str:
        """`death:CD-7KQ4MX`: what clocks and the trail call it."""
        return f"death:{self.reference}"


class DeathIdentity(SealedIdentity):
    """Who the child was."""

    death = models.OneToOneField(Death, on_delete=models.PROTECT, related_name="identity")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"identity of {self.death_id}"


class Fingerprint(models.Model):
    """One thing by which another notification of the same child is known: a keyed hash, which says nothing itself."""

    death = models.ForeignKey(Death, on_delete=models.PROTECT, related_name="fingerprints")
    likeness = models.CharField(max_length=8, choices=Likeness.choices)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["death", "likeness"], name="one_fingerprint_of_a_kind"),
        ]
        indexes = [models.Index(fields=["digest", "likeness"], name="deaths_alike")]

    def __str__(self) -> str:
        return f"{self.death_id}: {self.likeness}"


class AnotherChild(models.Model):
    """Two notifications that are alike were looked at: they are of two children. Why is sealed."""

    death = models.ForeignKey(Death, on_delete=models.PROTECT, related_name="told_apart")
    other = models.ForeignKey(Death, on_delete=models.PROTECT, related_name="+")
    reason = SealedTextField()
    told_at = models.DateTimeField()
    told_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["told_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["death", "other"], name="told_apart_once")]

    def __str__(self) -> str:
        return f"{self.death_id} is not {self.other_id}"


class DeathMove(models.Model):
    """One step of a death from status to status. Only added to."""

    death = models.ForeignKey(Death, on_delete=models.PROTECT, related_name="moves")
    from_state = models.CharField(max_length=12, choices=DeathState.choices, blank=True)
    to_state = models.CharField(max_length=12, choices=DeathState.choices)
    is_undoing = models.BooleanField(default=False)
    reason = SealedTextField(blank=True)
    moved_at = models.DateTimeField()
    moved_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["moved_at", "pk"]

    def __str__(self) -> str:
        return f"{self.death_id}: {self.to_state}"
