"""Whoever was not put on a review cannot tell that there is one: the pages, papers and library of what follows it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.reviews.late import (
    TITLE,
    a_draft,
    a_finding,
    a_member,
    a_process,
    impact,
    learning,
    local,
    passed,
    planned,
    positions,
    published,
    recommended,
    sent_to_all,
)
from tests.reviews.made import CHILD, TEXT, reading
from tests.reviews.test_access import plain_pages, strangers
from tests.reviews.test_costs import cost
from tests.world import World
from trefoil.access.queries import standing_of
from trefoil.documents.models import Document
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person
from trefoil.reviews.enums_local import FamilyStep, Theme
from trefoil.reviews.models import Review
from trefoil.reviews.operations.chronology_redaction import add_redacted_word
from trefoil.reviews.operations.publication import plan_publication, take_down
from trefoil.reviews.operations.report import ask_response
from trefoil.reviews.operations.supervision import call_practitioners, note_supervision, request_information
from trefoil.reviews.queries_library import findings_visible_to
from trefoil.reviews.views.note_kinds import NEW, ON, TAKEN_BACK

ClientFor = Callable[[Person], Client]
WORDS = "Nobody asked the lodger by name"


def whole(world: World, now: datetime) -> Review:
    """A local review with a row in every part of its page."""
    review, today = local(world, now), timezone.localdate(now)
    a_process(review, now)
    passed(a_member(review, now), FamilyStep.OFFERED, now)
    given = {"review": review, "by": world.manager, "now": now}
    call_practitioners(held_on=today, words=TEXT, agencies=[world.police], **given)
    note_supervision(held_on=today, words=TEXT, **given)
    request_information(
        asked_for=world.health, agency=world.police, to="", asks=TEXT, sent_on=today, due_on=today, **given
    )
    a_draft(review, now)
    a_finding(review, now, Theme.UNSEEN_ADULTS, WORDS)
    impact(review, now)
    positions(review, now)
    plan_publication(planned_on=today + timedelta(days=30), **given)
    sent_to_all(review, now, today)
    return review


def test_no_page_of_what_follows_is_there_for_others(world: World, now: datetime, client_for: ClientFor) -> None:
    review = whole(world, now)
    row = review.family_members.get()
    args = ["fairmead", review.reference]
    pages = [reverse(name, args=args) for name in ("review_local", "draft_new", "publishing_position")]
    pages += [reverse("note_new", args=[*args, kind]) for kind in NEW]
    pages += [reverse("note_on", args=[*args, kind, row.pk]) for kind in ON]
    pages += [reverse("note_take_back", args=[*args, kind, row.pk]) for kind in TAKEN_BACK]
    pages += [reverse("document_detail", args=["fairmead", one.pk]) for one in Document.objects.all()]
    pages += [reverse("document_file", args=["fairmead", one.pk, 1]) for one in Document.objects.all()]
    for why, person in strangers(world, now, review).items():
        client = client_for(person)
        for page in pages:
            assert client.get(page).status_code == 404, (why, page)
        assert not findings_visible_to(standing_of(person, world.fairmead, now=now)).exists(), why


def test_reader_who_does_not_lead_reads_and_writes_nothing(world: World, now: datetime, client_for: ClientFor) -> None:
    review = whole(world, now)
    reading(review, world.analyst, now)
    client, args = client_for(world.analyst), ["fairmead", review.reference]
    assert client.get(reverse("review_local", args=args)).status_code == 200
    for kind in NEW:
        assert client.get(reverse("note_new", args=[*args, kind])).status_code == 404, kind
    assert client.get(reverse("draft_new", args=args)).status_code == 404


def test_lead_opens_every_form_and_unknown_ones_are_not_there(
    world: World, now: datetime, client_for: ClientFor
) -> None:
    review = whole(world, now)
    made = recommended(review, now)
    client, args = client_for(world.manager), ["fairmead", review.reference]
    for kind, note in NEW.items():
        shown = client.get(reverse("note_new", args=[*args, kind]))
        assert shown.status_code == 200, kind
        assert note.title in shown.content.decode()
    rows = {kind: one.rows(review).first() for kind, one in ON.items()}
    assert rows["recommendation"] == made
    for kind, row in rows.items():
        assert row is not None, kind
        assert client.get(reverse("note_on", args=[*args, kind, row.pk])).status_code == 200, kind
    for kind, (found, words) in TAKEN_BACK.items():
        first = found(review).first()
        if first is not None:
            shown = client.get(reverse("note_take_back", args=[*args, kind, first.pk]))
            assert f"Take back {words}" in shown.content.decode()
    for name, more in (("note_new", ["x"]), ("note_on", ["x", 1]), ("note_take_back", ["x", 1])):
        assert client.get(reverse(name, args=[*args, *more])).status_code == 404


def test_no_page_differs_for_an_outsider_when_a_local_review_runs(
    world: World, now: datetime, client_for: ClientFor
) -> None:
    local(world, now)  # its partners are people of the partnership, seen before and after
    client = client_for(world.bob)
    plain_pages(client)
    before = plain_pages(client)
    whole(world, now)
    after = plain_pages(client)
    assert [path for path in before if before[path] != after[path]] == []
    assert reverse("learning_library", args=["fairmead"]) in before


def test_no_page_names_it_to_any_duty(world: World, now: datetime, client_for: ClientFor) -> None:
    review = whole(world, now)
    for kind in (DutyKind.SCRUTINEER, DutyKind.SAFEGUARDING_PARTNER, DutyKind.ANALYST):
        for path, body in plain_pages(client_for(world.holder[kind])).items():
            assert WORDS not in body, (kind, path)
            listed = path == reverse("review_list", args=["fairmead"])
            assert listed or review.reference not in body, (kind, path)


def test_library_shows_what_is_published_without_reference_or_names(
    world: World, now: datetime, client_for: ClientFor
) -> None:
    review = whole(world, now)
    a_finding(review, now, Theme.VOICE, f"{CHILD} was not asked.")
    add_redacted_word(review=review, words="lodger", role="another adult", by=world.manager, now=now)
    page, day = reverse("learning_library", args=["fairmead"]), date(2026, 12, 21)
    lead, bob = client_for(world.manager), client_for(world.bob)
    assert WORDS in lead.get(page).content.decode()
    assert "Not published: only its readers see this" in lead.get(page).content.decode()
    assert "No finding is open to you yet" in bob.get(page).content.decode()
    then = now + timedelta(days=29)
    published(review, then, day)
    shown = bob.get(page).content.decode()
    assert TITLE in shown
    assert "Nobody asked the [another adult] by name" in shown or "another adult" in shown
    assert review.reference not in shown
    assert CHILD.split()[0] not in shown
    take_down(review=review, taken_down_on=day, reason=TEXT, by=world.manager, now=then)
    assert TITLE not in bob.get(page).content.decode()


def test_library_finds_what_comes_back(world: World, now: datetime, client_for: ClientFor) -> None:
    review = local(world, now)
    words = "Midwives ask about fathers by name at every booking visit and write it down."
    recommended(review, now, words)
    recommended(review, now, f"Again: {words}")
    shown = client_for(world.bob).get(reverse("learning_library", args=["fairmead"])).content.decode()
    assert "Still open" in shown
    assert "Learning from practice" in shown
    assert review.reference not in shown


def test_names_are_hidden_from_readers_who_were_not_given_the_child(
    world: World, now: datetime, client_for: ClientFor
) -> None:
    """The account, sections and everything on the local review's page: roles for names, as in the chronology."""
    first, last = CHILD.split()
    review = local(world, now, words=f"{first} was found hurt by a neighbour.")
    a_process(review, now, words=f"The trial of the man who hurt {last}.")
    a_finding(review, now, words=f"{CHILD} was never alone with a doctor.")
    reading(review, world.analyst, now)
    args = ["fairmead", review.reference]
    for name in ("review_detail", "review_local"):
        page = reverse(name, args=args)
        hidden = client_for(world.analyst).get(page).content.decode()
        assert first not in hidden, name
        assert last not in hidden, name
        assert first in client_for(world.manager).get(page).content.decode(), name


@pytest.mark.parametrize("make", [whole, learning])
def test_page_of_what_follows_costs_the_same_with_more_rows(
    world: World, now: datetime, client_for: ClientFor, make: Callable[[World, datetime], Review]
) -> None:
    review, client = make(world, now), client_for(world.manager)
    if make is learning:
        planned(review, now)

    def more(number: int) -> None:
        a_process(review, now)
        passed(a_member(review, now), FamilyStep.OFFERED, now)
        made = recommended(review, now, f"Agree on missed visits, for the {number} time.")
        due_on = timezone.localdate(now)
        ask_response(recommendation=made, agency=world.police, due_on=due_on, by=world.manager, now=now)
        a_finding(review, now)

    more(1)
    pages = [reverse(name, args=["fairmead", review.reference]) for name in ("review_local", "review_detail")]
    pages.append(reverse("learning_library", args=["fairmead"]))
    once = [cost(client, page) for page in pages]
    more(2)
    more(3)
    assert [cost(client, page) for page in pages] == once
