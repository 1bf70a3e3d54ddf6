"""What was put on record in error is taken back with a reason. It stays to read, and counts no more."""

from datetime import datetime

from django.db import transaction

from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Person

from ..models import STANDS, PublicationPlan, Review, Undoable, undoing
from ..moving import BEFORE, drop_clocks, on_review
from ..rules import check_words
from ..rules_local import led


@transaction.atomic
def take_back(*, review: Review, row: Undoable, reason: str, by: Person, now: datetime) -> None:
    """Take a row of this review back. Raises NotAllowedError where it was taken back already."""
    own, _today = led(review, by, now)
    why = check_words(reason, "Say why it is taken back")
    if not type(row)._default_manager.filter(STANDS, pk=row.pk).update(**undoing(by, now, why)):
        raise NotAllowedError("It was taken back already.")
    if isinstance(row, PublicationPlan):
        drop_clocks(own, BEFORE, reason="The day of publication was taken back.", by=by, now=now)
    detail = {"what": row._meta.model_name, "row": row.pk}
    record(event=EventType.REVIEW_ROW_TAKEN_BACK, by=by, now=now, detail=detail, **on_review(own))
    row.refresh_from_db()
