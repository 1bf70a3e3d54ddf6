"""A frozen edition published, taken down and put back; the next edition of its document begun."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Person

from ..content import is_as_frozen
from ..due import limit_met
from ..enums import TakenDownFor
from ..locking import locked
from ..models import DocumentMove, Edition, EditionMove, PublicDocument
from ..queries import standing_of_edition
from ..rules import check_can_move, check_day, check_edition_can_move, check_may_run, checked_reason
from ..states import EDITION_MOVES, MOVES
from ..steps import steps_of
from ..telling import told_published, told_taken_down
from ..words import things_words


@transaction.atomic
def publish_edition(*, edition: Edition, on: date, by: Person, now: datetime, reason: str = "") -> EditionMove:
    """Make an edition public. `on` is the day on which it came out, today or earlier.

    What the law or custom wants before publication and is still open has to be given a reason, which stays on record.
    """
    document, now_standing = _held(edition, by, now)
    check_edition_can_move("publish_edition", now_standing)
    check_day(edition, on, now=now)
    if not is_as_frozen(now_standing):
        raise NotAllowedError("it is not what was frozen, so it cannot go out")
    still_open = steps_of(edition, now=now).open_before(on)
    said = reason.strip()
    if still_open:
        said = checked_reason(reason, f"{things_words(len(still_open))} should come first: say why it goes out now")
    moved = _move(edition, "publish_edition", on, said, by=by, now=now)
    limit_met(document, on, by=by, now=now)
    detail = {"on": on.isoformat(), "open": len(still_open), "digest": edition.digest}
    _record(EventType.EDITION_PUBLISHED, edition, by=by, now=now, detail=detail, reason=said)
    told_published(edition, by=by, now=now)
    return moved


@transaction.atomic
def take_down_edition(
    *, edition: Edition, reason: str, by: Person, now: datetime, public_reason: TakenDownFor | str = ""
) -> EditionMove:
    """Take an edition from the public, at once. It stays to be read by who is signed in, with the reason.

    `public_reason` is the kind of reason that the public reads at its address; without it, the day alone.
    """
    if public_reason not in {"", *TakenDownFor}:
        raise NotAllowedError("choose what the public reads from the list")
    _, now_standing = _held(edition, by, now)
    check_edition_can_move("take_down_edition", now_standing)
    said = checked_reason(reason, "say why it is taken down")
    moved = _move(edition, "take_down_edition", timezone.localdate(now), said, by=by, now=now, tells=public_reason)
    detail = {"public_reason": str(public_reason)}
    _record(EventType.EDITION_TAKEN_DOWN, edition, by=by, now=now, detail=detail, reason=said)
    told_taken_down(edition, by=by, now=now)
    return moved


@transaction.atomic
def put_back_edition(*, edition: Edition, reason: str, by: Person, now: datetime) -> EditionMove:
    """Make an edition public again that was taken down. The day of its first publication stays what it was."""
    _, now_standing = _held(edition, by, now)
    check_edition_can_move("put_back_edition", now_standing)
    if not is_as_frozen(now_standing):
        raise NotAllowedError("it is not what was frozen, so it cannot go out")
    said = checked_reason(reason, "say why it is put back")
    moved = _move(edition, "put_back_edition", timezone.localdate(now), said, by=by, now=now)
    _record(EventType.EDITION_PUT_BACK, edition, by=by, now=now, detail={}, reason=said)
    return moved


@transaction.atomic
def begin_next_edition(*, document: PublicDocument, reason: str, by: Person, now: datetime) -> None:
    """Make a frozen document a draft again, for its next edition. Editions that are out stay out as they are."""
    check_may_run(standing_of(by, document.partnership, now=now))
    held = locked(document)
    check_can_move("begin_next_edition", held)
    said = checked_reason(reason, "say why it is taken up again")
    to = MOVES["begin_next_edition"].after
    DocumentMove.objects.create(
        document=held, from_state=held.state, to_state=to, reason=said, moved_at=now, moved_by=by
    )
    PublicDocument.objects.filter(pk=held.pk).update(state=to)
    record(
        event=EventType.NEXT_EDITION_BEGUN,
        by=by,
        now=now,
        partnership=held.partnership.slug,
        subject=held.reference,
        detail={"editions": held.editions.count()},
        reason=said[:500],
    )
    document.refresh_from_db()


def _held(edition: Edition, by: Person, now: datetime) -> tuple[PublicDocument, Any]:
    """The document, held, and the edition with its standing now. Raises NotAllowedError."""
    check_may_run(standing_of(by, edition.document.partnership, now=now))
    return locked(edition.document), standing_of_edition(edition, now)


def _move(
    edition: Edition, name: str, on: date, reason: str, *, by: Person, now: datetime, tells: str = ""
) -> EditionMove:
    step = EDITION_MOVES[name]
    return EditionMove.objects.create(
        edition=edition,
        from_state=step.before,
        to_state=step.after,
        happened_on=on,
        reason=reason,
        public_reason=tells,
        moved_at=now,
        moved_by=by,
    )


def _record(
    event: EventType, edition: Edition, *, by: Person, now: datetime, detail: dict[str, Any], reason: str = ""
) -> None:
    document = edition.document
    record(
        event=event,
        by=by,
        now=now,
        partnership=document.partnership.slug,
        subject=document.reference,
        detail={"edition": edition.number, **detail},
        reason=reason[:500],
    )
