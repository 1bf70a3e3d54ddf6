"""The pages and files of a chronology, and who may not open them."""

import io
import re
from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests.reviews.chronologies import SOURCE, VISIT, copied, entered, file, listed, two_asked
from tests.reviews.made import TEXT, reading
from tests.reviews.test_costs import cost
from tests.world import World
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.people.models import Person
from trefoil.reviews.chronology.reading import Seen
from trefoil.reviews.models import STANDS, AgencyRequest, ChronologyEntry, RedactedCopy, Review

ClientFor = Callable[[Person], Client]
NEW = ["March 2026", "Moved to another school.", "", "", "School roll"]


@pytest.fixture
def police(world: World, now: datetime) -> AgencyRequest:
    """Dana's request; health, by Bob, has an entry of the same day."""
    police, health = two_asked(world, now)
    entered(police, now)
    entered(health, now, seen=Seen.SEEN, source="Blue book of the clinic")
    return police


def at(name: str, review: Review, *more: object) -> str:
    return reverse(name, args=["fairmead", review.reference, *more])


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_merged_page_is_for_readers_of_the_whole_review_alone(
    world: World, now: datetime, police: AgencyRequest, client_for: ClientFor
) -> None:
    review = police.review
    reading(review, world.analyst, now)
    for person in (world.manager, world.analyst):
        shown = text(client_for(person), at("chronology_merged", review))
        assert shown.count(VISIT) == 2
        assert shown.count("Contradicted") == 2
    before = AuditEvent.objects.filter(event=EventType.RECORD_READ).count()
    pages = ["chronology_merged", "chronology_pairs", "chronology_redaction"]
    for person in (world.dana, world.bob, world.alice, world.charlie):
        for page in [at(one, review) for one in pages] + [at("chronology_file", review, "csv")]:
            assert client_for(person).get(page).status_code == 404, (person, page)
    assert AuditEvent.objects.filter(event=EventType.RECORD_READ).count() == before
    client_for(world.analyst).get(at("chronology_merged", review))
    last = AuditEvent.objects.filter(event=EventType.RECORD_READ).latest("sequence")
    assert (last.subject, last.actor) == (review.subject, world.analyst.pk)


def test_own_page_shows_one_agency_alone_and_writes_for_it_alone(
    world: World, police: AgencyRequest, client_for: ClientFor
) -> None:
    review, dana = police.review, client_for(world.dana)
    shown = text(dana, at("chronology_own", review, police.pk))
    assert SOURCE in shown
    assert "Blue book" not in shown
    assert "Add an entry" in shown
    health = review.agency_requests.get(agency=world.health)
    theirs = review.chronology.get(agency=world.health)
    for name, key in (
        ("chronology_own", health.pk),
        ("chronology_enter", health.pk),
        ("chronology_upload", health.pk),
        ("chronology_correct", theirs.pk),
        ("chronology_take_out", theirs.pk),
    ):
        assert dana.get(at(name, review, key)).status_code == 404, name
    for ending in ("csv", "xlsx"):
        assert dana.get(at("chronology_own_file", review, health.pk, ending)).status_code == 404
    led = client_for(world.manager)
    assert "Add an entry" not in text(led, at("chronology_own", review, police.pk))
    assert led.get(at("chronology_enter", review, police.pk)).status_code == 404


def test_entering_correcting_and_taking_out_by_the_pages(
    world: World, police: AgencyRequest, client_for: ClientFor
) -> None:
    review, dana = police.review, client_for(world.dana)
    given = {"when": "last spring", "what": "Moved to another school.", "place": "", "seen": "not_said", "source": ""}
    wrong = dana.post(at("chronology_enter", review, police.pk), given).content.decode()
    assert "does not say when" in wrong
    assert "Which record is it from" in wrong
    right = given | {"when": "about March 2026", "source": "School roll"}
    assert dana.post(at("chronology_enter", review, police.pk), right).status_code == 302
    entry = review.chronology.get(precision="month")
    changed = right | {"when": "2 March 2026", "reason": TEXT}
    assert dana.post(at("chronology_correct", review, entry.pk), changed).status_code == 302
    shown = text(dana, at("chronology_own", review, police.pk))
    assert "It stood before as" in shown
    new = review.chronology.get(STANDS, first_on__day=2)
    assert dana.post(at("chronology_take_out", review, new.pk), {"reason": TEXT}).status_code == 302
    assert review.chronology.filter(STANDS, agency=world.police).count() == 1


def test_upload_page_names_every_fault_and_stores_nothing_or_all(
    world: World, police: AgencyRequest, client_for: ClientFor
) -> None:
    review, dana = police.review, client_for(world.dana)
    page, before = at("chronology_upload", review, police.pk), ChronologyEntry.objects.count()
    bad = SimpleUploadedFile("a.csv", file(NEW, ["yesterday", "Moved again.", "", "", ""]))
    shown = dana.post(page, {"upload": bad}).content.decode()
    assert "Nothing of the file was stored" in shown
    for words in ('data-label="Row">3<', 'data-label="Column">when<', 'data-label="Column">source<', "yesterday"):
        assert words in shown
    assert ChronologyEntry.objects.count() == before
    good = dana.post(page, {"upload": SimpleUploadedFile("a.csv", file(NEW))}, follow=True).content.decode()
    assert "1 entries stored" not in good
    assert "1 entry stored." in good
    assert "Take out what it brought" in good
    upload = review.chronology_uploads.get()
    out = at("chronology_upload_take_out", review, police.pk, upload.pk)
    assert dana.post(out, {"reason": TEXT}).status_code == 302
    assert ChronologyEntry.objects.filter(STANDS).count() == before


