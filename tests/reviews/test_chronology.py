"""A chronology by its operations: who enters, what is refused, what stays on record."""

from datetime import datetime, timedelta
from time import perf_counter

import pytest

from tests.reviews.chronologies import SOURCE, VISIT, entered, file, row, two_asked
from tests.reviews.made import TEXT, asked, notified
from tests.reviews.test_sealing import stored
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.reviews.chronology.reading import Seen, read_entries
from trefoil.reviews.models import STANDS, AgencyRequest, ChronologyEntry, ChronologyUpload
from trefoil.reviews.operations.agencies import withdraw_asking
from trefoil.reviews.operations.chronology import (
    correct_entry,
    enter_entry,
    note_pair,
    take_out_entry,
    take_out_upload,
    upload_entries,
)
from trefoil.reviews.operations.undoing import undo_last_step
from trefoil.reviews.queries_chronology import beside, found_pairs, marks, merged, notes_on

NEW = ["March 2026", "Moved to another school.", "", "", "School roll"]


def sent(request: AgencyRequest, now: datetime, *rows: list[str], data: bytes | None = None) -> ChronologyUpload:
    whole = data or file(*rows)
    read = read_entries("entries.csv", whole, now.date())
    assert read.faults == ()
    return upload_entries(request=request, rows=read.rows, file_name="Wren.csv", data=whole, by=request.person, now=now)


def events(event: EventType) -> int:
    return AuditEvent.objects.filter(event=event).count()


def test_enter_entry_is_sealed_and_on_the_trail(world: World, now: datetime) -> None:
    police, _ = two_asked(world, now)
    entry = entered(police, now, "about March 2026")
    assert str(ChronologyEntry.objects.get().when) == "about March 2026"
    assert (entry.agency, entry.entered_by) == (world.police, world.dana)
    everything = stored("reviews_chronologyentry") + stored("audit_auditevent")
    assert not any(words in everything for words in (VISIT, SOURCE))
    assert events(EventType.CHRONOLOGY_ENTERED) == 1


def test_enter_entry_is_for_the_person_who_was_asked_alone(world: World, now: datetime) -> None:
    police, health = two_asked(world, now)
    for by in (world.bob, world.manager, world.alice, world.charlie):
        with pytest.raises(NotAllowedError, match="Only the person who was asked"):
            enter_entry(request=police, row=row(), by=by, now=now)
    with pytest.raises(NotAllowedError, match="Only the person who was asked"):
        enter_entry(request=health, row=row(), by=world.bob, now=now + timedelta(days=30))
    withdraw_asking(request=health, reason="Health was never involved.", by=world.manager, now=now)
    with pytest.raises(NotAllowedError, match="Only the person who was asked"):
        enter_entry(request=health, row=row(), by=world.bob, now=now)
    withdraw_asking(request=police, reason="The wrong force was asked.", by=world.manager, now=now)
    undo_last_step(review=police.review, reason=TEXT, by=world.manager, now=now)
    with pytest.raises(NotAllowedError, match="No agency is asked"):
        enter_entry(request=police, row=row(), by=world.dana, now=now)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"source": " "}, "No source is given"),
        ({"what": ""}, "does not say what happened"),
        ({"what": "x" * 4001}, "at most 4,000"),
        ({"when": "1 January 2030"}, "has not come yet"),
    ],
)
def test_enter_entry_without_what_it_needs_is_refused(
    world: World, now: datetime, wrong: dict[str, str], words: str
) -> None:
    police, _ = two_asked(world, now)
    with pytest.raises(NotAllowedError, match=words):
        enter_entry(request=police, row=row(**wrong), by=world.dana, now=now)
    assert not ChronologyEntry.objects.exists()


def test_enter_entry_twice_is_refused(world: World, now: datetime) -> None:
    police, health = two_asked(world, now)
    entered(police, now)
    entered(health, now)
    with pytest.raises(NotAllowedError, match="stands already"):
        entered(police, now, what=f"{VISIT}  ")


def test_upload_entries_stores_all_and_leaves_out_what_stands(world: World, now: datetime) -> None:
    police, _ = two_asked(world, now)
    entered(police, now)
    known = ["3 March 2026", VISIT, "The house by the mill", "not seen", SOURCE]
    upload = sent(police, now, known, NEW)
    assert (upload.count, police.review.chronology.count()) == (1, 2)
    assert "Wren.csv" not in stored("reviews_chronologyupload")
    with pytest.raises(NotAllowedError, match="Every entry of this file stands already"):
        sent(police, now, known, NEW)
    assert events(EventType.CHRONOLOGY_UPLOADED) == ChronologyUpload.objects.count() == 1


def test_upload_entries_with_one_bad_row_stores_nothing(world: World, now: datetime) -> None:
    police, _ = two_asked(world, now)
    rows = [row(), row("4 March 2026", source="")]
    with pytest.raises(NotAllowedError, match="No source"):
        upload_entries(request=police, rows=rows, file_name="a", data=b"a", by=world.dana, now=now)
    assert not ChronologyEntry.objects.exists()
    assert not ChronologyUpload.objects.exists()


def test_upload_entries_meant_for_another_review_is_refused(world: World, now: datetime) -> None:
    police, _ = two_asked(world, now)
    other = asked(notified(world, now), world.police, world.dana, now)
    sent(police, now, NEW)
    with pytest.raises(NotAllowedError, match="same file for another review"):
        sent(other, now, NEW)


