"""What is done with a frozen edition: scrutiny, partners' own boards, sendings, moves to and from the public."""

from django.db import models
from django.db.models import F, Q

from trefoil.people.models import Agency, Person

from ..enums import BoardSaid, EditionState, SentBy, TakenDownFor
from .editions import Edition
from .together import both_or_neither


class TakenBackModel(models.Model):
    """A row that was written down wrongly can be taken back with a reason: it stays to be read, and counts no more."""

    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    why_taken_back = models.CharField(max_length=1000, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_taken_back_at_and_by", condition=both_or_neither("taken_back_at", "taken_back_by")
            ),
            models.CheckConstraint(
                name="%(class)s_taken_back_says_why",
                condition=Q(taken_back_at__isnull=True, why_taken_back="")
                | Q(taken_back_at__isnull=False) & ~Q(why_taken_back=""),
            ),
        ]


class ScrutinyStatement(TakenBackModel):
    """What independent scrutiny says of an edition, on a day. Earlier statements stay beside a later one."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="statements")
    words = models.TextField(max_length=5000)
    said_on = models.DateField()
    reference = models.CharField(max_length=60, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["said_on", "pk"]
        constraints = [
            *TakenBackModel.Meta.constraints,
            models.CheckConstraint(name="scrutiny_statement_has_words", condition=~Q(words="")),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.said_on}"


class BoardPassage(TakenBackModel):
    """An edition before a statutory partner's own board: which, when, what it said. The newest of an agency holds."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="boards")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    board = models.CharField(max_length=150)
    taken_on = models.DateField()
    said = models.CharField(max_length=10, choices=BoardSaid.choices)
    words = models.CharField(max_length=1000, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["taken_on", "pk"]
        constraints = [
            *TakenBackModel.Meta.constraints,
            models.CheckConstraint(
                name="board_that_asks_says_for_what", condition=~Q(said=BoardSaid.ASKED) | ~Q(words="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id}: {self.board}"


class Sending(TakenBackModel):
    """An edition sent to somebody, with proof. `recipient` is a key of `after.toml`; empty for anybody else."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="sendings")
    recipient = models.CharField(max_length=12, blank=True)
    sent_to = models.CharField(max_length=150)
    sent_on = models.DateField()
    sent_by = models.CharField(max_length=10, choices=SentBy.choices)
    reference = models.CharField(max_length=150)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    acknowledged_on = models.DateField(null=True, blank=True)
    acknowledgement = models.CharField(max_length=150, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["sent_on", "pk"]
        constraints = [
            *TakenBackModel.Meta.constraints,
            models.CheckConstraint(name="sending_has_proof", condition=~Q(reference="") & ~Q(sent_to="")),
            models.CheckConstraint(
                name="sending_acknowledged_at_and_by",
                condition=both_or_neither("acknowledged_at", "acknowledged_by"),
            ),
            models.CheckConstraint(
                name="sending_acknowledged_on_its_day",
                condition=both_or_neither("acknowledged_at", "acknowledged_on")
                & (Q(acknowledged_on__isnull=True) | Q(acknowledged_on__gte=F("sent_on"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.sent_to}"


class EditionMove(models.Model):
    """An edition published, taken down or put back: the day, why, and who. The newest says whether it is public.

    `public_reason` is the kind of reason for which it was taken down, as the public reads it; empty when nothing is
    said.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="moves")
    from_state = models.CharField(max_length=15, choices=EditionState.choices)
    to_state = models.CharField(max_length=15, choices=EditionState.choices)
    happened_on = models.DateField()
    reason = models.CharField(max_length=1000, blank=True)
    public_reason = models.CharField(max_length=15, choices=TakenDownFor.choices, blank=True)
    moved_at = models.DateTimeField()
    moved_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["moved_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="taking_down_says_why", condition=~Q(to_state=EditionState.TAKEN_DOWN) | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="only_taking_down_tells_the_public",
                condition=Q(to_state=EditionState.TAKEN_DOWN) | Q(public_reason=""),
            ),
            models.UniqueConstraint(
                fields=["edition"],
                condition=Q(from_state=EditionState.NOT_PUBLISHED),
                name="one_first_publication_of_an_edition",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.to_state}"
