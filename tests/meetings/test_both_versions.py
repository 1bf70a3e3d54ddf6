"""Two people at one item or one draft of terms: the second sees both versions. What was typed is kept."""

import re
from html import unescape
from types import SimpleNamespace

import pytest
from django.urls import reverse

from tests.meetings.samples import chaired, coming, held
from trefoil.access.errors import NotAllowedError
from trefoil.editing.models import Draft
from trefoil.meetings.enums import Purpose
from trefoil.meetings.operations.agenda import change_item
from trefoil.meetings.operations.groups import agree_terms, write_terms
from trefoil.meetings.operations.minutes import circulate_minutes, write_minutes
from trefoil.meetings.operations.programme import withdraw_board, write_board

ITEM = {"purpose": "note", "summary": "", "owner": "", "owner_words": "", "minutes_long": "20"}
TERMS = {"functions": "", "membership": "", "quorum_number": "2", "quorum_agencies": [], "review_on_day": ""}


@pytest.fixture
def asking(world, now):
    return SimpleNamespace(world=world, now=now, person=world.bob)


def test_second_writer_of_an_item_sees_both_versions_and_may_save_over(asking, now, client_for) -> None:
    meeting, client = coming(asking), client_for(asking.person)
    item = meeting.items.on_the_agenda()[0]
    address = reverse("item_change", args=["fairmead", meeting.pk, item.pk])
    seen = item.version
    by = {"by": asking.world.manager, "now": now}
    change_item(
        item=item, seen_version=seen, title="Theirs", purpose=Purpose.DECIDE, owner=asking.person, minutes_long=5, **by
    )
    answer = client.post(address, {**ITEM, "title": "Mine", "seen_version": seen})
    page = answer.content.decode()
    assert answer.status_code == 409
    for words in ("Theirs", "Mine", "To decide", "To note", asking.person.name, "Save mine over the newer version"):
        assert words in page
    item.refresh_from_db()
    assert item.title == "Theirs"
    assert Draft.objects.filter(person=asking.person, key=f"agenda_item:{item.pk}").exists()
    client.post(address, {**ITEM, "title": "Mine", "seen_version": item.version})
    item.refresh_from_db()
    assert (item.title, item.version) == ("Mine", seen + 2)
    assert not Draft.objects.exists()


def test_item_taken_off_meanwhile_is_said(asking, client_for) -> None:
    meeting = coming(asking)
    item = meeting.items.on_the_agenda()[1]
    client = client_for(asking.person)
    item.__class__.objects.filter(pk=item.pk).update(removed_reason="It comes back in spring.")
    address = reverse("item_change", args=["fairmead", meeting.pk, item.pk])
    answer = client.post(address, {**ITEM, "title": "Mine", "seen_version": item.version})
    assert "taken off the agenda in the meantime" in answer.content.decode()


def test_second_writer_of_terms_sees_both_versions(asking, now, client_for) -> None:
    group, client = chaired(asking), client_for(asking.person)
    police = asking.world.police
    address = reverse("terms_write", args=["fairmead", group.slug])
    named = {"group": group, "by": asking.world.manager, "now": now}
    write_terms(purpose="Their purpose.", quorum_number=4, quorum_agencies=[police], **named)
    # They wrote the first draft after this form was opened, so it carries no version.
    answer = client.post(address, {**TERMS, "purpose": "My purpose.", "seen_version": ""})
    page = answer.content.decode()
    assert answer.status_code == 409
    for words in ("Their purpose.", "My purpose.", police.name, "Save mine over the newer version"):
        assert words in page
    assert group.terms.get().purpose == "Their purpose."
    client.post(address, {**TERMS, "purpose": "My purpose.", "seen_version": "1"})
    assert group.terms.get().purpose == "My purpose."
    assert client.post(address, {**TERMS, "purpose": "Late.", "seen_version": "1"}).status_code == 409


