"""Messages to people, the letters that tell of them by e-mail, and private calendar addresses."""

from datetime import datetime
from typing import ClassVar, Self
from uuid import uuid4

from django.db import models
from django.db.models import Q

from trefoil.people.models import Partnership, Person

from .enums import FeedScope, LetterState, MailChoice, message_kinds
from .timing import LOST_AFTER


class MailPreference(models.Model):
    """How somebody wants to be told by e-mail. Without a row it is one e-mail a day."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="mail_preference")
    choice = models.CharField(max_length=10, choices=MailChoice.choices)
    set_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.get_choice_display()


class LetterQuerySet(models.QuerySet["Letter"]):
    """Questions about many letters."""

    def due(self, now: datetime) -> Self:
        """Those whose time has come, and those whose sender was killed on the way."""
        ready = Q(state__in=[LetterState.WAITING, LetterState.RETRY], due_at__lte=now)
        return self.filter(ready | Q(state=LetterState.SENDING, claimed_at__lte=now - LOST_AFTER))


class Letter(models.Model):
    """One e-mail to one person: that something waits, how much and where. Never what it is about.

    A person has at most one letter that waits; messages that come before it goes are told by it too.
    """

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="letters")
    state = models.CharField(max_length=10, choices=LetterState.choices, default=LetterState.WAITING)
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    why_not = models.CharField(max_length=200, blank=True)

    objects: ClassVar[models.Manager["Letter"]] = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(state=LetterState.WAITING), name="one_waiting_letter"
            ),
            models.CheckConstraint(
                name="sent_letter_says_when",
                condition=Q(state=LetterState.SENT, sent_at__isnull=False)
                | (~Q(state=LetterState.SENT) & Q(sent_at__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(state__in=[LetterState.WAITING, LetterState.RETRY, LetterState.SENDING]),
                name="letters_to_send",
            ),
        ]

    def __str__(self) -> str:
        return f"Letter {self.pk}, {self.get_state_display().lower()}"


class Message(models.Model):
    """Something that one person should know, in the application. Once for each `key`."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="messages")
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=20, choices=message_kinds)
    words = models.CharField(max_length=300)
    path = models.CharField(max_length=300)
    key = models.CharField(max_length=120)
    queued_at = models.DateTimeField()
    queued_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)
    letter = models.ForeignKey(Letter, null=True, blank=True, on_delete=models.SET_NULL, related_name="messages")

    class Meta:
        ordering = ["-queued_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["key", "person", "partnership"], name="one_message_of_a_key")]
        indexes = [
            models.Index(fields=["person", "partnership", "-queued_at"], name="messages_of_a_person"),
            models.Index(fields=["person", "partnership"], condition=Q(read_at__isnull=True), name="messages_not_read"),
            models.Index(fields=["queued_at"], name="messages_by_age"),
        ]

    def __str__(self) -> str:
        return self.words


class CalendarAddress(models.Model):
    """A private address under which a calendar program reads what its owner may see. The secret itself is not kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="calendar_addresses")
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="calendar_addresses")
    label = models.CharField(max_length=60)
    scope = models.CharField(max_length=5, choices=FeedScope.choices, default=FeedScope.MINE)
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    last_read_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name_plural = "calendar addresses"

    def __str__(self) -> str:
        return self.label
