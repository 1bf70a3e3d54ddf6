"""Redacted copies of a chronology: the list of words, a copy made, looked at by a person, final or withdrawn."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Person

from ..chronology.reading import check_text
from ..chronology.redaction import Redactor, check_role
from ..chronology.when import Shown, UnclearError, shown_as
from ..models import STANDS, ChronologyEntry, RedactedCopy, RedactedLine, RedactedWord, Review, undoing
from ..moving import held, on_review
from ..queries_chronology import redactor_of
from ..rules import check_leads, check_words

LONGEST_WORDS, LONGEST_ROLE = 200, 100


@transaction.atomic
def add_redacted_word(*, review: Review, words: str, role: str, by: Person, now: datetime) -> RedactedWord:
    """Put a name or place on the list, with the role that stands in its place."""
    check_leads(by, review, now)
    own = held(review)
    listed = {_plain(one.words): one.role for one in own.redacted_words.filter(STANDS)}
    plain, stands_for = " ".join(words.split()), " ".join(role.split())
    if len(plain) > LONGEST_WORDS or len(stands_for) > LONGEST_ROLE:
        raise NotAllowedError(f"A name has at most {LONGEST_WORDS} characters, a role {LONGEST_ROLE}.")
    if wrong := check_role(plain, stands_for, listed):
        raise NotAllowedError(wrong)
    if any(Redactor({plain: ""}).holds_listed(other) for other in listed.values()):
        raise NotAllowedError("A role on the list holds this word. Change that role first.")
    if _plain(plain) in listed:
        raise NotAllowedError("It is on the list already. Take it off first to give it another role.")
    added = RedactedWord.objects.create(review=own, words=plain, role=stands_for, added_at=now, added_by=by)
    record(event=EventType.REDACTED_WORD_ADDED, by=by, now=now, detail={"word": added.pk}, **on_review(own))
    return added


@transaction.atomic
def remove_redacted_word(*, word: RedactedWord, by: Person, now: datetime) -> None:
    """Take it off the list. Copies that were made stay as they are."""
    check_leads(by, word.review, now)
    own = held(word.review)
    if not RedactedWord.objects.filter(STANDS, pk=word.pk).update(**undoing(by, now, "")):
        raise NotAllowedError("It was taken off already.")
    record(event=EventType.REDACTED_WORD_REMOVED, by=by, now=now, detail={"word": word.pk}, **on_review(own))


@transaction.atomic
def make_redacted_copy(*, review: Review, by: Person, now: datetime, days: Shown = Shown.AS_ENTERED) -> RedactedCopy:
    """The chronology as it stands, with the words of the list and the child's name replaced, for a person to look at.

    The copy holds the redacted words alone, and days no more exactly than `days`; the originals stay where they are.
    """
    check_leads(by, review, now)
    own = held(review)
    redactor, entries = redactor_of(own), list(own.chronology.filter(STANDS).select_related("agency"))
    if not redactor.roles:
        raise NotAllowedError("The list of names and places is empty. Fill it first.")
    if not entries:
        raise NotAllowedError("The chronology has no entries yet.")
    if own.redacted_copies.filter(STANDS, final_at__isnull=True).exists():
        raise NotAllowedError("A copy is being looked at already. Finish it, or withdraw it.")
    number = (own.redacted_copies.aggregate(last=Max("number"))["last"] or 0) + 1
    copy = RedactedCopy.objects.create(review=own, number=number, days=days.value, made_at=now, made_by=by)
    lines = [_line(copy, at, one, redactor) for at, one in enumerate(entries, start=1)]
    RedactedLine.objects.bulk_create(lines, batch_size=500)
    detail = {"copy": number, "lines": len(lines), "days": days.value}
    record(event=EventType.REDACTED_COPY_MADE, by=by, now=now, detail=detail, **on_review(own))
    return copy


def _line(copy: RedactedCopy, number: int, entry: ChronologyEntry, redactor: Redactor) -> RedactedLine:
    when = shown_as(entry.when, Shown(copy.days))
    return RedactedLine(
        copy=copy,
        number=number,
        entry=entry,
        precision=when.precision.value,
        first_on=when.first,
        last_on=when.last,
        at_time=when.at,
        is_about=when.is_about,
        seen=entry.seen,
        agency=redactor.redacted(entry.agency.name),
        what=redactor.redacted(entry.what),
        place=redactor.redacted(entry.place),
        source=redactor.redacted(entry.source),
    )


@transaction.atomic
def look_at_lines(*, copy: RedactedCopy, numbers: Collection[int], by: Person, now: datetime) -> int:
    """Say that one has read these lines and that they give nobody away. How many were new."""
    own = _held_draft(copy, by, now)
    waiting = copy.lines.filter(number__in=numbers, looked_at__isnull=True)
    looked = waiting.update(looked_at=now, looked_by=by)
    if looked:
        detail = {"copy": copy.number, "first": min(numbers), "last": max(numbers), "count": looked}
        record(event=EventType.REDACTED_LINES_LOOKED_AT, by=by, now=now, detail=detail, **on_review(own))
    return looked


@transaction.atomic
def rewrite_line(*, line: RedactedLine, what: str, place: str, source: str, by: Person, now: datetime) -> None:
    """Word a line by hand, where the list did not know a name. Whoever rewrites it has looked at it."""
    own, redactor = _held_draft(line.copy, by, now), redactor_of(line.copy.review)
    said = {"what": what, "place": place, "source": source}
    try:
        said = {column: check_text(column, text) for column, text in said.items()}
    except UnclearError as wrong:
        raise NotAllowedError(str(wrong)) from wrong
    if any(redactor.holds_listed(text) for text in said.values()):
        raise NotAllowedError("A word of the list, or the child’s name, stands in it. Write the role instead.")
    RedactedLine.objects.filter(pk=line.pk).update(**said, looked_at=now, looked_by=by)
    detail = {"copy": line.copy.number, "line": line.number}
    record(event=EventType.REDACTED_LINE_REWRITTEN, by=by, now=now, detail=detail, **on_review(own))


@transaction.atomic
def finish_copy(*, copy: RedactedCopy, by: Person, now: datetime) -> None:
    """Make it final: every line was looked at, no word of the list stands in it, and the chronology is as it was."""
    own = _held_draft(copy, by, now)
    waiting = copy.lines.filter(looked_at__isnull=True).count()
    if waiting:
        raise NotAllowedError(f"{waiting:,} line{'s' * (waiting > 1)} of it nobody has looked at yet.")
    if set(copy.lines.values_list("entry", flat=True)) != set(
        own.chronology.filter(STANDS).values_list("pk", flat=True)
    ):
        raise NotAllowedError("Entries were added, corrected or taken out since. Withdraw this copy and make another.")
    redactor = redactor_of(own)
    held_by = [one.number for one in copy.lines.all() if _holds_listed(one, redactor)]
    if held_by:
        raise NotAllowedError(
            f"A word of the list, or the child’s name, stands in line {held_by[0]}. Rewrite that line."
        )
    RedactedCopy.objects.filter(pk=copy.pk).update(final_at=now, final_by=by)
    record(event=EventType.REDACTED_COPY_FINAL, by=by, now=now, detail={"copy": copy.number}, **on_review(own))


@transaction.atomic
def withdraw_copy(*, copy: RedactedCopy, reason: str, by: Person, now: datetime) -> None:
    """Take a copy back, final or not, with why. What was downloaded of it is on the trail."""
    check_leads(by, copy.review, now)
    own, why = held(copy.review), check_words(reason, "Say why it is withdrawn")
    if not RedactedCopy.objects.filter(STANDS, pk=copy.pk).update(**undoing(by, now, why)):
        raise NotAllowedError("It was withdrawn already.")
    record(event=EventType.REDACTED_COPY_WITHDRAWN, by=by, now=now, detail={"copy": copy.number}, **on_review(own))


def _holds_listed(line: RedactedLine, redactor: Redactor) -> bool:
    return any(map(redactor.holds_listed, (line.agency, line.what, line.place, line.source)))


def _held_draft(copy: RedactedCopy, by: Person, now: datetime) -> Review:
    check_leads(by, copy.review, now)
    own = held(copy.review)
    if not RedactedCopy.objects.filter(STANDS, pk=copy.pk, final_at__isnull=True).exists():
        raise NotAllowedError("This copy is final or withdrawn, and stays as it is.")
    return own


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()
