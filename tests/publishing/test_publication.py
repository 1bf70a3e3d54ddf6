"""After approval: scrutiny, boards, sendings with proof, published and taken down, and what the public may read."""

from datetime import date, datetime, timedelta

import pytest

from tests.publishing.made import IN_WORDS, a_paper, approved, frozen, partner_of
from tests.publishing.taken_further import a_report, events, public, published, sent
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.clocks.models import Clock
from trefoil.notifications.models import Message
from trefoil.people.enums import DutyKind
from trefoil.publishing.due import due_on
from trefoil.publishing.enums import EditionState, PublicKind, PublicState
from trefoil.publishing.models import Edition, Offer, PublicDocument
from trefoil.publishing.operations.documents import begin_document, change_document
from trefoil.publishing.operations.publication import (
    begin_next_edition,
    publish_edition,
    put_back_edition,
    take_down_edition,
)
from trefoil.publishing.queries import public_editions
from trefoil.publishing.rules import editions_visible_to
from trefoil.publishing.steps import steps_of


def test_public_editions_only_those_published_and_not_taken_down(world: World, now: datetime) -> None:
    edition = frozen(world, now=now)
    a_paper(world, now=now, title="A draft")
    assert public(world, now) == []
    publish_edition(edition=edition, on=now.date(), by=world.manager, now=now)
    assert public(world, now) == [edition]
    assert public(world, now - timedelta(seconds=1)) == []
    later = now + timedelta(days=3)
    take_down_edition(edition=edition, reason=IN_WORDS, by=world.manager, now=later)
    assert public(world, later) == []
    put_back_edition(edition=edition, reason=IN_WORDS, by=world.manager, now=later + timedelta(days=1))
    (found,) = public_editions(world.fairmead, later + timedelta(days=1))
    assert (found.published_on, found.stands_on) == (now.date(), (later + timedelta(days=1)).date())
    assert events(edition)[-3:] == ["edition_published", "edition_taken_down", "edition_put_back"]
    told = Message.objects.filter(person=world.holder[DutyKind.SCRUTINEER]).values_list("words", flat=True)
    assert sum("taken down" in words for words in told) == 1


def test_public_editions_are_of_one_partnership(world: World, now: datetime) -> None:
    published(world, now)
    assert not public_editions(world.harbury, now)


def test_publish_edition_with_something_open_needs_a_reason(world: World, now: datetime) -> None:
    edition = a_report(frozen(world, now=now))
    assert len(steps_of(edition, now=now).open_before(now.date())) == 4
    with pytest.raises(NotAllowedError, match="4 things should come first"):
        publish_edition(edition=edition, on=now.date(), by=world.manager, now=now)
    moved = publish_edition(edition=edition, on=now.date(), reason=IN_WORDS, by=world.manager, now=now)
    assert moved.reason == IN_WORDS


def test_publish_edition_of_a_review_before_the_panel_had_it_long_enough(world: World, now: datetime) -> None:
    edition = a_report(frozen(world, now=now), PublicKind.COMMITTEE_REPORT)
    PublicDocument.objects.filter(pk=edition.document_id).update(kind="review_report")
    edition = Edition.objects.select_related("document__partnership", "offer").get(pk=edition.pk)
    for one in ("PANEL-RV", "SOS-RV", "OFSTED-RV"):
        sent(edition, world, now, recipient=one)
    steps = steps_of(edition, now=now)
    first = steps.recipients[0].public_from
    assert first is not None
    assert first >= now.date() + timedelta(days=9)
    assert len(steps.open_before(now.date())) == 3
    assert steps.open_before(first) == ()


@pytest.mark.parametrize("days", [-1, 1])
def test_publish_edition_on_a_day_that_cannot_be_refused(world: World, now: datetime, days: int) -> None:
    with pytest.raises(NotAllowedError, match="the day lies between"):
        publish_edition(edition=frozen(world, now=now), on=now.date() + timedelta(days=days), by=world.manager, now=now)


