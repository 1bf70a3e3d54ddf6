"""Several writers at one moment, each with a connection of its own."""

import threading
from collections.abc import Callable

from django.db import connection

from trefoil.access.errors import NotAllowedError
from trefoil.audit.queries import verify_chain

WRITERS = 3


def at_once(act: Callable[[int], object]) -> list[str]:
    """What each of WRITERS was told, sorted; empty for one whose writing took.

    Any other error, or a broken trail, fails the test.
    """
    start, told = threading.Barrier(WRITERS), []

    def one(number: int) -> None:
        try:
            start.wait(10)
            act(number)
            told.append("")
        except NotAllowedError as error:
            told.append(str(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(told) == WRITERS
    assert verify_chain().is_whole
    return sorted(told)
