"""What a meeting decided: each statutory partner's position, kept also where they did not agree."""

from django.db import models
from django.db.models import Q

from trefoil.people.models import Agency, Partnership, Person

from ..enums import Authority, DecisionState, Stance
from .meetings import AgendaItem, Meeting


class Decision(models.Model):
    """A decision put to a meeting.

    `is_joint`: it belongs to the safeguarding partners together, so it is made only when all of them agree. Another is
    made by the group and stands as the chair put it down.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="decisions")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    item = models.ForeignKey(AgendaItem, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveIntegerField()
    headline = models.CharField(max_length=200)
    words = models.TextField(max_length=3000)
    reasons = models.TextField(max_length=3000, blank=True)
    is_joint = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=DecisionState.choices, default=DecisionState.OPEN)
    follows = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by")
    put_at = models.DateTimeField()
    put_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "number"], name="decision_number_in_partnership"),
            models.CheckConstraint(
                name="settled_unless_open",
                condition=Q(state=DecisionState.OPEN, settled_at__isnull=True)
                | (~Q(state=DecisionState.OPEN) & Q(settled_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["partnership", "state"], name="decisions_by_state")]

    def __str__(self) -> str:
        return self.headline


class PartnerPosition(models.Model):
    """What a statutory partner says to a decision, who said it and in what right. A change of mind is a new row."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="positions")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    stance = models.CharField(max_length=8, choices=Stance.choices)
    reason = models.TextField(max_length=2000, blank=True)
    authority = models.CharField(max_length=10, choices=Authority.choices)
    authority_words = models.CharField(max_length=200, blank=True)
    is_current = models.BooleanField(default=True)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["agency__name", "taken_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "agency"], condition=Q(is_current=True), name="one_position_a_partner"
            ),
            models.CheckConstraint(name="disagreement_has_a_reason", condition=Q(stance=Stance.AGREE) | ~Q(reason="")),
            models.CheckConstraint(
                name="delegation_says_by_whom",
                condition=Q(authority=Authority.LEAD) | ~Q(authority_words=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id}: {self.stance}"
