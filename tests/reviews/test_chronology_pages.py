"""The pages and files of a chronology, and who may not open them."""

import io
import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from tests.reviews.chronologies import PLACE, SOURCE, VISIT, copied, entered, file, listed, row, two_asked
from tests.reviews.made import TEXT, reading
from tests.reviews.test_costs import cost
from tests.world import World
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.people.models import Person
from trefoil.reviews.chronology.reading import Seen
from trefoil.reviews.models import STANDS, AgencyRequest, ChronologyEntry, RedactedCopy, Review
from trefoil.reviews.operations.chronology import correct_entry

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
    for person, words in ((world.manager, VISIT), (world.analyst, VISIT.replace("Wren", "[the child]"))):
        shown = text(client_for(person), at("chronology_merged", review))
        assert shown.count(words) == 2
        assert shown.count("Contradicted") == 2
    before = AuditEvent.objects.filter(event=EventType.RECORD_READ).count()
    pages = ["chronology_merged", "chronology_pairs", "chronology_lanes", "chronology_redaction"]
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
    known = ["3 March 2026", VISIT, PLACE, "not seen", SOURCE]
    checked = dana.post(page, {"upload": SimpleUploadedFile("a.csv", file(NEW, known))}).content.decode()
    assert "Is this what you meant?" in checked
    assert "1: they stand already" in checked
    assert "Store 1 entry" in checked
    assert ChronologyEntry.objects.count() == before
    held = {name: re.search(f'name="{name}" value="([^"]*)"', checked)[1] for name in ("held", "name")}
    good = dana.post(page, held, follow=True).content.decode()
    assert "1 entry stored. 1 stood already and were left out." in good
    twice = dana.post(page, {"upload": SimpleUploadedFile("a.csv", file(NEW, known))}).content.decode()
    assert "This same file was stored on" in twice
    assert "There is nothing to store" in twice
    assert "Every entry of this file stands already" in dana.post(page, held, follow=True).content.decode()
    for broken in ("", "%", "YWJj"):
        assert "Choose the file again" in dana.post(page, held | {"held": broken}, follow=True).content.decode()
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


def test_who_was_not_given_the_child_reads_roles_for_names_everywhere(
    world: World, now: datetime, police: AgencyRequest, client_for: ClientFor
) -> None:
    review = police.review
    listed(review, now)
    correct_entry(
        entry=review.chronology.get(agency=world.police), row=row("4 March 2026"), reason=TEXT, by=world.dana, now=now
    )
    entered(police, now)
    reading(review, world.analyst, now)
    panel = client_for(world.analyst)
    pages = [at(one, review) for one in ("chronology_merged", "chronology_pairs", "chronology_lanes")]
    for page in [*pages, at("chronology_own", review, police.pk)]:
        shown = text(panel, page)
        assert "You were not given who the child is" in shown, page
        assert "the child was looked for at the the home" in shown, page
        assert "Wren" not in re.sub(r"(?s)<head>.*?</head>", "", shown), page
    for taken in (at("chronology_file", review, "csv"), at("chronology_own_file", review, police.pk, "csv")):
        assert "Wren" not in text(panel, taken), taken
    assert "Wren" in text(client_for(world.manager), pages[0])


def test_picture_shows_the_days_that_are_asked_for(
    world: World, now: datetime, police: AgencyRequest, client_for: ClientFor
) -> None:
    review, led = police.review, client_for(world.manager)
    page = at("chronology_lanes", review)
    entered(police, now, "2019")
    shown = text(led, page)
    assert shown.count("<svg") == 2
    assert "3 entries from 1 January 2019" in shown
    assert "1 entry from 1 January 2019 to 31 December 2019" in text(led, page + "?days=2019")
    assert "2 entries from 1 January 2026 to 31 December 2026" in text(led, page + "?days=2026")
    assert "3 entries" in text(led, page + "?days=1066")


def test_asking_and_handing_in_by_the_pages(world: World, police: AgencyRequest, client_for: ClientFor) -> None:
    review, dana, led = police.review, client_for(world.dana), client_for(world.manager)
    ask, hand_in = (at(one, review, police.pk) for one in ("chronology_ask", "chronology_hand_in"))
    assert (dana.get(ask).status_code, dana.get(hand_in).status_code) == (404, 404)
    due = timezone.localdate() + timedelta(days=3)
    given = {"due_on_day": due.day, "due_on_month": due.month, "due_on_year": due.year}
    assert led.post(ask, given).status_code == 302
    assert "Set another day" in text(led, at("chronology_merged", review))
    assert f"Your chronology for review {review.reference}" in text(dana, reverse("my_work", args=["fairmead"]))
    assert led.get(hand_in).status_code == 404
    assert dana.post(hand_in, {"said": "nothing"}).status_code == 200
    assert dana.post(hand_in, {"said": "all"}).status_code == 302
    assert "Handed in" in text(dana, at("chronology_own", review, police.pk))


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
    led.post(at("chronology_copy_new", review), {"days": "months"})
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
    for given in (shown, taken):
        assert "March 2026" in given
        assert not any(told in given for told in ("Wren ", "by the mill", "3 March 2026", "2026-03-03"))
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
    names = ("chronology_merged", "chronology_pairs", "chronology_lanes", "chronology_redaction")
    pages = [at(one, review) for one in names]
    pages += [at("chronology_own", review, police.pk), at("chronology_copy", review, copy.pk)]
    once = [cost(led, page) for page in pages]
    health = review.agency_requests.get(agency=world.health)
    for day in (4, 5):
        entered(police, now, f"{day} March 2026")
        entered(health, now, f"{day} March 2026")
    assert [cost(led, page) for page in pages] == once