def test_writer_of_a_draft_that_was_agreed_meanwhile_sees_what_was_agreed(asking, now, client_for) -> None:
    group, client = chaired(asking), client_for(asking.person)
    address, named = reverse("terms_write", args=["fairmead", group.slug]), {"by": asking.world.manager, "now": now}
    draft = write_terms(group=group, purpose="Their purpose.", quorum_number=1, **named)
    meeting = held(asking)
    agree_terms(terms=draft, meeting=meeting, **named)
    mine = {**TERMS, "purpose": "My purpose.", "seen_version": "1"}
    answer = client.post(address, mine)
    page = unescape(answer.content.decode())
    assert answer.status_code == 409
    for words in ("Their purpose.", "My purpose.", "was agreed", str(meeting), "Save mine as the draft of version 2"):
        assert words in page
    assert "not there any more" not in page
    assert Draft.objects.filter(person=asking.person, key=f"terms:{group.slug}").exists()
    # They send it again from there: it becomes the draft of the next version, and what was agreed stands.
    assert client.post(address, {**mine, "seen_version": seen_in(page)}).status_code == 302
    assert [(one.number, one.purpose, one.is_draft) for one in group.terms.order_by("number")] == [
        (1, "Their purpose.", False),
        (2, "My purpose.", True),
    ]
    # A third person who was shown what was agreed as well does not overwrite that draft unseen.
    answer = client_for(asking.world.manager).post(
        address, {**mine, "purpose": "Third.", "seen_version": seen_in(page)}
    )
    assert answer.status_code == 409
    assert "Save mine over the newer version" in answer.content.decode()


def test_writer_of_a_new_version_sees_one_that_was_agreed_meanwhile(asking, now, client_for) -> None:
    group, named = chaired(asking), {"by": asking.world.manager, "now": now}
    address, meeting = reverse("terms_write", args=["fairmead", group.slug]), held(asking)
    for number, purpose in enumerate(("First.", "Second."), start=1):
        page = client_for(asking.person).get(address).content.decode()
        seen = seen_in(page)
        terms = write_terms(
            group=group, purpose=purpose, quorum_number=number, seen_version=int(seen) if seen else None, **named
        )
        agree_terms(terms=terms, meeting=meeting, **named)
    answer = client_for(asking.person).post(address, {**TERMS, "purpose": "Mine.", "seen_version": seen})
    assert answer.status_code == 409
    assert "Second." in answer.content.decode()


def test_draft_that_was_changed_is_not_agreed_unseen(asking, now, client_for) -> None:
    group, client, meeting = chaired(asking), client_for(asking.person), held(asking)
    named = {"group": group, "quorum_number": 1, "by": asking.world.manager, "now": now}
    write_terms(purpose="What the meeting read.", **named)
    address = reverse("terms_agree", args=["fairmead", group.slug])
    seen = seen_in(client.get(address).content.decode())
    write_terms(purpose="What it did not read.", seen_version=int(seen), **named)
    page = client.post(address, {"meeting": meeting.pk, "seen_version": seen}).content.decode()
    assert "The draft has been changed since you opened this page." in page
    assert group.terms.get().is_draft
    assert client.post(address, {"meeting": meeting.pk, "seen_version": int(seen) + 1}).status_code == 302
    assert not group.terms.get().is_draft


def seen_in(page: str) -> str:
    """The version that the form on a page carries."""
    return re.search(r'name="seen_version"(?: value="(\d*)")?', page).group(1) or ""


def test_terms_that_were_not_sent_are_there_again(asking, client_for) -> None:
    group, client = chaired(asking), client_for(asking.person)
    address = reverse("terms_write", args=["fairmead", group.slug])
    client.post(address, {**TERMS, "purpose": "Half a sentence", "quorum_number": ""})
    page = client.get(address).content.decode()
    assert "Half a sentence" in page
    assert "You wrote this and did not send it." in page
    assert "Half a sentence" not in client_for(asking.world.manager).get(address).content.decode()


