"""Messages that the reader has not read, and e-mails that did not go."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import F, QuerySet

from trefoil.access.enums import Permission
from trefoil.access.rules import Standing
from trefoil.notifications.queries import letters_visible_to

from ..addresses import page_href
from ..words import counted
from .need import Need
from .rows import Part, Row, part_rows

MESSAGES, LETTERS = "Messages", "E-mails that did not go"


def parts_of_letters(standing: Standing, now: datetime) -> Iterator[Part]:  # noqa: ARG001 as every source
    """E-mails to people of this partnership that failed: for those who manage people."""
    if not standing.may(Permission.MANAGE_PEOPLE):
        return
    href = page_href("letters_unsent", standing.partnership.slug)

    def as_need(row: Row) -> Need:
        return Need(f"E-mail to {row.title}", row.words, "See it or try again", href, "queried", "Not sent", LETTERS)

    yield Part("letters", LETTERS, partial(_unsent, standing), as_need, href)


def _unsent(standing: Standing) -> QuerySet[Any, Any]:
    return part_rows(letters_visible_to(standing), "due_at", title=F("person__name"), words=F("why_not"))


def unread_need(standing: Standing) -> list[Need]:
    """One line for all of them: their number came with the reader's duties."""
    number = standing.counts.get("unread", 0)
    if not number:
        return []
    title = f"{counted(number, 'message')} not read"
    href = page_href("message_list", standing.partnership.slug)
    return [Need(title, "What others told you here.", "Read them", href, "open", "New", MESSAGES)]
