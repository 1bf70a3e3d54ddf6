"""A frozen edition looked at by the scrutineer, taken through a partner's board, sent with proof."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Agency, Person
from trefoil.plan.positions import statutory_partners

from ..after.reading import after_approval
from ..enums import BoardSaid, SentBy
from ..locking import locked
from ..models import BoardPassage, Edition, ScrutinyStatement, Sending
from ..rules import check_day, check_may_run, check_may_take_back, checked_reason, may_answer_for

LONGEST_STATEMENT = 5000


@transaction.atomic
def record_scrutiny(
    *, edition: Edition, words: str, said_on: date, by: Person, now: datetime, reference: str = ""
) -> ScrutinyStatement:
    """Keep what independent scrutiny says of an edition.

    The scrutineer says it, or whoever runs publishing notes it with the paper or meeting that holds it.
    """
    standing = standing_of(by, edition.document.partnership, now=now)
    noted = bool(reference.strip()) and standing.may(Permission.RUN_PUBLISHING)
    if not standing.may(Permission.GIVE_SCRUTINY) and not noted:
        raise NotAllowedError("only the scrutineer says it, or the paper that holds it is named")
    locked(edition.document)
    said = checked_reason(words, "write what scrutiny says of it")
    if len(said) > LONGEST_STATEMENT:
        raise NotAllowedError(f"the statement has at most {LONGEST_STATEMENT:,} characters")
    check_day(edition, said_on, now=now)
    kept = ScrutinyStatement.objects.create(
        edition=edition, words=said, said_on=said_on, reference=reference.strip(), recorded_at=now, recorded_by=by
    )
    _record(EventType.EDITION_SCRUTINISED, edition, by=by, now=now, detail={"on": said_on.isoformat()})
    return kept


@transaction.atomic
def record_board(
    *,
    edition: Edition,
    agency: Agency,
    board: str,
    taken_on: date,
    said: BoardSaid,
    by: Person,
    now: datetime,
    words: str = "",
) -> BoardPassage:
    """Keep what a statutory partner's own board said to an edition. Its own partner says it, or who runs publishing."""
    partnership = edition.document.partnership
    standing = standing_of(by, partnership, now=now)
    if not may_answer_for(standing, agency) and not standing.may(Permission.RUN_PUBLISHING):
        raise NotAllowedError(f"only {agency}’s own partner or the business manager records what its board said")
    locked(edition.document)
    if not statutory_partners(partnership, timezone.localdate(now)).filter(pk=agency.pk).exists():
        raise NotAllowedError(f"{agency} is not one of the statutory safeguarding partners")
    if not board.strip():
        raise NotAllowedError("name the board")
    if said == BoardSaid.ASKED:
        words = checked_reason(words, "say what the board asked for")
    check_day(edition, taken_on, now=now)
    kept = BoardPassage.objects.create(
        edition=edition,
        agency=agency,
        board=board.strip(),
        taken_on=taken_on,
        said=said,
        words=words.strip(),
        recorded_at=now,
        recorded_by=by,
    )
    detail = {"agency": agency.pk, "on": taken_on.isoformat(), "said": BoardSaid(said).value}
    _record(EventType.EDITION_BEFORE_BOARD, edition, by=by, now=now, detail=detail)
    return kept


@transaction.atomic
def record_sending(
    *,
    edition: Edition,
    recipient: str,
    sent_to: str,
    sent_on: date,
    sent_by: SentBy,
    reference: str,
    by: Person,
    now: datetime,
) -> Sending:
    """Keep that an edition was sent, with proof. `recipient` is one whom the law names, or empty with `sent_to`."""
    document = edition.document
    check_may_run(standing_of(by, document.partnership, now=now))
    locked(document)
    named = after_approval(document.kind, document.law).recipient(recipient)
    if recipient and named is None:
        raise NotAllowedError("the law names no such recipient for this document")
    whom = named.name if named else sent_to.strip()
    if not whom or not reference.strip():
        raise NotAllowedError("say to whom it went, and what shows that it went")
    check_day(edition, sent_on, now=now)
    kept = Sending.objects.create(
        edition=edition,
        recipient=recipient,
        sent_to=whom,
        sent_on=sent_on,
        sent_by=sent_by,
        reference=reference.strip(),
        recorded_at=now,
        recorded_by=by,
    )
    detail = {"sending": kept.pk, "recipient": recipient, "on": sent_on.isoformat(), "by": SentBy(sent_by).value}
    _record(EventType.EDITION_SENT, edition, by=by, now=now, detail=detail)
    return kept


@transaction.atomic
def acknowledge_sending(
    *, sending: Sending, acknowledged_on: date, acknowledgement: str, by: Person, now: datetime
) -> None:
    """Keep that whom it was sent to said so, and what shows it."""
    edition = sending.edition
    check_may_run(standing_of(by, edition.document.partnership, now=now))
    locked(edition.document)
    if not acknowledgement.strip():
        raise NotAllowedError("say what shows that they had it")
    if not sending.sent_on <= acknowledged_on <= timezone.localdate(now):
        raise NotAllowedError("the day lies between the sending and today")
    open_one = Sending.objects.filter(pk=sending.pk, acknowledged_at=None, taken_back_at=None)
    kept = {"acknowledged_on": acknowledged_on, "acknowledgement": acknowledgement.strip()}
    if not open_one.update(**kept, acknowledged_at=now, acknowledged_by=by):
        raise NotAllowedError("it was acknowledged or taken back already")
    sending.refresh_from_db()
    _record(EventType.SENDING_ACKNOWLEDGED, edition, by=by, now=now, detail={"sending": sending.pk})


@transaction.atomic
def take_back_sending(*, sending: Sending, reason: str, by: Person, now: datetime) -> None:
    """Say that a sending was written down wrongly. It stays to be read and counts no more."""
    check_may_run(standing_of(by, sending.edition.document.partnership, now=now))
    _take_back(sending, EventType.SENDING_TAKEN_BACK, {"sending": sending.pk}, reason, by=by, now=now)


@transaction.atomic
def take_back_statement(*, statement: ScrutinyStatement, reason: str, by: Person, now: datetime) -> None:
    """Say that a statement of scrutiny was written down wrongly: by who wrote it, or by whoever runs publishing."""
    check_may_take_back(standing_of(by, statement.edition.document.partnership, now=now), statement)
    _take_back(statement, EventType.STATEMENT_TAKEN_BACK, {"statement": statement.pk}, reason, by=by, now=now)


@transaction.atomic
def take_back_board(*, passage: BoardPassage, reason: str, by: Person, now: datetime) -> None:
    """Say that what a board said was written down wrongly: by who wrote it, or by whoever runs publishing."""
    check_may_take_back(standing_of(by, passage.edition.document.partnership, now=now), passage)
    detail = {"passage": passage.pk, "agency": passage.agency_id}
    _take_back(passage, EventType.BOARD_TAKEN_BACK, detail, reason, by=by, now=now)


def _take_back(
    row: Sending | ScrutinyStatement | BoardPassage,
    event: EventType,
    detail: dict[str, Any],
    reason: str,
    *,
    by: Person,
    now: datetime,
) -> None:
    """It stays to be read and counts no more."""
    locked(row.edition.document)
    said = checked_reason(reason, "say why it is taken back")
    standing = type(row)._default_manager.filter(pk=row.pk, taken_back_at=None)
    if not standing.update(taken_back_at=now, taken_back_by=by, why_taken_back=said):
        raise NotAllowedError("somebody has taken it back already")
    row.refresh_from_db()
    _record(event, row.edition, by=by, now=now, detail=detail, reason=said)


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
