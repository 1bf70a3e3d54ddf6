"""Whether it worked: evidence of impact, judgements of it, and tests whether a change has lasted."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from trefoil.people.models import Partnership, Person

from ..enums import EvidenceKind, RetestOutcome, Verdict, VoiceOf
from .actions import Action
from .withdrawn import Withdrawable, WithdrawableQuerySet


def _whole(number: str, of: str) -> Q:
    """A number out of a number: both or neither, and no more than there are."""
    return Q(**{f"{number}__isnull": True, f"{of}__isnull": True}) | Q(**{f"{number}__lte": F(of), f"{of}__gt": 0})


class Evidence(Withdrawable):
    """One dated piece of proof that an action changed something, or did not. It names no child and no person.

    `happened_on` is the day it speaks of. Which further fields are filled follows from the kind:
    * indicator: `indicator`, the id of the catalogue, and `change_on`, the day from which a change is looked for;
    * audit: `before_number` of `before_of` found right on `before_on`, and the same after;
    * training: `trained` people, of whom `after_of` were asked later and `after_number` use it at work;
    * voice: `voice_of` whom, `heard` how many, and the themes in `words`.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="impact_evidence")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=10, choices=EvidenceKind.choices)
    title = models.CharField(max_length=150)
    words = models.TextField(max_length=2000, blank=True)
    happened_on = models.DateField()
    indicator = models.CharField(max_length=10, blank=True)
    change_on = models.DateField(null=True, blank=True)
    before_on = models.DateField(null=True, blank=True)
    before_number = models.PositiveIntegerField(null=True, blank=True)
    before_of = models.PositiveIntegerField(null=True, blank=True)
    after_on = models.DateField(null=True, blank=True)
    after_number = models.PositiveIntegerField(null=True, blank=True)
    after_of = models.PositiveIntegerField(null=True, blank=True)
    trained = models.PositiveIntegerField(null=True, blank=True)
    voice_of = models.CharField(max_length=15, choices=VoiceOf.choices, blank=True)
    heard = models.PositiveIntegerField(null=True, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager["Evidence"]] = WithdrawableQuerySet.as_manager()

    class Meta:
        ordering = ["-happened_on", "-pk"]
        verbose_name_plural = "evidence"
        constraints = [
            *Withdrawable.Meta.constraints,
            models.CheckConstraint(
                name="evidence_of_indicator_names_it",
                condition=Q(kind=EvidenceKind.INDICATOR, change_on__isnull=False) & ~Q(indicator="")
                | ~Q(kind=EvidenceKind.INDICATOR) & Q(indicator="", change_on__isnull=True),
            ),
            models.CheckConstraint(
                name="evidence_of_audit_is_whole",
                condition=~Q(kind=EvidenceKind.AUDIT)
                | Q(before_of__isnull=False, after_of__isnull=False, before_on__lt=F("after_on")),
            ),
            models.CheckConstraint(
                name="evidence_of_training_is_whole",
                condition=~Q(kind=EvidenceKind.TRAINING) | Q(trained__isnull=False, after_of__isnull=False),
            ),
            models.CheckConstraint(
                name="evidence_of_voice_is_whole", condition=~Q(kind=EvidenceKind.VOICE) | ~Q(voice_of="")
            ),
            models.CheckConstraint(
                name="evidence_before_is_part_of_whole", condition=_whole("before_number", "before_of")
            ),
            models.CheckConstraint(
                name="evidence_after_is_part_of_whole", condition=_whole("after_number", "after_of")
            ),
        ]
        indexes = [models.Index(fields=["partnership", "-happened_on"], name="evidence_by_day")]

    def __str__(self) -> str:
        return self.title


class Judgement(models.Model):
    """What a judge of impact found of an action. The newest holds; earlier ones stay."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="judgements")
    verdict = models.CharField(max_length=12, choices=Verdict.choices)
    words = models.TextField(max_length=2000)
    rests_on = models.ManyToManyField(Evidence, related_name="judgements", blank=True)
    judged_at = models.DateTimeField()
    judged_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["judged_at", "pk"]

    def __str__(self) -> str:
        return f"{self.action_id}: {self.verdict}"


class Retest(Withdrawable):
    """A day on which somebody looks whether a change has lasted, and what they then find."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="retests")
    due_on = models.DateField()
    words = models.CharField(max_length=500)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=12, choices=RetestOutcome.choices, blank=True)
    found = models.TextField(max_length=2000, blank=True)
    tested_at = models.DateTimeField(null=True, blank=True)
    tested_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager["Retest"]] = WithdrawableQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            *Withdrawable.Meta.constraints,
            models.CheckConstraint(
                name="retest_tested_at_and_by",
                condition=Q(tested_at__isnull=True, tested_by__isnull=True, outcome="")
                | (Q(tested_at__isnull=False, tested_by__isnull=False) & ~Q(outcome="")),
            ),
        ]
        indexes = [models.Index(fields=["due_on"], name="retests_by_date")]

    def __str__(self) -> str:
        return f"{self.action_id}: {self.due_on}"

    @property
    def is_waiting(self) -> bool:
        return not self.outcome and self.withdrawn_at is None
