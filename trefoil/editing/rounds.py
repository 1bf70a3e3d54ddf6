"""What the worker does once a day."""

from django.utils import timezone

from .operations import delete_old_drafts


def round_of_drafts() -> str:
    """Delete drafts that nobody touched for long; what was done, in words."""
    number = delete_old_drafts(by=None, now=timezone.now())
    return f"{number:,} old {'draft' if number == 1 else 'drafts'} deleted" if number else ""
