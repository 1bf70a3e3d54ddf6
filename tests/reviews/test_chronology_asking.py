"""An agency asked for its chronology by a day: who is told, in words that name nothing, and what it may say."""

from datetime import datetime, timedelta

import pytest

from tests.reviews.chronologies import entered, two_asked
from tests.reviews.made import handed_in
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.notifications.models import Message
from trefoil.reviews.models import AgencyRequest, ChronologyAsking
from trefoil.reviews.operations.agencies import withdraw_asking
from trefoil.reviews.operations.chronology_asking import ask_for_chronology, hand_in_chronology
from trefoil.reviews.queries_chronology_asked import asked_in, chronologies_owed_by
from trefoil.reviews.rounds import tell_of_parts

DAY = timedelta(days=1)


@pytest.fixture
def police(world: World, now: datetime) -> AgencyRequest:
    """Asked for its part, by way of Dana, and has handed that in."""
    police, _ = two_asked(world, now)
    handed_in(police, now)
    return police


def asking(request: AgencyRequest, now: datetime, days: int = 5) -> ChronologyAsking:
    return ask_for_chronology(request=request, due_on=now.date() + days * DAY, by=request.review.recorded_by, now=now)


def said(world: World) -> list[str]:
    messages = Message.objects.filter(person=world.dana, words__contains="chronology").order_by("pk")
    return list(messages.values_list("words", flat=True))


def test_ask_for_chronology_tells_the_person_and_names_nothing(
    world: World, now: datetime, police: AgencyRequest
) -> None:
    asking(police, now)
    assert said(world) == ["Your agency is asked for its chronology of a review."]
    assert AuditEvent.objects.filter(event=EventType.CHRONOLOGY_ASKED).count() == 1


def test_my_work_shows_it_to_the_person_who_writes_alone(world: World, now: datetime, police: AgencyRequest) -> None:
    owed = asking(police, now)
    for person, expected in ((world.dana, [owed]), (world.bob, []), (world.manager, []), (world.alice, [])):
        standing = standing_of(person, world.fairmead, now=now)
        assert list(chronologies_owed_by(standing)) == expected, person
    withdraw_asking(request=police, reason="The police were never involved.", by=world.manager, now=now)
    assert not chronologies_owed_by(standing_of(world.dana, world.fairmead, now=now)).exists()


def test_tell_of_parts_warns_before_and_after_and_once(world: World, now: datetime, police: AgencyRequest) -> None:
    asking(police, now)
    for later in (1, 3, 3, 6, 6):
        tell_of_parts(now=now + later * DAY)
    assert said(world)[1:] == [
        "Your agency’s chronology for a review is due on 27 November 2026.",
        "Your agency’s chronology for a review was due on 27 November 2026 and is late.",
    ]
    lead = Message.objects.filter(person=world.manager, words__contains="chronology").get()
    assert lead.words == "An agency’s chronology for a review was due on 27 November 2026 and is late."
    assert not Message.objects.filter(words__contains=police.review.reference).exists()


@pytest.mark.parametrize("days", [-1, 60])
def test_ask_for_chronology_by_a_day_on_which_nobody_reads_is_refused(
    world: World, now: datetime, police: AgencyRequest, days: int
) -> None:
    with pytest.raises(NotAllowedError, match="Choose a day from today to"):
        asking(police, now, days)


def test_ask_for_chronology_is_for_the_lead_and_a_new_day_holds(
    world: World, now: datetime, police: AgencyRequest
) -> None:
    with pytest.raises(NotAllowedError, match="Only who leads"):
        ask_for_chronology(request=police, due_on=now.date(), by=world.dana, now=now)
    first, second = asking(police, now), asking(police, now, 7)
    with pytest.raises(NotAllowedError, match="by that day already"):
        asking(police, now, 7)
    first.refresh_from_db()
    assert (first.undone_at, second.undone_at) == (now, None)
    gone = now + 40 * DAY
    with pytest.raises(NotAllowedError, match="does not read this review any more"):
        asking(police, gone)
    withdraw_asking(request=police, reason="The police were never involved.", by=world.manager, now=now)
    with pytest.raises(NotAllowedError, match="No agency is asked"):
        asking(police, now)


def test_hand_in_chronology_says_all_or_nothing_and_that_must_be_true(
    world: World, now: datetime, police: AgencyRequest
) -> None:
    owed = asking(police, now)

    def hand_in(*, knows_nothing: bool) -> None:
        hand_in_chronology(asking=owed, knows_nothing=knows_nothing, by=world.dana, now=now)

    with pytest.raises(NotAllowedError, match="Nothing is entered yet"):
        hand_in(knows_nothing=False)
    with pytest.raises(NotAllowedError, match="Only the person who was asked"):
        hand_in_chronology(asking=owed, knows_nothing=True, by=world.manager, now=now)
    hand_in(knows_nothing=True)
    standing = standing_of(world.manager, world.fairmead, now=now)
    words = {one.request.agency_id: one.status[1] for one in asked_in(standing, police.review, now.date())}
    assert words == {world.police.pk: "Knows nothing", world.health.pk: "No day set"}
    entered(police, now)
    owed.refresh_from_db()
    assert (owed.done_at, owed.knows_nothing) == (None, False)
    with pytest.raises(NotAllowedError, match="1 entry stands here"):
        hand_in(knows_nothing=True)
    hand_in(knows_nothing=False)
    with pytest.raises(NotAllowedError, match="handed in already"):
        hand_in(knows_nothing=False)
    assert AuditEvent.objects.filter(event=EventType.CHRONOLOGY_HANDED_IN).count() == 2
    told = Message.objects.filter(person=world.manager, words="An agency handed in its chronology of a review.")
    assert told.exists()
