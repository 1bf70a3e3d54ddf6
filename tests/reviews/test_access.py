"""Whoever was not put on a review cannot tell that there is one: every page, list, count, feed, file and letter."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.repository.url_samples import addresses_within
from tests.reviews.made import CHILD, PART, STORY, TEXT, asked, handed_in, notified, reading, recorded, somebody
from tests.world import World
from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.operations import break_glass
from trefoil.access.queries import standing_of, trail_visible_to
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.clocks.models import Clock
from trefoil.clocks.rounds import round_of_clocks
from trefoil.clocks.rules import clocks_visible_to
from trefoil.notifications.models import Letter, Message
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person
from trefoil.reviews.enums import ReaderRole
from trefoil.reviews.models import AccessRequest, AgencyRequest, Review
from trefoil.reviews.operations.agencies import withdraw_asking
from trefoil.reviews.operations.readers import answer_request, ask_for_access, end_reading, put_on
from trefoil.reviews.rules import (
    access_requests_for,
    identities_visible_to,
    requests_visible_to,
    reviews_led_by,
    reviews_visible_to,
)

ClientFor = Callable[[Person], Client]
# Differ from one answer to the next whatever there is to see.
FLEETING = re.compile(r'(nonce|value|data-seconds|data-ends)="[^"]*"')


@pytest.fixture
def hidden(world: World, now: datetime) -> Review:
    """A review in full swing: two agencies asked, one part in, a reader, a request to read."""
    review = notified(world, now)
    handed_in(asked(review, world.police, world.dana, now), now)
    reading(review, world.analyst, now)
    return review


def own_pages(review: Review, request: AgencyRequest) -> list[str]:
    """Every page of one review."""
    ours = [one for one in addresses_within() if one.view.__module__.startswith("trefoil.reviews")]
    reader = review.readers.earliest("pk")
    parts = {"slug": "fairmead", "reference": review.reference, "code": "facts", "kind": "family"}
    pages = []
    for one in ours:
        key = reader.pk if one.name == "reader_end" else request.pk
        if "reference" in one.parts:
            pages.append(reverse(one.name, kwargs={name: parts.get(name, key) for name in one.parts}))
    return pages


def plain_pages(client: Client) -> dict[str, str]:
    """Every page of the partnership that takes no more than its slug, files as well, as this person sees it."""
    paths = [reverse(one.name, args=["fairmead"]) for one in addresses_within() if one.parts == ("slug",)]
    paths.remove(reverse("trail_mine", args=["fairmead"]))  # it grows by what this person opens here
    found = {}
    for path in paths:
        response = client.get(path)
        body = b"".join(response) if response.streaming else response.content
        found[path] = f"{response.status_code} {FLEETING.sub('', body.decode('utf-8', 'replace'))}"
    return found


def strangers(world: World, now: datetime, review: Review) -> dict[str, Person]:
    """People of the partnership who do not read this review, each for another reason."""
    other = recorded(world, now, words="Another thing altogether happened.")
    elsewhere = somebody(world, "Reads another", DutyKind.AGENCY_LEAD, now, agency=world.health, for_agency=True)
    reading(other, elsewhere, now, sees_identity=True)
    ended = somebody(world, "Has ended", DutyKind.GROUP_MEMBER, now)
    end_reading(reader=reading(review, ended, now, sees_identity=True), by=world.manager, now=now)
    then = now - timedelta(days=40)
    run_out = somebody(world, "Has run out", DutyKind.GROUP_MEMBER, then)
    named = {"happened_on": then.date(), "known_on": then.date()}
    assert recorded(world, then, **named).pk != review.pk
    place = reading(review, run_out, now, sees_identity=True)
    type(place).objects.filter(pk=place.pk).update(starts_on=then.date(), ends_on=now.date() - timedelta(days=1))
    return {"outsider": world.bob, "other agency": world.alice, "another’s": elsewhere, "ended": ended, "out": run_out}


def test_review_is_not_there_for_whoever_does_not_read_it(
    world: World, now: datetime, hidden: Review, client_for: ClientFor
) -> None:
    request = hidden.agency_requests.get()
    for why, person in strangers(world, now, hidden).items():
        client = client_for(person)
        for page in own_pages(hidden, request):
            assert client.get(page).status_code == 404, (why, page)
            # A page that takes no form says so to everybody, whether there is such a review or not.
            missing = client.post(page.replace(hidden.reference, "SI-222222"), {"reason": TEXT}).status_code
            assert client.post(page, {"reason": TEXT}).status_code == missing != 200, (why, page)
        standing = standing_of(person, world.fairmead, now=now)
        assert not reviews_visible_to(standing).filter(pk=hidden.pk).exists(), why
        assert not identities_visible_to(standing).filter(review=hidden).exists(), why
        assert not requests_visible_to(standing).filter(review=hidden).exists(), why
        assert not clocks_visible_to(standing).filter(subject=hidden.subject).exists(), why


def test_no_page_list_file_or_count_differs_for_an_outsider(world: World, now: datetime, client_for: ClientFor) -> None:
    client = client_for(world.bob)
    plain_pages(client)  # what the first visit itself leaves, such as when somebody was last here
    before = plain_pages(client)
    review = notified(world, now)
    handed_in(asked(review, world.police, world.dana, now), now)
    after = plain_pages(client)
    assert [path for path in before if before[path] != after[path]] == []
    assert len(before) > 40


def test_no_page_names_it_to_those_who_read_everything_else(
    world: World, now: datetime, hidden: Review, client_for: ClientFor
) -> None:
    """The scrutineer and a partner know its reference on one page alone; nobody finds a word of it anywhere."""
    for kind in (DutyKind.SCRUTINEER, DutyKind.SAFEGUARDING_PARTNER, DutyKind.AGENCY_LEAD):
        knows = kind != DutyKind.AGENCY_LEAD
        for path, body in plain_pages(client_for(world.holder[kind])).items():
            named = hidden.reference in body
            assert named is (knows and path == reverse("review_list", args=["fairmead"])), (kind, path)
            assert not any(words in body for words in (CHILD, STORY, *PART.values())), (kind, path)


def test_trail_hides_it_also_in_an_emergency(world: World, now: datetime, hidden: Review) -> None:
    end_reading(reader=hidden.readers.get(person=world.analyst), by=world.manager, now=now)
    break_glass(
        partnership=world.fairmead,
        permission=Permission.READ_TRAIL,
        reason="something was read that should not have been",
        lasting=timedelta(hours=1),
        by=world.analyst,
        now=now,
    )
    clocks = [clock.reference for clock in Clock.objects.about(hidden.subject)]
    for person in (world.analyst, world.holder[DutyKind.SCRUTINEER]):
        seen = set(trail_visible_to(standing_of(person, world.fairmead, now=now)).values_list("subject", flat=True))
        assert not {hidden.subject, *clocks} & seen
    led = set(trail_visible_to(standing_of(world.manager, world.fairmead, now=now)).values_list("subject", flat=True))
    assert {hidden.subject, *clocks} <= led


def test_nobody_else_is_told_when_its_time_runs_out(world: World, now: datetime, hidden: Review) -> None:
    Clock.objects.about(hidden.subject).open().update(next_at=now - timedelta(days=1))
    round_of_clocks()
    assert not Message.objects.filter(words__contains=hidden.reference).exists()
    told = Message.objects.filter(key__startswith="clock:").values_list("person", flat=True)
    assert set(told) == {world.manager.pk}
    assert not Letter.objects.filter(person__in=[world.bob, world.alice]).exists()


def test_reader_reads_the_review_and_the_identity_only_if_given(
    world: World, now: datetime, hidden: Review, client_for: ClientFor
) -> None:
    client = client_for(world.analyst)
    page = client.get(reverse("review_detail", args=["fairmead", hidden.reference]))
    assert page.status_code == 200
    assert STORY in page.content.decode()
    assert CHILD not in page.content.decode()
    identity = reverse("review_identity", args=["fairmead", hidden.reference])
    assert client.get(identity).status_code == 404
    shown = client_for(world.manager).get(identity)
    assert CHILD in shown.content.decode()
    read = AuditEvent.objects.filter(event=EventType.RECORD_READ).latest("sequence")
    assert (read.subject, read.actor) == (f"{hidden.subject}/identity", world.manager.pk)


def test_contributor_reads_their_part_and_the_identity_and_nothing_else(
    world: World, now: datetime, hidden: Review, client_for: ClientFor
) -> None:
    other = asked(hidden, world.health, world.bob, now)
    client = client_for(world.bob)
    names = ["fairmead", hidden.reference]
    assert client.get(reverse("part_detail", args=[*names, other.pk])).status_code == 200
    assert client.get(reverse("review_identity", args=names)).status_code == 200
    assert client.get(reverse("review_detail", args=names)).status_code == 404
    police = hidden.agency_requests.get(agency=world.police)
    assert client.get(reverse("part_detail", args=[*names, police.pk])).status_code == 404
    home = client.get(reverse("my_work", args=["fairmead"])).content.decode()
    assert f"Your part of review {hidden.reference}" in home
    assert CHILD not in home
    withdraw_asking(request=other, reason="Health was never involved.", by=world.manager, now=now)
    assert client.get(reverse("review_identity", args=names)).status_code == 404
    assert AuditEvent.objects.filter(event=EventType.REVIEW_ASKING_WITHDRAWN).count() == 1


def test_who_may_know_sees_the_reference_asks_and_is_answered(
    world: World, now: datetime, hidden: Review, client_for: ClientFor
) -> None:
    scrutineer = world.holder[DutyKind.SCRUTINEER]
    client, page = client_for(scrutineer), reverse("review_detail", args=["fairmead", hidden.reference])
    shown = client.get(page).content.decode()
    assert "Ask for access" in shown
    assert STORY not in shown
    client.post(reverse("review_ask", args=["fairmead", hidden.reference]), {"reason": "I have to scrutinise it."})
    asking = AccessRequest.objects.get()
    assert Message.objects.get(person=world.manager, kind="review", key__startswith="review:asked").words
    assert "has not answered" in client.get(page).content.decode()
    with pytest.raises(NotAllowedError, match="asked already"):
        ask_for_access(review=hidden, reason="I have to scrutinise it.", by=scrutineer, now=now)
    last = timezone.localdate() + timedelta(days=10)
    given = {"is_given": "yes", "sees_identity": "no", "answer": "You scrutinise rapid reviews."}
    days = {"ends_on_day": last.day, "ends_on_month": last.month, "ends_on_year": last.year}
    answered = client_for(world.manager).post(reverse("review_answer", args=["fairmead", asking.pk]), given | days)
    assert answered.status_code == 302
    assert STORY in client.get(page).content.decode()
    assert AuditEvent.objects.filter(event=EventType.REVIEW_ACCESS_ANSWERED).count() == 1


def test_answer_request_refused_leaves_it_closed(world: World, now: datetime, hidden: Review) -> None:
    scrutineer = world.holder[DutyKind.SCRUTINEER]
    asking = ask_for_access(review=hidden, reason="I have to scrutinise it.", by=scrutineer, now=now)
    for by in (scrutineer, world.analyst, world.holder[DutyKind.SAFEGUARDING_PARTNER]):
        with pytest.raises(NotAllowedError, match="somebody else"):
            answer_request(request=asking, is_given=True, answer=TEXT, ends_on=now.date(), by=by, now=now)
    answer_request(
        request=asking, is_given=False, answer="Wait until the partners have met.", by=world.manager, now=now
    )
    assert not reviews_visible_to(standing_of(scrutineer, world.fairmead, now=now)).exists()
    assert Message.objects.filter(person=scrutineer, words__contains="refused").exists()


def test_review_that_nobody_leads_is_answered_for_by_a_partner(world: World, now: datetime) -> None:
    then = now - timedelta(days=500)
    review = recorded(world, then, happened_on=then.date(), known_on=then.date())
    partner = world.holder[DutyKind.SAFEGUARDING_PARTNER]
    asking = ask_for_access(review=review, reason="Nobody leads this any more.", by=world.manager, now=now)
    assert list(access_requests_for(standing_of(partner, world.fairmead, now=now))) == [asking]
    answer_request(
        request=asking,
        is_given=True,
        answer="Take it up again.",
        ends_on=date(2026, 12, 20),
        by=partner,
        now=now,
    )
    assert reviews_led_by(standing_of(world.manager, world.fairmead, now=now)).get() == review


@pytest.mark.parametrize(
    ("named", "why"),
    [
        ({"ends_on": date(2026, 11, 21)}, "last day"),
        ({"ends_on": date(2027, 12, 1)}, "last day"),
        ({"role": ReaderRole.LEAD}, "cannot lead"),
        ({"reason": "So."}, "Say why"),
    ],
)
def test_put_on_refuses_what_has_no_end_or_reason(
    world: World, now: datetime, named: dict[str, object], why: str
) -> None:
    given = {"role": ReaderRole.PANEL, "ends_on": date(2026, 12, 1), "reason": TEXT, **named}
    with pytest.raises(NotAllowedError, match=why):
        put_on(review=recorded(world, now), person=world.bob, by=world.manager, now=now, **given)


def test_put_on_refuses_outsiders_readers_of_figures_and_twice(world: World, now: datetime, hidden: Review) -> None:
    for person in (world.charlie, world.nobody, world.holder[DutyKind.READER]):
        with pytest.raises(NotAllowedError, match="holds no duty"):
            reading(hidden, person, now)
    with pytest.raises(NotAllowedError, match="already"):
        reading(hidden, world.analyst, now)


def test_end_reading_keeps_the_last_lead(world: World, now: datetime, hidden: Review) -> None:
    own = hidden.readers.get(person=world.manager)
    with pytest.raises(NotAllowedError, match="Nobody else leads"):
        end_reading(reader=own, by=world.manager, now=now)
    second = somebody(world, "Second manager", DutyKind.BUSINESS_MANAGER, now)
    reading(hidden, second, now, role=ReaderRole.LEAD)
    end_reading(reader=own, by=second, now=now)
    assert not reviews_visible_to(standing_of(world.manager, world.fairmead, now=now)).exists()
    assert AuditEvent.objects.filter(event=EventType.REVIEW_READER_ENDED).count() == 1
