"""What the worker does once a day."""

from django.utils import timezone

from .operations import delete_old_messages


def round_of_messages() -> str:
    """Delete messages that are too old to be kept; what was done, in words."""
    number = delete_old_messages(by=None, now=timezone.now())
    return f"{number:,} old {'message' if number == 1 else 'messages'} deleted" if number else ""
