"""Whether a file that is to name nobody names somebody all the same: the child, or a word of the review's list.

Comments, deleted words and the file's properties are looked through too (`documents.content.reading`). What holds no
words, such as a picture, only a person can read.
"""

from collections.abc import Iterable, Iterator
from typing import IO

from trefoil.access.errors import NotAllowedError
from trefoil.documents.content.inspection import inspect_file
from trefoil.documents.content.reading import Passage, read_words
from trefoil.documents.content.refusal import RefusedFileError

from .chronology.redaction import Redactor
from .models import Review
from .queries_chronology import redactor_of

MOST_NAMED = 5


def check_names_nobody(review: Review, file: IO[bytes], name: str, *, is_read_through: bool) -> list[str]:
    """Look through a file, and give what of it could not be read, in words such as “page 2”.

    Raises NotAllowedError, by role and place, where a name stands in it; and for what cannot be read, unless whoever
    sends it says that they read all of it themselves. A file that is not taken at all is refused where it is kept.
    """
    try:
        held = read_words(file, inspect_file(file, name))
    except RefusedFileError:
        return []
    if found := list(dict.fromkeys(_found(redactor_of(review), held.passages))):
        more = f"; and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
        raise NotAllowedError(
            f"The file that is to name nobody still names {'; '.join(found[:MOST_NAMED])}{more}. Take the names "
            "out, of comments, tracked changes and the file’s properties too, and send it again."
        )
    if held.unread and not is_read_through:
        raise NotAllowedError(
            f"A program cannot read all of the file that is to name nobody: {_some(held.unread)}. Read it yourself "
            "from beginning to end, pictures too, and say so below."
        )
    return list(held.unread)


def _found(redactor: Redactor, passages: Iterable[Passage]) -> Iterator[str]:
    for one in passages:
        yield from (f"{role} in {one.where}" for role in redactor.roles_in(one.words))


def _some(places: Iterable[str]) -> str:
    first, *others = list(places)
    return f"{first} and {len(others)} more" if others else first