def test_files_hold_what_the_reader_may_read_and_are_on_the_trail(
    world: World, police: AgencyRequest, client_for: ClientFor
) -> None:
    review = police.review
    led, dana = client_for(world.manager), client_for(world.dana)
    csv = text(led, at("chronology_file", review, "csv"))
    assert csv.count(VISIT) == 2
    book = load_workbook(io.BytesIO(led.get(at("chronology_file", review, "xlsx")).content))
    assert book["Chronology"].max_row == 3
    assert led.get(at("chronology_file", review, "pdf")).status_code == 404
    own = text(dana, at("chronology_own_file", review, police.pk, "csv"))
    assert (own.count(VISIT), "Blue book" in own) == (1, False)
    assert text(dana, at("chronology_template", review, police.pk, "csv")).strip("\ufeff\r\n").startswith("when,what")
    taken = AuditEvent.objects.filter(event=EventType.CHRONOLOGY_DOWNLOADED)
    assert [(one.subject, one.actor) for one in taken.order_by("sequence")] == [
        *[(review.subject, world.manager.pk)] * 2,
        (review.subject, world.dana.pk),
    ]
    assert VISIT not in str(list(taken.values_list("detail", flat=True)))


def test_pairs_stand_side_by_side_until_looked_into(world: World, police: AgencyRequest, client_for: ClientFor) -> None:
    review, led = police.review, client_for(world.manager)
    shown = text(led, at("chronology_pairs", review))
    assert "1 that contradict each other" in shown
    assert shown.count(VISIT) == 2
    keys = sorted(review.chronology.values_list("pk", flat=True))
    note = at("chronology_pair_note", review, *keys)
    assert led.post(note, {"words": "One visit, told twice."}).status_code == 302
    assert "One visit, told twice." in text(led, at("chronology_pairs", review))
    assert "No pairs" in text(led, at("chronology_pairs", review) + "?entry=0")
    assert "Contradicted" not in text(led, at("chronology_merged", review))


def test_redaction_by_the_pages_ends_in_a_copy_that_names_nobody(
    world: World, now: datetime, police: AgencyRequest, client_for: ClientFor
) -> None:
    review, led = police.review, client_for(world.manager)
    reading(review, world.analyst, now)
    panel = client_for(world.analyst)
    words = at("chronology_redaction", review)
    assert led.post(words, {"words": "Wren", "role": "Wren’s role"}).status_code == 200
    for name in ("Wren", "house by the mill"):
        assert led.post(words, {"words": name, "role": "the child" if name == "Wren" else "home"}).status_code == 302
    led.post(at("chronology_copy_new", review))
    copy = RedactedCopy.objects.get()
    page = at("chronology_copy", review, copy.pk)
    assert panel.get(page).status_code == 404
    assert led.get(at("chronology_copy_file", review, copy.pk, "csv")).status_code == 404
    assert VISIT in text(led, page)
    line = copy.lines.get(number=1)
    said = {"what": "The child was looked for.", "place": "", "source": "A record"}
    assert led.post(at("chronology_line", review, line.pk), said).status_code == 302
    assert led.post(page).status_code == 302
    assert led.post(at("chronology_copy_finish", review, copy.pk)).status_code == 302
    shown = text(panel, page)
    assert "The child was looked for." in shown
    assert "Wren" not in re.sub(r"(?s)<head>.*?</head>", "", shown)
    taken = text(panel, at("chronology_copy_file", review, copy.pk, "csv"))
    assert not any(name in taken for name in ("Wren", "by the mill"))
    assert led.post(at("chronology_copy_withdraw", review, copy.pk), {"reason": TEXT}).status_code == 302
    assert panel.get(page).status_code == 404
    word = review.redacted_words.earliest("pk")
    assert led.post(at("chronology_word_remove", review, word.pk)).status_code == 302


def test_pages_cost_the_same_with_one_row_and_with_three(
    world: World, now: datetime, police: AgencyRequest, client_for: ClientFor
) -> None:
    review, led = police.review, client_for(world.manager)
    listed(review, now)
    copied(review, now, is_final=True)
    copy = copied(review, now)
    pages = [at(one, review) for one in ("chronology_merged", "chronology_pairs", "chronology_redaction")]
    pages += [at("chronology_own", review, police.pk), at("chronology_copy", review, copy.pk)]
    once = [cost(led, page) for page in pages]
    health = review.agency_requests.get(agency=world.health)
    for day in (4, 5):
        entered(police, now, f"{day} March 2026")
        entered(health, now, f"{day} March 2026")
    assert [cost(led, page) for page in pages] == once
