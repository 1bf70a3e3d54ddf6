"""Whoever was not put on the review of a death cannot tell that there is one; who is, and for how long."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.child_deaths.made import (
    ANSWER,
    CHILD,
    STORY,
    TEXT,
    answered,
    asked,
    gathering,
    heard,
    notified,
    reading,
    somebody,
)
from tests.repository.url_samples import addresses_within
from tests.reviews.test_access import plain_pages
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of, trail_visible_to
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.child_deaths.enums import ReaderRole
from trefoil.child_deaths.models import Death, DeathAsking
from trefoil.child_deaths.operations.readers import answer_asking, ask_for_access, end_reading, put_on
from trefoil.child_deaths.rules import askings_for, deaths_visible_to, identities_visible_to, requests_visible_to
from trefoil.clocks.models import Clock
from trefoil.clocks.rounds import round_of_clocks
from trefoil.clocks.rules import clocks_visible_to
from trefoil.notifications.models import Letter, Message
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person

ClientFor = Callable[[Person], Client]


@pytest.fixture
def hidden(world: World, now: datetime) -> Death:
    """One in full swing: an agency asked and answered, a reader."""
    death = gathering(world, now)
    answered(asked(death, world.police, world.dana, now), now)
    reading(death, world.analyst, now)
    return death


def own_pages(death: Death) -> list[str]:
    """Every page of one death."""
    parts = {"slug": "fairmead", "reference": death.reference, "code": "contacts", "other": "CD-222222"}
    parts |= {"pk": 1, "agency": death.requests.get().agency_id}
    ours = [one for one in addresses_within() if one.view.__module__.startswith("trefoil.child_deaths")]
    pages = [one for one in ours if "reference" in one.parts]
    assert len(pages) > 20
    return [reverse(one.name, kwargs={name: parts[name] for name in one.parts}) for one in pages]


def test_death_is_not_there_for_whoever_does_not_read_it(
    world: World, now: datetime, hidden: Death, client_for: ClientFor
) -> None:
    ended = somebody(world, "Has ended", DutyKind.GROUP_MEMBER, now)
    end_reading(reader=reading(hidden, ended, now, sees_identity=True), by=world.manager, now=now)
    run_out = somebody(world, "Has run out", DutyKind.GROUP_MEMBER, now)
    place = reading(hidden, run_out, now, sees_identity=True)
    type(place).objects.filter(pk=place.pk).update(starts_on="2026-10-01", ends_on=now.date() - timedelta(days=1))
    pages = own_pages(hidden)
    # A page that takes no form says so to everybody, whether there is such a record or not.
    outsider = client_for(world.bob)
    fields = {"reason": TEXT}
    missing = [outsider.post(page.replace(hidden.reference, "CD-222222"), fields).status_code for page in pages]
    assert 200 not in missing
    for person in (world.bob, ended, world.holder[DutyKind.SCRUTINEER]):
        client = client_for(person)
        assert {client.get(page).status_code for page in pages} == {404}, person
        assert [client.post(page, fields).status_code for page in pages] == missing, person
    for person in (world.bob, world.alice, ended, run_out, world.holder[DutyKind.SCRUTINEER]):
        standing = standing_of(person, world.fairmead, now=now)
        assert not deaths_visible_to(standing).exists()
        assert not identities_visible_to(standing).exists()
        assert not requests_visible_to(standing).exists()
        assert not clocks_visible_to(standing).filter(subject=hidden.subject).exists()


def test_no_page_list_file_or_count_differs_for_an_outsider(world: World, now: datetime, client_for: ClientFor) -> None:
    client = client_for(world.bob)
    plain_pages(client)
    before = plain_pages(client)
    answered(asked(gathering(world, now), world.police, world.dana, now), now)
    heard(world, now, another=TEXT)
    after = plain_pages(client)
    assert [path for path in before if before[path] != after[path]] == []


def test_references_stand_on_one_page_for_who_may_know(
    world: World, now: datetime, hidden: Death, client_for: ClientFor
) -> None:
    page = reverse("death_list", args=["fairmead"])
    partner = world.holder[DutyKind.SAFEGUARDING_PARTNER]
    for path, body in plain_pages(client_for(partner)).items():
        assert (hidden.reference in body) is (path == page), path
        assert not any(words in body for words in (CHILD, STORY, ANSWER)), path
    own = client_for(partner).get(reverse("death_detail", args=["fairmead", hidden.reference])).content.decode()
    assert "Ask for access" in own
    assert STORY not in own


def test_writer_of_an_agency_sees_the_child_and_their_own_answer(
    world: World, now: datetime, hidden: Death, client_for: ClientFor
) -> None:
    request = asked(hidden, world.social_care, world.bob, now)
    client = client_for(world.bob)
    page = reverse("reply_detail", args=["fairmead", hidden.reference, request.agency_id])
    assert "Send it" in client.get(page).content.decode()
    other = reverse(
        "reply_detail", args=["fairmead", hidden.reference, hidden.requests.exclude(pk=request.pk).get().agency_id]
    )
    assert client.get(other).status_code == 404
    assert CHILD in client.get(reverse("death_identity", args=["fairmead", hidden.reference])).content.decode()
    assert client.get(reverse("death_detail", args=["fairmead", hidden.reference])).status_code == 404


def test_reading_is_on_the_trail_and_the_trail_hides_it(
    world: World, now: datetime, hidden: Death, client_for: ClientFor
) -> None:
    client = client_for(world.manager)
    client.get(reverse("death_detail", args=["fairmead", hidden.reference]))
    client.get(reverse("death_identity", args=["fairmead", hidden.reference]))
    read = set(AuditEvent.objects.filter(event=EventType.RECORD_READ, actor=world.manager.pk).values_list("subject"))
    assert {(hidden.subject,), (f"{hidden.subject}/identity",)} <= read
    trail = client.get(reverse("death_trail", args=["fairmead", hidden.reference])).content.decode()
    assert "Who the child was, read" in trail
    clocks = [clock.reference for clock in Clock.objects.about(hidden.subject)]
    scrutineer = standing_of(world.holder[DutyKind.SCRUTINEER], world.fairmead, now=now)
    assert not {hidden.subject, *clocks} & set(trail_visible_to(scrutineer).values_list("subject", flat=True))
    led = set(trail_visible_to(standing_of(world.manager, world.fairmead, now=now)).values_list("subject", flat=True))
    assert {hidden.subject, *clocks} <= led


def test_ask_for_access_and_its_answer(world: World, now: datetime, hidden: Death) -> None:
    partner = world.holder[DutyKind.SAFEGUARDING_PARTNER]
    with pytest.raises(NotAllowedError, match="no such record"):
        ask_for_access(death=hidden, reason=TEXT, by=world.bob, now=now)
    with pytest.raises(NotAllowedError, match="read it already"):
        ask_for_access(death=hidden, reason=TEXT, by=world.manager, now=now)
    asking = ask_for_access(death=hidden, reason=TEXT, by=partner, now=now)
    with pytest.raises(NotAllowedError, match="asked already"):
        ask_for_access(death=hidden, reason=TEXT, by=partner, now=now)
    with pytest.raises(NotAllowedError, match="somebody else’s answer"):
        answer_asking(asking=asking, is_given=True, answer=TEXT, by=partner, now=now)
    with pytest.raises(NotAllowedError, match="until which day"):
        answer_asking(asking=asking, is_given=True, answer=TEXT, by=world.manager, now=now)
    answer_asking(asking=asking, is_given=False, answer=TEXT, by=world.manager, now=now)
    assert Message.objects.filter(person=partner, words="What you asked was refused.").exists()
    again = ask_for_access(death=hidden, reason=TEXT, by=partner, now=now)
    until = now.date() + timedelta(days=9)
    answer_asking(asking=again, is_given=True, ends_on=until, answer=TEXT, by=world.manager, now=now)
    assert deaths_visible_to(standing_of(partner, world.fairmead, now=now)).get() == hidden
    assert DeathAsking.objects.filter(is_given=True).count() == 1
    assert not askings_for(standing_of(world.manager, world.fairmead, now=now)).exists()


def test_put_on_and_end_reading_refuse(world: World, now: datetime, hidden: Death) -> None:
    day = timezone.localdate(now)
    given = {"death": hidden, "role": ReaderRole.TEAM, "ends_on": day, "reason": TEXT, "by": world.manager, "now": now}
    for changed, words in (
        ({"person": world.analyst}, "reads it already"),
        ({"person": world.charlie}, "holds no duty"),
        ({"person": world.bob, "role": ReaderRole.LEAD}, "cannot run it"),
        ({"person": world.bob, "ends_on": day - timedelta(days=1)}, "between today"),
        ({"person": world.bob, "reason": "x"}, "Say why"),
    ):
        with pytest.raises(NotAllowedError, match=words):
            put_on(**(given | changed))
    own = hidden.readers.get(person=world.manager)
    with pytest.raises(NotAllowedError, match="Nobody else runs"):
        end_reading(reader=own, by=world.manager, now=now)
    spare = somebody(world, "Spare", DutyKind.BUSINESS_MANAGER, now)
    put_on(**(given | {"person": spare, "role": ReaderRole.LEAD}))
    end_reading(reader=own, by=spare, now=now)
    with pytest.raises(NotAllowedError, match="ended already"):
        end_reading(reader=own, by=spare, now=now)


def test_who_is_told_of_a_late_panel(world: World, now: datetime, hidden: Death) -> None:
    late = notified(world, now, another=TEXT)
    spare = somebody(world, "Spare", DutyKind.BUSINESS_MANAGER, now)
    nobodys = notified(world, now, by=world.bob)
    for death in (hidden, late, nobodys):
        due = now - timedelta(days=1)
        Clock.objects.about(death.subject).under("CD-CDRM").update(due_at=due, soon_at=due, next_at=due)
    Message.objects.all().delete()
    round_of_clocks()
    told = {(one.person, one.words.split(" is ")[0]) for one in Message.objects.all()}
    read, left = "A time limit of a record that you read", "A time limit of a record that nobody runs any more"
    assert {(person, words[: len(left)]) for person, words in told} >= {(spare, left), (world.manager, left)}
    assert (world.manager, read) in {(person, words[: len(read)]) for person, words in told}
    assert (world.analyst, read) in {(person, words[: len(read)]) for person, words in told}
    assert not any(one.reference in f"{m.words}{m.path}" for m in Message.objects.all() for one in Death.objects.all())
    assert Letter.objects.exists()


def test_not_found_asks_as_much_for_a_hidden_record_as_for_none(
    world: World, now: datetime, hidden: Death, client_for: ClientFor
) -> None:
    """So the time that a refusal takes tells nothing either."""
    pages, missing = own_pages(hidden), "CD-222222"
    for person in (world.bob, world.dana, world.holder[DutyKind.SCRUTINEER]):
        client, differing = client_for(person), []
        client.get(pages[0])
        for page in pages:
            costs = []
            for path in (page, page.replace(hidden.reference, missing)):
                with CaptureQueriesContext(connection) as seen:
                    status = client.get(path).status_code
                costs.append((status, len(seen)))
            if costs[0] != costs[1] and costs[0][0] == 404:
                differing.append((page, costs))
        assert differing == [], person


def test_officer_runs_deaths_and_reads_no_more_than_others(
    world: World, now: datetime, hidden: Death, client_for: ClientFor
) -> None:
    officer = world.holder[DutyKind.CHILD_DEATH_OFFICER]
    standing = standing_of(officer, world.fairmead, now=now)
    client = client_for(officer)
    # What somebody else runs: by its reference alone, until they are put on it.
    assert not deaths_visible_to(standing).exists()
    alone = client.get(reverse("death_detail", args=["fairmead", hidden.reference])).content.decode()
    assert "Ask for access" in alone
    assert STORY not in alone
    assert client.get(reverse("death_identity", args=["fairmead", hidden.reference])).status_code == 404
    # What nobody runs is taken up, as by the manager.
    waiting = notified(world, now, by=world.bob)
    taken = reverse("death_take_up", args=["fairmead", waiting.reference])
    assert client.post(taken, follow=True).status_code == 200
    assert deaths_visible_to(standing).get() == waiting
    assert CHILD in client.get(reverse("death_identity", args=["fairmead", waiting.reference])).content.decode()
    # Not the rest of what a manager reads.
    for name in ("trail", "risk_list", "review_new", "person_new"):
        assert client.get(reverse(name, args=["fairmead"])).status_code == 404, name
    practice = reverse("death_practice_review", args=["fairmead", waiting.reference])
    assert client.get(practice).status_code == 404
