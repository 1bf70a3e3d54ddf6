"""What the worker does again and again beside its tasks: the settings WORKER_ROUNDS and WORKER_NIGHTLY."""

import logging
import threading
from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone
from django.utils.module_loading import import_string

EVERY_SECONDS = 60

logger = logging.getLogger("trefoil.rounds")


def go_round() -> list[str]:
    """Do each thing once; what was done, in words. Each may run beside itself in another worker."""
    return _do(settings.WORKER_ROUNDS)


def go_nightly() -> list[str]:
    """The same of what is done once a day: what is kept too long goes. Done twice a day it does no harm."""
    return _do(settings.WORKER_NIGHTLY)


def _do(names: Iterable[str]) -> list[str]:
    said = []
    for name in names:
        words = import_string(name)()
        if words:
            logger.info(words)
            said.append(words)
    return said


def rounds_until(stopping: threading.Event, *, every: float = EVERY_SECONDS) -> None:
    """Go round until told to stop, for a thread of the worker's own; nightly when it starts and on each new day.

    A database or a disk that is away is waited for, and what was not finished is done again.
    """
    finished_on: date | None = None
    try:
        while not stopping.is_set():
            try:
                go_round()
                today = timezone.localdate()
                if finished_on != today:
                    go_nightly()
                    finished_on = today
            except (DatabaseError, OSError):
                logger.exception("a round of the worker was not finished; it is tried again in %s seconds", every)
                connection.close()
            stopping.wait(every)
    finally:
        connection.close()
