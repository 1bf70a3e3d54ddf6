"""Two people enter the same thing at the same moment: the second is told so, and nothing of theirs is half written."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from .errors import NotAllowedError


@contextmanager
def unless_just_entered(what: str) -> Iterator[None]:
    """For a write that was looked up first: nobody had it a moment ago, and the database's own rule finds it there now.

    Raises NotAllowedError, saying that `what` has just been entered; sending the form again then meets the new record.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as clash:
        raise NotAllowedError(f"Somebody has just entered {what}. Look at it, or send the form again.") from clash
