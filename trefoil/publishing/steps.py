"""Where an edition stands between approval and the public: what is done, what is open, what is late."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from trefoil.clocks.reckoning.calendar import add_working_days
from trefoil.people.models import Agency
from trefoil.plan.positions import statutory_partners

from .after.reading import After, Recipient, after_approval
from .due import due_on
from .enums import BoardSaid, EditionState
from .models import BoardPassage, Edition, ScrutinyStatement, Sending
from .queries import standing_of_edition


@dataclass(frozen=True)
class BoardLine:
    """A statutory partner and the newest word of its own board."""

    agency: Agency
    passage: BoardPassage | None

    @property
    def why_open(self) -> str:
        """What is open, as a sentence; empty when the board has noted or agreed to it."""
        if self.passage is None:
            return f"{self.agency} has not taken it through its own board."
        asked = self.passage.said == BoardSaid.ASKED
        return f"{self.passage.board} of {self.agency} asked for something." if asked else ""


@dataclass(frozen=True)
class RecipientLine:
    """Somebody whom the law names, and the newest sending that stands."""

    recipient: Recipient
    sending: Sending | None

    @property
    def public_from(self) -> date | None:
        """The first day on which it may be published after this sending; None where the law sets none."""
        if self.sending is None or not self.recipient.working_days_before:
            return None
        return add_working_days(self.sending.sent_on, self.recipient.working_days_before)

    def why_open(self, on: date) -> str:
        """Why it may not be published on a day; empty when nothing speaks against it."""
        days = self.recipient.working_days_before
        if not days:
            return ""
        if self.public_from is None:
            return f"{self.recipient.name}: to be sent at least {days} working days before it is published."
        late = f"{self.recipient.name} has had it for fewer than {days} working days before {on:%-d %B %Y}."
        return late if on < self.public_from else ""

    def late_words(self, published_on: date | None, due: date | None) -> str:
        """What was late about the sending; empty when nothing was, or nobody can tell yet."""
        sent = self.sending
        if sent is None or published_on is None:
            return ""
        days = self.recipient.days_after
        if days and (sent.sent_on - published_on).days > days:
            return f"Sent {(sent.sent_on - published_on).days} days after publication."
        by_due = not days and not self.recipient.working_days_before
        return f"Sent after {due:%-d %B %Y}." if by_due and due and sent.sent_on > due else ""


@dataclass(frozen=True)
class TakenBack:
    """Something that was written down wrongly: what it said, and who took it back when and why."""

    words: str
    row: ScrutinyStatement | BoardPassage | Sending


@dataclass(frozen=True)
class Steps:
    """Everything that was and is to be done with one edition."""

    edition: Any
    after: After
    due_on: date | None
    statements: tuple[ScrutinyStatement, ...]
    boards: tuple[BoardLine, ...]
    recipients: tuple[RecipientLine, ...]
    others: tuple[Sending, ...]
    taken_back: tuple[TakenBack, ...]

    @property
    def stands(self) -> EditionState:
        """Where it stands with the public."""
        return EditionState(self.edition.stands)

    def days_late(self, today: date) -> int:
        """By how many days it was late, or is by now; 0 when it was in time, is in time yet, or nothing sets a day."""
        day = self.edition.published_on or today
        return max(0, (day - self.due_on).days) if self.due_on else 0

    def open_before(self, on: date) -> tuple[str, ...]:
        """What should be done before it is published on a day, each as a sentence."""
        said = []
        if self.after.scrutiny and not self.statements:
            said.append("The independent scrutineer has said nothing of it yet.")
        if self.after.boards:
            said += [one.why_open for one in self.boards if one.why_open]
        return (*said, *(why for one in self.recipients if (why := one.why_open(on))))


def steps_of(edition: Edition, *, now: datetime) -> Steps:
    """The steps of one edition. About eight queries."""
    held = standing_of_edition(edition, now)
    document = held.document
    after = after_approval(document.kind, document.law)
    sendings = list(held.sendings.select_related("recorded_by", "acknowledged_by", "taken_back_by"))
    passages = list(held.boards.select_related("agency", "recorded_by", "taken_back_by"))
    statements = list(held.statements.select_related("recorded_by", "taken_back_by"))
    stand = [one for one in sendings if one.taken_back_at is None]
    newest = {one.recipient: one for one in stand}
    boards = {one.agency_id: one for one in passages if one.taken_back_at is None}
    named = {one.id for one in after.recipients}
    return Steps(
        edition=held,
        after=after,
        due_on=due_on(document),
        statements=tuple(one for one in statements if one.taken_back_at is None),
        boards=tuple(
            BoardLine(one, boards.get(one.pk))
            for one in statutory_partners(document.partnership, timezone.localdate(now))
        ),
        recipients=tuple(RecipientLine(one, newest.get(one.id)) for one in after.recipients),
        others=tuple(one for one in stand if one.recipient not in named),
        taken_back=(*_statements_back(statements), *_boards_back(passages), *_sendings_back(sendings)),
    )


def _statements_back(statements: Iterable[ScrutinyStatement]) -> Iterator[TakenBack]:
    for one in statements:
        if one.taken_back_at:
            yield TakenBack(f"Scrutiny’s statement of {one.said_on:%-d %B %Y}: {one.words}", one)


def _boards_back(passages: Iterable[BoardPassage]) -> Iterator[TakenBack]:
    for one in passages:
        if one.taken_back_at:
            said = one.get_said_display().lower()
            yield TakenBack(f"{one.board} of {one.agency} {said}, {one.taken_on:%-d %B %Y}. {one.words}".strip(), one)


def _sendings_back(sendings: Iterable[Sending]) -> Iterator[TakenBack]:
    for one in sendings:
        if one.taken_back_at:
            yield TakenBack(f"Sent to {one.sent_to}, {one.sent_on:%-d %B %Y}: {one.reference}", one)
