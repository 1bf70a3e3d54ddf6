"""What the worker does again and again beside its tasks: the setting WORKER_ROUNDS."""

import logging
import threading

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils.module_loading import import_string

EVERY_SECONDS = 60

logger = logging.getLogger("trefoil.rounds")


def go_round() -> list[str]:
    """Do each thing once; what was done, in words. Each may run beside itself in another worker."""
    said = [import_string(name)() for name in settings.WORKER_ROUNDS]
    for words in filter(None, said):
        logger.info(words)
    return [words for words in said if words]


def rounds_until(stopping: threading.Event, *, every: float = EVERY_SECONDS) -> None:
    """Go round until told to stop, for a thread of the worker's own. A database that is away is waited for."""
    try:
        while not stopping.is_set():
            try:
                go_round()
            except DatabaseError:
                logger.exception("a round of the worker was not finished; it is tried again in %s seconds", every)
                connection.close()
            stopping.wait(every)
    finally:
        connection.close()