def test_publish_edition_twice_or_by_a_partner_refused(world: World, now: datetime) -> None:
    edition = published(world, now)
    with pytest.raises(NotAllowedError, match="is published, so this cannot"):
        publish_edition(edition=edition, on=now.date(), by=world.manager, now=now)
    with pytest.raises(NotAllowedError, match="do not include running"):
        take_down_edition(edition=edition, reason=IN_WORDS, by=partner_of(world, world.police), now=now)
    with pytest.raises(NotAllowedError, match="say why"):
        take_down_edition(edition=edition, reason="", by=world.manager, now=now)
    with pytest.raises(NotAllowedError, match="is published, so this cannot"):
        put_back_edition(edition=edition, reason=IN_WORDS, by=world.manager, now=now)


def test_publish_edition_that_is_not_what_was_frozen_refused(world: World, now: datetime) -> None:
    edition = frozen(world, now=now)
    Offer.objects.filter(pk=edition.offer_id).update(content={"title": "Another"})
    with pytest.raises(NotAllowedError, match="not what was frozen"):
        publish_edition(edition=edition, on=now.date(), by=world.manager, now=now)


def test_begin_next_edition_leaves_the_one_that_is_out(world: World, now: datetime) -> None:
    edition = published(world, now)
    document = edition.document
    begin_next_edition(document=document, reason=IN_WORDS, by=world.manager, now=now)
    assert document.state == PublicState.DRAFT
    assert public(world, now) == [edition]
    assert editions_visible_to(standing_of(world.bob, world.fairmead, now=now)).get() == edition
    assert events(edition)[-1] == "next_edition_begun"
    with pytest.raises(NotAllowedError, match="is a draft, so this"):
        begin_next_edition(document=document, reason=IN_WORDS, by=world.manager, now=now)


def test_due_on_a_fixed_day_runs_a_clock_that_publication_stops(world: World, now: datetime) -> None:
    document = begin_document(
        partnership=world.fairmead,
        kind=PublicKind.YEARLY_REPORT,
        title="A report with a day",
        starts_on=date(2025, 4, 1),
        ends_on=date(2026, 3, 31),
        law="WT2023",
        by=world.manager,
        now=now,
    )
    assert due_on(document) == date(2026, 9, 30)
    clock = Clock.objects.about(document.reference).get()
    assert (clock.rule_id, clock.due_on, document.title in clock.label) == ("PT-YRSEP", date(2026, 9, 30), False)
    change_document(
        document=document,
        title=document.title,
        starts_on=date(2026, 4, 1),
        ends_on=date(2027, 3, 31),
        law="WT2023",
        seen_version=document.version,
        by=world.manager,
        now=now,
    )
    clock.refresh_from_db()
    assert clock.due_on == date(2027, 9, 30)
    edition = approved_as(document, world, now)
    publish_edition(edition=edition, on=now.date(), reason=IN_WORDS, by=world.manager, now=now)
    clock.refresh_from_db()
    assert clock.stopped_at == now


def approved_as(document: PublicDocument, world: World, now: datetime) -> Edition:
    """A frozen edition that is taken as one of this document, without writing all of it."""
    edition = frozen(world, now=now)
    Clock.objects.about(document.reference).update(subject=edition.document.reference)
    return a_report(edition)


def test_due_on_of_arrangements_a_year_after_the_last(world: World, now: datetime) -> None:
    first = a_report(frozen(world, now=now), PublicKind.ARRANGEMENTS)
    assert due_on(first.document) is None
    publish_edition(edition=first, on=now.date(), reason=IN_WORDS, by=world.manager, now=now)
    assert due_on(first.document) is None
    second = a_paper(world, now=now, title="Arrangements anew")
    PublicDocument.objects.filter(pk=second.pk).update(kind=PublicKind.ARRANGEMENTS, law="WT2023")
    second.refresh_from_db()
    assert due_on(second) == now.date().replace(year=now.year + 1)


def test_steps_of_say_what_was_late(world: World, now: datetime) -> None:
    edition = a_report(frozen(world, now=now), law="WT2018")
    publish_edition(edition=edition, on=now.date(), reason=IN_WORDS, by=world.manager, now=now)
    later = now + timedelta(days=9)
    sent(edition, world, later, recipient="PANEL-YR18", sent_on=later.date())
    steps = steps_of(edition, now=later)
    assert steps.stands == EditionState.PUBLISHED
    assert steps.recipients[0].late_words(steps.edition.published_on, steps.due_on) == "Sent 9 days after publication."


def test_approved_document_without_an_edition_is_not_public(world: World, now: datetime) -> None:
    approved(world, now=now)
    assert public(world, now) == []
