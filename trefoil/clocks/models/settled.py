"""What a partnership settles about time limits: its own lengths, its sign-offs of unsure ones, its school terms."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from trefoil.people.models import Partnership, Person

from ..enums import unit_choices
from ..reckoning.kinds import Unit


class LocalLimit(models.Model):
    """A length of the partnership's own for a rule that it may change, for what starts from a day (to a day)."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="local_limits")
    rule_id = models.CharField(max_length=20)
    length = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=15, choices=unit_choices)
    reason = models.CharField(max_length=500)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager["LocalLimit"]] = models.Manager()

    class Meta:
        ordering = ["rule_id", "-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="local_limit_has_length", condition=Q(length__gte=1)),
            models.CheckConstraint(
                name="local_limit_ends_after_start", condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on"))
            ),
            models.UniqueConstraint(
                fields=["partnership", "rule_id"], condition=Q(ends_on__isnull=True), name="one_open_local_limit"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule_id}: {self.words}"

    @property
    def words(self) -> str:
        """`5 working days`."""
        return Unit(self.unit).counted(self.length)


class RuleSignOff(models.Model):
    """Somebody looked up a limit that is marked unsure and says what the partnership holds to."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="rule_sign_offs")
    rule_id = models.CharField(max_length=20)
    edition = models.CharField(max_length=12)
    words = models.CharField(max_length=500)
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager["RuleSignOff"]] = models.Manager()

    class Meta:
        ordering = ["rule_id", "-signed_at"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "rule_id", "edition"], name="one_sign_off_of_an_edition")
        ]

    def __str__(self) -> str:
        return f"{self.rule_id} {self.edition}"


class SchoolTerm(models.Model):
    """A stretch in which the partnership's schools are open, both days included."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="school_terms")
    name = models.CharField(max_length=60)
    starts_on = models.DateField()
    ends_on = models.DateField()
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager["SchoolTerm"]] = models.Manager()

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(name="school_term_in_order", condition=Q(ends_on__gte=F("starts_on"))),
            models.UniqueConstraint(fields=["partnership", "starts_on"], name="one_term_from_a_day"),
        ]

    def __str__(self) -> str:
        return self.name
