"""Redacted copies: the list, the copy, a person who looks, and nothing of the original in what leaves."""

from datetime import datetime

import pytest

from tests.reviews.chronologies import copied, entered, listed, two_asked
from tests.reviews.made import TEXT, reading
from tests.world import World
from trefoil.access import sealed_field
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.indicators.downloads.document import FileFormat
from trefoil.reviews.files_chronology import copy_document
from trefoil.reviews.models import STANDS, RedactedCopy, Review
from trefoil.reviews.operations.chronology_redaction import (
    add_redacted_word,
    finish_copy,
    look_at_lines,
    make_redacted_copy,
    remove_redacted_word,
    rewrite_line,
    withdraw_copy,
)
from trefoil.reviews.queries_chronology import lines_of_copy
from trefoil.reviews.rules_chronology import copies_visible_to

NAMES = ("Wren", "painted balcony", "house by the mill")


@pytest.fixture
def review(world: World, now: datetime) -> Review:
    """Two agencies with an entry each."""
    police, health = two_asked(world, now)
    entered(police, now)
    entered(health, now, "March 2026", what="Wren and Finch moved in with the aunt.")
    return police.review


def written(copy: RedactedCopy, now: datetime) -> str:
    """The file as somebody takes it."""
    return copy_document(copy, lines_of_copy(copy), now=now).written(FileFormat.CSV).decode()


def events(event: EventType) -> int:
    return AuditEvent.objects.filter(event=event).count()


def test_list_of_words_refuses_what_would_give_a_name_away(world: World, now: datetime, review: Review) -> None:
    listed(review, now)

    def add(words: str, role: str) -> None:
        add_redacted_word(review=review, words=words, role=role, by=world.manager, now=now)

    for words, role, why in (
        ("wren", "child 1", "on the list already"),
        ("Finch", "aunt of Wren", "another word of the list"),
        ("child", "baby", "A role on the list holds this word"),
        ("Finch", "", "Say which role"),
        ("Finch" * 50, "the aunt", "at most 200"),
    ):
        with pytest.raises(NotAllowedError, match=why):
            add(words, role)
    word = review.redacted_words.earliest("pk")
    remove_redacted_word(word=word, by=world.manager, now=now)
    with pytest.raises(NotAllowedError, match="taken off already"):
        remove_redacted_word(word=word, by=world.manager, now=now)
    add("Wren", "child 1")
    assert (events(EventType.REDACTED_WORD_ADDED), events(EventType.REDACTED_WORD_REMOVED)) == (4, 1)


def test_redaction_is_for_who_leads_alone(world: World, now: datetime, review: Review) -> None:
    reading(review, world.analyst, now)
    listed(review, now)
    copy = copied(review, now)
    line = copy.lines.earliest("number")
    by = world.analyst
    for act in (
        lambda: add_redacted_word(review=review, words="Finch", role="the aunt", by=by, now=now),
        lambda: remove_redacted_word(word=review.redacted_words.earliest("pk"), by=by, now=now),
        lambda: make_redacted_copy(review=review, by=by, now=now),
        lambda: look_at_lines(copy=copy, numbers=[1], by=by, now=now),
        lambda: rewrite_line(line=line, what=TEXT, place="", source="x", by=by, now=now),
        lambda: finish_copy(copy=copy, by=by, now=now),
        lambda: withdraw_copy(copy=copy, reason=TEXT, by=by, now=now),
    ):
        with pytest.raises(NotAllowedError, match="Only who leads"):
            act()
    seen = standing_of(world.analyst, world.fairmead, now=now)
    assert not copies_visible_to(seen).exists()


def test_make_copy_needs_a_list_and_entries_and_one_at_a_time(world: World, now: datetime, review: Review) -> None:
    with pytest.raises(NotAllowedError, match="list of names and places is empty"):
        copied(review, now)
    listed(review, now)
    copied(review, now)
    with pytest.raises(NotAllowedError, match="looked at already"):
        copied(review, now)


def test_copy_is_final_only_when_every_line_was_looked_at(world: World, now: datetime, review: Review) -> None:
    listed(review, now)
    copy, by = copied(review, now), world.manager
    with pytest.raises(NotAllowedError, match="2 lines of it nobody has looked at"):
        finish_copy(copy=copy, by=by, now=now)
    assert look_at_lines(copy=copy, numbers=[1], by=by, now=now) == 1
    assert look_at_lines(copy=copy, numbers=[1], by=by, now=now) == 0
    second = copy.lines.get(number=2)
    with pytest.raises(NotAllowedError, match="A word of the list"):
        rewrite_line(line=second, what="Wren moved in.", place="", source="x", by=by, now=now)
    with pytest.raises(NotAllowedError, match="No source"):
        rewrite_line(line=second, what="They moved in.", place="", source="", by=by, now=now)
    rewrite_line(line=second, what="They moved in with an aunt.", place="", source="A record", by=by, now=now)
    finish_copy(copy=copy, by=by, now=now)
    with pytest.raises(NotAllowedError, match="final or withdrawn"):
        look_at_lines(copy=copy, numbers=[1], by=by, now=now)
    assert "They moved in with an aunt." in written(RedactedCopy.objects.get(), now)
    assert [events(one) for one in (EventType.REDACTED_LINES_LOOKED_AT, EventType.REDACTED_LINE_REWRITTEN)] == [1, 1]
    assert [events(one) for one in (EventType.REDACTED_COPY_MADE, EventType.REDACTED_COPY_FINAL)] == [1, 1]


def test_copy_is_not_final_when_a_listed_word_or_another_entry_came_since(
    world: World, now: datetime, review: Review
) -> None:
    listed(review, now)
    copy, by = copied(review, now), world.manager
    look_at_lines(copy=copy, numbers=[1, 2], by=by, now=now)
    add_redacted_word(review=review, words="Finch", role="the brother", by=by, now=now)
    with pytest.raises(NotAllowedError, match="stands in line 1"):
        finish_copy(copy=copy, by=by, now=now)
    entered(review.agency_requests.get(agency=world.police), now, "5 March 2026")
    with pytest.raises(NotAllowedError, match="added, corrected or taken out since"):
        finish_copy(copy=copy, by=by, now=now)
    withdraw_copy(copy=copy, reason=TEXT, by=by, now=now)
    with pytest.raises(NotAllowedError, match="withdrawn already"):
        withdraw_copy(copy=copy, reason=TEXT, by=by, now=now)
    assert copied(review, now).number == 2
    assert review.redacted_copies.filter(STANDS).count() == events(EventType.REDACTED_COPY_WITHDRAWN) == 1


def test_final_copy_holds_no_original_and_opens_none(
    world: World, now: datetime, review: Review, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed(review, now)
    reading(review, world.analyst, now)
    copied(review, now, is_final=True)
    copy = copies_visible_to(standing_of(world.analyst, world.fairmead, now=now)).get()
    opened: list[str] = []
    really = sealed_field.open_record

    def watched(sealed: str, purpose: bytes) -> str:
        opened.append(really(sealed, purpose))
        return opened[-1]

    monkeypatch.setattr(sealed_field, "open_record", watched)
    whole = written(copy, now)
    assert "the child was looked for at the the home" in whole
    assert not any(name in text for name in NAMES for text in [whole, *opened])
    assert opened