def test_second_writer_of_minutes_keeps_their_words_where_they_wrote_none(asking, now, client_for) -> None:
    meeting, named = held(asking), {"by": asking.world.manager, "now": now}
    minutes = meeting.minutes
    first, second, *_ = minutes.entries.all()
    client, address = client_for(asking.person), reverse("minutes_edit", args=["fairmead", meeting.pk])
    opened = re.search(r'name="seen_marks" value="([^"]*)"', client.get(address).content.decode())
    assert opened is not None
    sent = {f"words_{entry.pk}": entry.words for entry in minutes.entries.all()} | {"seen_version": minutes.version}
    write_minutes(minutes=minutes, words={first.pk: "Their first."}, seen_version=minutes.version, **named)
    mine = {**sent, f"words_{second.pk}": "My second.", "seen_marks": unescape(opened[1])}
    answer = client.post(address, mine)
    page = unescape(answer.content.decode())
    assert answer.status_code == 409
    assert (page.count("They changed it"), page.count("You changed it")) == (1, 1)
    for words in (">\nTheir first.</textarea>", ">\nMy second.</textarea>", "Save both together"):
        assert words in page
    again = {**mine, f"words_{first.pk}": "Their first.", "seen_version": seen_in(page)}
    assert client.post(address, again).status_code == 302
    kept = {entry.pk: entry.words for entry in minutes.entries.all()}
    assert (kept[first.pk], kept[second.pk]) == ("Their first.", "My second.")


def test_second_writer_of_minutes_that_are_out_is_told(asking, now, client_for) -> None:
    meeting, named = held(asking), {"by": asking.world.manager, "now": now}
    minutes = meeting.minutes
    circulate_minutes(minutes=minutes, **named)
    with pytest.raises(NotAllowedError, match="circulated these minutes in the meantime"):
        write_minutes(minutes=minutes, words={}, seen_version=minutes.version, **named)


def opened_form(client, address: str) -> dict[str, str]:
    """What the hidden fields of a form carry."""
    found = re.findall(r'<input type="hidden" name="(seen_\w+)" value="([^"]*)"', client.get(address).content.decode())
    return {name: unescape(value) for name, value in found}


def test_second_writer_of_a_board_keeps_what_the_first_wrote(asking, now, client_for) -> None:
    world = asking.world
    named = {"partnership": world.fairmead, "kind": "adults", "name": "Adults Board", "by": world.manager, "now": now}
    link, client = write_board(**named, how_often="Yearly"), client_for(world.manager)
    address = reverse("board_change", args=["fairmead", link.pk])
    seen = opened_form(client, address)
    write_board(**named, link=link, how_often="Every quarter", people=[(world.bob, "")])
    mine = {"kind": "adults", "name": "Adults Board", "how_often": "Yearly", "we_report": "Mine."}
    answer = client.post(address, {**seen, **mine})
    page = unescape(answer.content.decode())
    assert answer.status_code == 409
    assert (page.count("They changed it"), page.count("You changed it")) == (2, 1)
    assert re.search(r'name="how_often"[^>]* value="Every quarter"', page)
    assert re.search(rf'name="people"[^>]* value="{world.bob.pk}"[^>]* checked', page)
    withdraw_board(link=link, reason="It was merged.", by=world.manager, now=now)
    with pytest.raises(NotAllowedError, match="taken off the list in the meantime"):
        write_board(**named, link=link)


def test_second_writer_of_a_cycle_keeps_what_the_first_set(asking, now, client_for) -> None:
    group, client = chaired(asking), client_for(asking.person)
    address = reverse("group_cycle", args=["fairmead", group.slug])
    day = {"starts_on_day": "1", "starts_on_month": "9", "starts_on_year": "2026"}
    mine = {"every": "2", "unit": "months", "nth": "2", "weekday": "1", "begins": "10:00", "minutes_long": "90", **day}
    mine |= {"papers_days": "5", "minutes_days": "10", "place": ""}
    assert client.post(address, {**opened_form(client, address), **mine}).status_code == 302
    seen = opened_form(client, address)
    assert client.post(address, {**seen, **mine, "begins": "14:00"}).status_code == 302
    answer = client.post(address, {**seen, **mine, "place": "Civic Hall"})
    page = unescape(answer.content.decode())
    assert answer.status_code == 409
    assert (page.count("They changed it"), page.count("You changed it")) == (1, 1)
    assert re.search(r'name="begins"[^>]* value="14:00', page)
    assert client.post(address, {**mine, "place": "Without a version"}).status_code == 409
