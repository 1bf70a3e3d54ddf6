"""A review that two partnerships carry: readers, positions and agencies of both; need to know kept on each side."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.reviews.late import a_draft, a_process, local, recommended
from tests.reviews.made import CHILD, STORY, TEXT, Partners, asked, handed_in, notified, partners, reading, written
from tests.world import BEGINNING, World
from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.access.rules import Standing
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.clocks.models import Clock
from trefoil.clocks.rounds import run_clocks
from trefoil.clocks.rules import clocks_visible_to
from trefoil.notifications.models import Message
from trefoil.people.enums import AgencyKind, DutyKind, Sector
from trefoil.people.models import Agency, Person
from trefoil.people.operations import create_agency, create_person, give_duty, join_partnership
from trefoil.reviews.enums import NextStepKind
from trefoil.reviews.models import JointPartnership, Review
from trefoil.reviews.operations.joint import join_partnership_to
from trefoil.reviews.operations.rapid import decide_next_step, take_review_position
from trefoil.reviews.operations.readers import ask_for_access
from trefoil.reviews.operations.taking_back import take_back
from trefoil.reviews.rounds import tell_of_parts
from trefoil.reviews.rules import reviews_known_to, reviews_led_by, reviews_visible_to, statutory_partners_of
from trefoil.reviews.telling import heard_by

ClientFor = Callable[[Person], Client]


def neighbour(world: World, now: datetime) -> tuple[Agency, Person]:
    """A statutory partner of Harbury, and who speaks for it."""
    agency = create_agency(
        name="Harbury Council", sector=Sector.CHILDREN_SOCIAL_CARE, by=None, now=now, is_invented=True
    )
    join_partnership(
        partnership=world.harbury,
        agency=agency,
        kind=AgencyKind.SAFEGUARDING_PARTNER,
        starts_on=BEGINNING,
        by=None,
        now=now,
    )
    person = create_person(
        email="harbury@example.org", name="Partner of Harbury", agency=agency, by=None, now=now, is_invented=True
    )
    give_duty(
        person=person,
        partnership=world.harbury,
        kind=DutyKind.SAFEGUARDING_PARTNER,
        agency=None,
        starts_on=BEGINNING,
        by=None,
        now=now,
    )
    return agency, person


def joined(world: World, review: Review, now: datetime) -> JointPartnership:
    day = timezone.localdate(now)
    return join_partnership_to(
        review=review, partnership=world.harbury, words=TEXT, agreed_on=day, by=world.manager, now=now
    )


def test_joining_opens_nothing_by_itself(world: World, now: datetime, client_for: ClientFor) -> None:
    _agency, person = neighbour(world, now)
    review = notified(world, now)
    page = reverse("review_detail", args=["harbury", review.reference])
    for one in (person, world.charlie):
        assert client_for(one).get(page).status_code == 404
    joined(world, review, now)
    for one in (person, world.charlie):
        standing = standing_of(one, world.harbury, now=now)
        assert not reviews_visible_to(standing).exists()
        assert not reviews_led_by(standing).exists()
        assert reviews_known_to(standing).get() == review
        shown = client_for(one).get(page).content.decode()
        assert "Nothing more of it is open to you" in shown
        assert STORY not in shown
        elsewhere = reverse("review_detail", args=["fairmead", review.reference])
        assert client_for(one).get(elsewhere).status_code == 404
    ask_for_access(review=review, reason="Half of it is ours.", by=world.charlie, now=now)
    assert AuditEvent.objects.filter(event=EventType.REVIEW_JOINED).count() == 1


def test_readers_of_both_see_the_same_review(world: World, now: datetime, client_for: ClientFor) -> None:
    _agency, person = neighbour(world, now)
    review = notified(world, now)
    row = joined(world, review, now)
    a_process(review, now)
    reading(review, person, now)
    client, args = client_for(person), ["harbury", review.reference]
    for name in ("review_detail", "review_local", "chronology_merged"):
        assert client.get(reverse(name, args=args)).status_code == 200, name
    assert STORY in client.get(reverse("review_detail", args=args)).content.decode()
    assert client.get(reverse("review_identity", args=args)).status_code == 404
    assert CHILD not in client.get(reverse("review_local", args=args)).content.decode()
    told = Message.objects.get(person=person)
    assert told.partnership == world.harbury
    assert told.path == reverse("review_list", args=["harbury"])
    assert review.reference in client.get(told.path).content.decode()
    read = AuditEvent.objects.filter(event=EventType.RECORD_READ, actor=person.pk)
    assert set(read.values_list("partnership", "subject")) == {("harbury", review.subject)}
    trail = client_for(world.manager).get(reverse("review_trail", args=["fairmead", review.reference]))
    assert "Partner of Harbury" in trail.content.decode()
    take_back(review=review, row=row, reason="They carry it no more.", by=world.manager, now=now)
    for name in ("review_detail", "review_local"):
        assert client.get(reverse(name, args=args)).status_code == 404, name


def test_reader_of_the_other_side_opens_the_redacted_report_alone(
    world: World, now: datetime, client_for: ClientFor
) -> None:
    _agency, person = neighbour(world, now)
    review = local(world, now)
    joined(world, review, now)
    reading(review, person, now)
    draft = a_draft(review, now)
    client, found = client_for(person), []
    for version in (draft.redacted, draft.full):
        assert version is not None
        path = reverse("document_file", args=["harbury", version.document_id, version.number])
        found.append(client.get(path).status_code)
    assert found == [200, 404]


def test_late_joint_review_is_told_to_the_panel_of_both_sides(world: World, now: datetime) -> None:
    _agency, person = neighbour(world, now)
    # Notified on Tuesday 17 November 2026: the fifteenth working day is Tuesday 8 December.
    review = notified(world, now, sent_on=date(2026, 11, 17))
    row = joined(world, review, now)
    reading(review, person, now, ends_on=date(2026, 12, 31))
    Message.objects.all().delete()
    run_clocks(now=now + (date(2026, 12, 9) - timezone.localdate(now)))
    told = Message.objects.get(person=person)
    assert told.words == "A time limit of a review that you read was due on 8 December 2026 and is late."
    assert (told.partnership, told.path) == (world.harbury, reverse("review_list", args=["harbury"]))
    lead = Message.objects.get(person=world.manager)
    assert (lead.partnership, lead.path) == (world.fairmead, reverse("review_list", args=["fairmead"]))
    # Who carries it no more hears of it no more.
    take_back(review=review, row=row, reason="They carry it no more.", by=world.manager, now=now)
    assert heard_by([review.subject], now)[review.subject].late_too == []


def somebody_of_harbury(world: World, now: datetime) -> Standing:
    """Where another business manager of Harbury stands."""
    person = create_person(email="spare@example.org", name="Spare", agency=None, by=None, now=now, is_invented=True)
    give_duty(
        person=person,
        partnership=world.harbury,
        kind=DutyKind.BUSINESS_MANAGER,
        agency=None,
        starts_on=BEGINNING,
        by=None,
        now=now,
    )
    return standing_of(person, world.harbury, now=now)


def test_reader_of_the_other_side_sees_its_time_limits_and_changes_none(
    world: World, now: datetime, client_for: ClientFor
) -> None:
    neighbour(world, now)
    review = notified(world, now)
    joined(world, review, now)
    clock = Clock.objects.about(review.subject).open().get()
    # Charlie manages Harbury's own clocks.
    client, page = client_for(world.charlie), reverse("clock_detail", args=["harbury", clock.pk])
    assert clock.due_at is not None
    month = f"{reverse('calendar_page', args=['harbury'])}?month={clock.due_at:%Y-%m}"
    lists = [reverse("clock_list", args=["harbury"]), month]
    assert client.get(page).status_code == 404
    assert not any(review.reference in client.get(path).content.decode() for path in lists)
    reading(review, world.charlie, now)
    assert all(review.reference in client.get(path).content.decode() for path in lists)
    shown = client.get(page).content.decode()
    assert clock.label in shown
    assert not re.findall(r"/clocks/\d+/(?:stop|pause|move|hand-over|withdraw)/", shown)
    # To manage clocks there opens nothing.
    other = somebody_of_harbury(world, now)
    assert other.may(Permission.MANAGE_CLOCKS)
    assert not clocks_visible_to(other).filter(pk=clock.pk).exists()
    assert not clocks_visible_to(standing_of(world.dana, world.fairmead, now=now)).filter(pk=clock.pk).exists()


def test_reader_of_the_other_side_reads_recommendations_without_links_to_a_plan_that_is_not_theirs(
    world: World, now: datetime, client_for: ClientFor
) -> None:
    _agency, person = neighbour(world, now)
    review = local(world, now)
    made = recommended(review, now)
    joined(world, review, now)
    reading(review, person, now)
    for who, slug in ((person, "harbury"), (world.manager, "fairmead")):
        for name in ("review_detail", "review_local"):
            shown = client_for(who).get(reverse(name, args=[slug, review.reference])).content.decode()
            link = reverse("recommendation_detail", args=[slug, made.recommendation_id])
            assert made.recommendation.words in shown
            assert (link in shown) is (slug == "fairmead"), (slug, name)
            assert ("in the plan of Fairmead" in shown) is (slug == "harbury"), (slug, name)


def test_partners_of_both_sides_decide(world: World, now: datetime) -> None:
    agency, person = neighbour(world, now)
    review = notified(world, now)
    joined(world, review, now)
    assert agency in statutory_partners_of(review, timezone.localdate(now))
    written(review, now)
    given = {"review": review, "kind": NextStepKind.LOCAL_REVIEW, "reasons": TEXT, "by": world.manager, "now": now}
    given["decided_on"] = timezone.localdate(now)
    both: Partners = partners(world, now)
    stance = NextStepKind.LOCAL_REVIEW
    for one in both.all():
        assert one.agency is not None
        take_review_position(review=review, agency=one.agency, person=one, stance=stance, by=world.manager, now=now)
    with pytest.raises(NotAllowedError, match="Still silent: Harbury Council"):
        decide_next_step(**given)
    with pytest.raises(NotAllowedError, match="Only who reads"):
        take_review_position(review=review, agency=agency, person=person, stance=stance, by=person, now=now)
    reading(review, person, now)
    take_review_position(review=review, agency=agency, person=person, stance=stance, by=person, now=now)
    decide_next_step(**given)
    assert review.next_steps.get().kind == stance


def test_agency_of_the_other_side_writes_its_part_and_is_told_there(
    world: World, now: datetime, client_for: ClientFor
) -> None:
    agency, person = neighbour(world, now)
    review = notified(world, now)
    with pytest.raises(NotAllowedError, match="not an agency of this partnership"):
        asked(review, agency, person, now)
    joined(world, review, now)
    request = asked(review, agency, person, now, due_on=timezone.localdate(now) + timedelta(days=1))
    page = reverse("part_detail", args=["harbury", review.reference, request.pk])
    client = client_for(person)
    assert client.get(page).status_code == 200
    assert client.get(reverse("chronology_own", args=["harbury", review.reference, request.pk])).status_code == 200
    assert client.get(reverse("review_local", args=["harbury", review.reference])).status_code == 404
    Message.objects.all().delete()
    tell_of_parts(now=now)
    assert Message.objects.get(person=person).partnership == world.harbury
    handed_in(request, now)
    assert request.parts.count() == 1


def test_join_partnership_to_refuses(world: World, now: datetime) -> None:
    review = notified(world, now)
    with pytest.raises(NotAllowedError, match="no statutory partners"):
        joined(world, review, now)
    neighbour(world, now)
    joined(world, review, now)
    with pytest.raises(NotAllowedError, match="has joined already"):
        joined(world, review, now)
    with pytest.raises(NotAllowedError, match="leads the review already"):
        join_partnership_to(
            review=review,
            partnership=world.fairmead,
            words=TEXT,
            agreed_on=timezone.localdate(now),
            by=world.manager,
            now=now,
        )
