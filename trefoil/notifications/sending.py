"""Sending the letters that are due, through Django's mail backend."""

from dataclasses import dataclass
from datetime import datetime
from smtplib import SMTPAuthenticationError, SMTPException, SMTPRecipientsRefused, SMTPResponseException
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from .enums import LetterState, MailChoice
from .models import Letter
from .outbox import claim, due_letters, settle, settle_failed
from .queries import Waiting, mail_choice_of, waiting_for

MOST_IN_A_ROUND = 500


@dataclass
class Round:
    """How one round of sending went."""

    sent: int = 0
    failed: int = 0
    not_needed: int = 0

    def __str__(self) -> str:
        return f"{self.sent} sent, {self.failed} failed, {self.not_needed} not needed"


def send_due(*, now: datetime, most: int = MOST_IN_A_ROUND) -> Round:
    """Send every letter whose time has come. Safe to run beside itself.

    When the mail server itself cannot be spoken to the round ends after the first letter: the others keep their place.
    """
    done, connection = Round(), get_connection()
    try:
        for pk in due_letters(now=now, most=most):
            letter = claim(pk, now=now)
            if letter is not None and not _sent_or_noted(letter, connection, done, now):
                break
    finally:
        connection.close()
    return done


def _sent_or_noted(letter: Letter, connection: BaseEmailBackend, done: Round, now: datetime) -> bool:
    """Send one letter and note how it went. Whether the mail server can be spoken to."""
    waiting = waiting_for(letter.person, today=timezone.localdate(now))
    if not waiting:
        settle(letter, LetterState.NOT_NEEDED, now=now)
        done.not_needed += 1
        return True
    try:
        # `open` raises what is wrong with the server, before the letter is blamed for it.
        connection.open()
        connection.send_messages([letter_to(letter, waiting)])
    except OSError as error:  # what the mail library raises, SMTPException included, is one
        settle_failed(letter, failure_words(error), now=now)
        done.failed += 1
        return isinstance(error, SMTPRecipientsRefused)
    settle(letter, LetterState.SENT, now=now)
    done.sent += 1
    return True


def letter_to(letter: Letter, waiting: list[Waiting]) -> EmailMessage:
    """The e-mail itself: how many things wait and where. Not what they are about, nor who sent them."""
    number = sum(one.number for one in waiting)
    places = [(one, _address("message_list", one.slug)) for one in waiting]
    text = render_to_string(
        "notifications/letter.txt",
        {
            "person": letter.person,
            "places": places,
            "is_daily": mail_choice_of(letter.person) == MailChoice.DIGEST,
            "change": _address("mail_choice", waiting[0].slug),
        },
    )
    things = "1 thing waits" if number == 1 else f"{number} things wait"
    host = urlsplit(settings.PUBLIC_ADDRESS).hostname or "localhost"
    headers = {"Message-ID": f"<{letter.key}@{host}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(f"{things} for you in Trefoil", text, None, [letter.person.email], headers=headers)


def _address(url_name: str, slug: str) -> str:
    return urljoin(settings.PUBLIC_ADDRESS, reverse(url_name, args=[slug]))


def failure_words(error: OSError) -> str:
    """Why a letter could not be sent, for a manager: no address, name or password in it."""
    if isinstance(error, SMTPRecipientsRefused):
        return "The mail server refused the person’s address."
    if isinstance(error, SMTPAuthenticationError):
        return "The mail server refused the name or password of this installation."
    if isinstance(error, SMTPResponseException):
        return f"The mail server refused the letter (its answer was {error.smtp_code})."
    if isinstance(error, SMTPException):
        return "The mail server broke off the conversation."
    return "The mail server could not be reached."


def send_due_now() -> str:
    """One round at this moment, for the worker. How it went, or nothing when nothing was due."""
    done = send_due(now=timezone.now())
    return f"Letters: {done}" if done != Round() else ""
