"""How far the check of an extract is, for the page that waits. Written outside any transaction, so that it is seen."""

from collections.abc import Callable

from .models import Extract

Tell = Callable[[int, str], None]


def teller(extract: Extract) -> Tell:
    """A function that takes a share (0 to 100) and words, and notes them for the page."""

    def tell(share: int, words: str) -> None:
        Extract.objects.filter(pk=extract.pk).update(progress=max(0, min(share, 100)), step=words[:120])

    return tell
