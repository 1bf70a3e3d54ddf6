"""How long a session lasts."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from trefoil.access.session import SEEN_KEY, STARTED_KEY, mark_used, seconds_left, start, why_ended
from trefoil.audit.enums import EventType
from trefoil.people.operations import close_account

BEGAN = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def moved_back(client: Client, **ago: timedelta) -> None:
    """Make the session older: `started` and `seen` say by how much."""
    session = client.session
    names = {"started": STARTED_KEY, "seen": SEEN_KEY}
    for name, age in ago.items():
        session[names[name]] = timezone.now().timestamp() - age.total_seconds()
    session.save()


@pytest.mark.parametrize(
    ("after", "why"),
    [
        (timedelta(minutes=59, seconds=59), ""),
        (timedelta(minutes=60), "idle"),
        (timedelta(hours=11, minutes=59), "idle"),
        (timedelta(hours=12), "too_long"),
    ],
)
def test_unused_session_ends_after_an_hour_and_any_after_twelve(after, why):
    session = {}
    start(session, now=BEGAN)
    assert why_ended(session, now=BEGAN + after) == why


@given(st.lists(st.integers(min_value=1, max_value=3599), max_size=20))
def test_used_session_never_outlives_twelve_hours(gaps):
    session, now = {}, BEGAN
    start(session, now=BEGAN)
    for gap in gaps:
        now += timedelta(seconds=gap)
        if why_ended(session, now=now):
            break
        mark_used(session, now=now)
        assert now < BEGAN + timedelta(hours=12)
        assert 0 < seconds_left(session, now=now) <= 3600


def test_session_without_clocks_has_ended():
    assert why_ended({}, now=BEGAN) == "too_long"


def test_idle_session_is_ended_in_words_and_on_the_trail(world, client_for, trail):
    client = client_for(world.alice)
    moved_back(client, seen=timedelta(minutes=61))
    answer = client.get("/front/", follow=True)
    assert answer.redirect_chain == [("/account/login/?next=/front/", 302)]
    assert "was not used for an hour" in answer.content.decode()
    assert trail(EventType.SIGNED_OUT)[0].detail == {"why": "idle"}
    assert trail(EventType.SIGNED_OUT)[0].actor == world.alice.pk


def test_session_of_twelve_hours_is_ended_however_busy(world, client_for, trail):
    client = client_for(world.alice)
    moved_back(client, started=timedelta(hours=12), seen=timedelta(seconds=1))
    assert "twelve hours had passed" in client.get("/front/", follow=True).content.decode()
    assert trail(EventType.SIGNED_OUT)[0].detail == {"why": "too_long"}


def test_session_is_written_once_a_minute_at_most(world, client_for, django_assert_num_queries):
    client = client_for(world.alice)
    moved_back(client, seen=timedelta(seconds=30))
    with django_assert_num_queries(2):  # the session and the person, nothing written
        client.get("/front/")
    moved_back(client, seen=timedelta(seconds=90))
    client.get("/front/")
    assert timezone.now().timestamp() - client.session[SEEN_KEY] < 5


def test_keep_session_begins_the_hour_again_and_says_how_long(world, client_for):
    client = client_for(world.alice)
    moved_back(client, seen=timedelta(minutes=58))
    answer = client.post("/account/session/keep/", headers={"accept": "application/json"})
    assert 3595 <= answer.json()["seconds"] <= 3600


def test_keep_session_cannot_pass_the_twelve_hours(world, client_for):
    client = client_for(world.alice)
    moved_back(client, started=timedelta(hours=11, minutes=50), seen=timedelta(minutes=58))
    answer = client.post("/account/session/keep/", headers={"sec-fetch-dest": "empty"})
    assert 595 <= answer.json()["seconds"] <= 600


def test_keep_session_by_form_goes_back_to_our_page_alone(world, client_for):
    client = client_for(world.alice)
    assert client.post("/account/session/keep/", {"next": "/front/"})["Location"] == "/front/"
    elsewhere = client.post("/account/session/keep/", {"next": "https://elsewhere.example/"})
    assert elsewhere["Location"] == "/account/session/"


def test_keep_session_is_not_for_strangers_nor_by_link(world, client, client_for):
    assert client.post("/account/session/keep/").status_code == 302
    assert client_for(world.alice).get("/account/session/keep/").status_code == 405


def test_page_carries_the_warning_and_a_page_says_it_without_a_script(world, client_for):
    client = client_for(world.alice)
    page = client.get("/front/").content.decode()
    assert 'data-keep="/account/session/keep/"' in page
    assert 'data-warn-before="300"' in page
    words = client.get("/account/session/").content.decode()
    assert "You are signed in for 59 more minutes" in words or "You are signed in for 60 more minutes" in words


def test_sign_out_everywhere_ends_every_session_of_that_person_alone(robin, world, client_for, trail):
    form = {"login": robin.email, "password": "otter teaspoon lighthouse"}
    here, there = Client(), Client()
    other = client_for(world.alice)
    for client in (here, there):
        client.post("/account/login/", form)
    assert here.get("/account/").content.decode().count("<li>Since") == 2
    answer = here.post("/account/session/end-all/", follow=True)
    assert "You are signed out on every device." in answer.content.decode()
    assert here.get("/front/").status_code == 302
    assert there.get("/front/").status_code == 302
    assert other.get("/front/").status_code == 200
    assert trail(EventType.SIGNED_OUT)[-1].detail == {"why": "everywhere"}


def test_closed_account_is_out_at_once(robin, client, sign_in_with_password, now):
    sign_in_with_password(robin.email)
    close_account(person=robin, by=None, now=now)
    assert client.get("/front/").status_code == 302


def test_password_change_ends_the_other_sessions(robin):
    form = {"login": robin.email, "password": "otter teaspoon lighthouse"}
    here, there = Client(), Client()
    for client in (here, there):
        client.post("/account/login/", form)
    new = "velvet harbour bicycle"
    here.post("/account/password/change/", {"oldpassword": form["password"], "password1": new, "password2": new})
    assert here.get("/front/").status_code == 200
    assert there.get("/front/").status_code == 302
