"""What Fairmead's people were told long ago, they have read. What came since waits for them."""

from datetime import datetime, timedelta

from trefoil.notifications.models import Message
from trefoil.notifications.operations import mark_read

from .borough import Borough

READ_WITHIN = timedelta(days=10)


def read_old_messages(borough: Borough, *, now: datetime) -> None:
    """Each message was read a day after it came, but the newest ones."""
    old = Message.objects.filter(partnership=borough.partnership, read_at__isnull=True, queued_at__lt=now - READ_WITHIN)
    for message in old.select_related("person"):
        then = message.queued_at + timedelta(days=1)
        mark_read(partnership=borough.partnership, by=message.person, now=then, message=message)
