"""A review handed over: one who leads it before, one after, none and two at no moment; and who is told afterwards."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.child_deaths.test_pages import day
from tests.reviews.made import CHILD, TEXT, asked, handed_in, notified, reading, somebody
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.notifications.models import Message
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person
from trefoil.reviews.models import Reader, Review, reading_on
from trefoil.reviews.operations import readers
from trefoil.reviews.operations.readers import hand_over_review
from trefoil.reviews.rules import is_lead_at, leads_on, reads

ClientFor = Callable[[Person], Client]


def leads(now: datetime) -> list[str]:
    return sorted(leads_on(timezone.localdate(now)).values_list("person__name", flat=True))


def second(world: World, now: datetime) -> Person:
    """Another business manager."""
    return somebody(world, "Second manager", DutyKind.BUSINESS_MANAGER, now)


def handed_over(review: Review, to: Person, now: datetime, **named: Any) -> Reader:
    ends_on: date = timezone.localdate(now) + timedelta(days=90)
    given = {"ends_on": ends_on, "reason": "I leave at the end of the month.", "by": review.recorded_by, **named}
    return hand_over_review(review=review, to=to, now=now, **given)


def test_review_is_handed_over_to_one_and_read_no_more(world: World, now: datetime) -> None:
    review, to = notified(world, now), second(world, now)
    # Who reads it already has that place no more beside the new one.
    reading(review, to, now)
    made = handed_over(review, to, now)
    assert made.sees_identity
    assert leads(now) == [to.name]
    assert not reads(world.manager, review, now)
    assert list(review.readers.filter(reading_on(timezone.localdate(now)), person=to)) == [made]
    line = AuditEvent.objects.get(event=EventType.REVIEW_HANDED_OVER)
    assert (line.subject, line.detail) == (review.subject, {"to": to.pk})


def test_crash_in_the_middle_of_a_hand_over_leaves_one_lead(
    world: World, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    review, to = notified(world, now), second(world, now)
    reading(review, to, now)
    real = readers.record

    for event in (EventType.REVIEW_READER_PUT_ON, EventType.REVIEW_READER_ENDED, EventType.REVIEW_HANDED_OVER):

        def crash(broken: EventType = event, **given: Any) -> AuditEvent:
            if given["event"] == broken:
                raise SystemError("the machine stopped")
            return real(**given)

        monkeypatch.setattr(readers, "record", crash)
        with pytest.raises(SystemError):
            handed_over(review, to, now)
        assert leads(now) == [world.manager.name], event
        assert reads(to, review, now)
        assert not is_lead_at(to, review, now)
    monkeypatch.setattr(readers, "record", real)
    handed_over(review, to, now)
    assert leads(now) == [to.name]


def test_hand_over_review_refuses(world: World, now: datetime) -> None:
    review, to = notified(world, now), second(world, now)
    with pytest.raises(NotAllowedError, match="lead it already"):
        handed_over(review, world.manager, now)
    with pytest.raises(NotAllowedError, match="cannot lead it"):
        handed_over(review, world.analyst, now)
    with pytest.raises(NotAllowedError, match="between today and a year"):
        handed_over(review, to, now, ends_on=date(2030, 1, 1))
    with pytest.raises(NotAllowedError, match="Only who leads"):
        handed_over(review, to, now, by=to)
    assert leads(now) == [world.manager.name]
    handed_over(review, to, now)
    with pytest.raises(NotAllowedError, match="Only who leads"):
        handed_over(review, to, now)


def test_who_asked_and_leads_no_more_is_told_nothing(world: World, now: datetime) -> None:
    review, to = notified(world, now), second(world, now)
    request = asked(review, world.police, world.dana, now)
    handed_over(review, to, now)
    Message.objects.all().delete()
    handed_in(request, now)
    assert [one.person for one in Message.objects.all()] == [to]


def test_handing_over_from_its_page(world: World, now: datetime, client_for: ClientFor) -> None:
    review, to = notified(world, now), second(world, now)
    client, path = client_for(world.manager), reverse("review_hand_over", args=["fairmead", review.reference])
    shown = client.get(path).content.decode()
    assert to.name in shown
    assert world.analyst.name not in shown
    until = timezone.localdate(now) + timedelta(days=30)
    answer = client.post(path, {"person": to.pk, "reason": TEXT, **day("ends_on", until)}, follow=True)
    assert "It is handed over" in answer.content.decode()
    assert leads(now) == [to.name]
    # A manager may know that there is one, and reads no word of it.
    after = client.get(reverse("review_detail", args=["fairmead", review.reference])).content.decode()
    assert "Nothing more of it is open to you" in after
    assert CHILD not in after