def test_correct_entry_keeps_what_stood_before(world: World, now: datetime) -> None:
    police, _ = two_asked(world, now)
    entry = entered(police, now)
    with pytest.raises(NotAllowedError, match="Nothing was changed"):
        correct_entry(entry=entry, row=row(), reason=TEXT, by=world.dana, now=now)
    with pytest.raises(NotAllowedError, match="Say why"):
        correct_entry(entry=entry, row=row("4 March 2026"), reason="", by=world.dana, now=now)
    new = correct_entry(entry=entry, row=row("4 March 2026"), reason=TEXT, by=world.dana, now=now)
    stands = ChronologyEntry.objects.select_related("corrects").get(STANDS)
    assert (stands, stands.corrects, stands.corrects.undone_reason) == (new, entry, TEXT)
    with pytest.raises(NotAllowedError, match="corrected or taken out already"):
        correct_entry(entry=entry, row=row("5 March 2026"), reason=TEXT, by=world.dana, now=now)
    with pytest.raises(NotAllowedError, match="Only the person who was asked"):
        correct_entry(entry=new, row=row("5 March 2026"), reason=TEXT, by=world.manager, now=now)
    assert events(EventType.CHRONOLOGY_CORRECTED) == 1


def test_correct_entry_to_what_stands_already_is_refused(world: World, now: datetime) -> None:
    police, _ = two_asked(world, now)
    entered(police, now, "4 March 2026")
    entry = entered(police, now)
    with pytest.raises(NotAllowedError, match="stands already"):
        correct_entry(entry=entry, row=row("4 March 2026"), reason=TEXT, by=world.dana, now=now)


def test_take_out_entry_and_a_whole_file(world: World, now: datetime) -> None:
    police, health = two_asked(world, now)
    entry = entered(police, now)
    upload = sent(police, now, NEW, ["2025", "Born in Fairmead.", "", "", "Birth notice"])
    brought = upload.entries.first()
    correct_entry(entry=brought, row=row("5 March 2026"), reason=TEXT, by=world.dana, now=now)
    with pytest.raises(NotAllowedError, match="Only the person who was asked"):
        take_out_upload(upload=upload, reason=TEXT, by=health.person, now=now)
    assert take_out_upload(upload=upload, reason=TEXT, by=world.dana, now=now) == 2
    with pytest.raises(NotAllowedError, match="Nothing of this file"):
        take_out_upload(upload=upload, reason=TEXT, by=world.dana, now=now)
    assert list(police.review.chronology.filter(STANDS)) == [entry]
    take_out_entry(entry=entry, reason=TEXT, by=world.dana, now=now)
    assert police.review.chronology.count() == 4
    assert not police.review.chronology.filter(STANDS).exists()
    assert events(EventType.CHRONOLOGY_TAKEN_OUT) == 2


def test_merged_is_in_order_of_time_and_the_same_in_the_database_and_in_python(world: World, now: datetime) -> None:
    police, health = two_asked(world, now)
    told = ["2025", "2 January 2025", "January 2025", "1 January 2025 14:30", "1 January 2025", "1 January 2025 09:00"]
    for at, when in enumerate(["between 1 January 2025 and 9 January 2025", *told]):
        entered((police, health)[at % 2], now, when)
    rows = list(merged(standing_of(world.manager, world.fairmead, now=now), police.review))
    assert [str(one.when) for one in rows] == [
        "1 January 2025, 09:00",
        "1 January 2025, 14:30",
        "1 January 2025",
        "between 1 January 2025 and 9 January 2025",
        "January 2025",
        "2025",
        "2 January 2025",
    ]
    assert rows == sorted(rows, key=lambda one: one.when.order)


def test_pairs_are_found_marked_and_looked_into(world: World, now: datetime) -> None:
    police, health = two_asked(world, now)
    first, second = entered(police, now), entered(health, now, seen=Seen.SEEN)
    entered(police, now, "March 2026", what=f"{VISIT}, some time that month")
    review = police.review
    pairs, crowded = found_pairs(review)
    assert crowded == []
    (both,) = beside(pairs, notes_on(review))
    assert {both.first, both.second} == {first, second}
    assert "child was seen" in both.pair.unlike[0]
    assert marks(review, [first, second]) == {first.pk: (0, 1), second.pk: (0, 1)}
    for by in (world.dana, world.analyst):
        with pytest.raises(NotAllowedError, match="Only who leads"):
            note_pair(review=review, first=first, second=second, words=TEXT, by=by, now=now)
    note_pair(review=review, first=second, second=first, words=TEXT, by=world.manager, now=now)
    assert beside(pairs, notes_on(review))[0].note.words == TEXT
    assert marks(review, [first, second]) == {}
    with pytest.raises(NotAllowedError, match="looked into these two already"):
        note_pair(review=review, first=first, second=second, words=TEXT, by=world.manager, now=now)
    with pytest.raises(NotAllowedError, match="not two entries"):
        note_pair(review=review, first=first, second=first, words=TEXT, by=world.manager, now=now)
    assert events(EventType.CHRONOLOGY_PAIR_NOTED) == 1


def test_four_thousand_entries_are_stored_read_and_compared_in_bounded_time(world: World, now: datetime) -> None:
    police, health = two_asked(world, now)
    begun = perf_counter()
    for request in (police, health):
        rows = [
            [f"{1 + at % 28}/{1 + at // 28 % 12}/{2018 + at // 336}", f"{VISIT}, number {at}.", "", "", SOURCE]
            for at in range(2_000)
        ]
        sent(request, now, *rows, data=file(*rows, [str(2010 + request.pk % 9), "Lived elsewhere.", "", "", SOURCE]))
    entries = merged(standing_of(world.manager, world.fairmead, now=now), police.review)
    assert entries.count() == 4_002
    page = list(entries[3_900:3_950])
    assert len(marks(police.review, page)) == 50
    assert len(found_pairs(police.review)[0]) == 2_000
    assert perf_counter() - begun < 90
