"""Who may do what where: standing, the rules of addresses, and the middleware that denies what nobody declared."""

import re
from datetime import date, timedelta

import pytest
from django.http import HttpResponse
from django.urls import path
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from trefoil.access.enums import WORDS, Permission
from trefoil.access.queries import holds_sensitive_duty, partnerships_visible_to, standing_of
from trefoil.access.rules import DUTY_GIVES, SENSITIVE_DUTIES, permissions_of
from trefoil.access.url_rules import DEMO_ONLY, PUBLIC, SIGNED_IN, access_rule, found_or_refused, logs_read, within
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.config.urls import urlpatterns as project_pages
from trefoil.people.enums import DutyKind
from trefoil.people.models import Duty, Partnership, Person
from trefoil.people.operations import close_account, give_duty


@within(Permission.READ_TRAIL)
def trail_page(request):
    return HttpResponse(f"{request.standing.person} in {request.standing.partnership.slug}")


@within(Permission.READ_FIGURES)
@logs_read("return:{pk}")
def sensitive_page(request, pk):
    return HttpResponse(f"return {pk}")


@within(Permission.READ_FIGURES)
@logs_read("return:{pk}")
def failing_page(request, pk):
    raise ZeroDivisionError


@within(Permission.READ_FIGURES)
@logs_read("return:{pk}")
def refusing_page(request, pk):
    record(event=EventType.EXPORTED, by=request.standing.person, now=timezone.now(), subject="undone")
    found_or_refused(Person.objects.none(), request, pk=pk)


@access_rule(PUBLIC)
def public_page(request):
    return HttpResponse("everybody")


@access_rule(SIGNED_IN)
def signed_in_page(request):
    return HttpResponse("somebody")


@access_rule(DEMO_ONLY)
def demo_page(request):
    return HttpResponse("demo")


def undeclared_page(request):
    return HttpResponse("nobody said who may")


urlpatterns = [
    path("open/public/", public_page),
    path("open/signed-in/", signed_in_page),
    path("open/demo/", demo_page),
    path("open/undeclared/", undeclared_page, name="undeclared"),
    path("<slug:slug>/a-sample-page/", trail_page, name="trail_page"),
    path("<slug:slug>/return/<int:pk>/", sensitive_page),
    path("<slug:slug>/failing/<int:pk>/", failing_page),
    path("<slug:slug>/refusing/<int:pk>/", refusing_page, name="refusing_page"),
    # Last: the project has a page of its own at some of these addresses.
    *project_pages,
]


@pytest.fixture(autouse=True)
def _these_pages(settings):
    settings.ROOT_URLCONF = "tests.access.test_rules"


@pytest.mark.parametrize("kind", list(DutyKind))
def test_standing_gives_what_the_duty_gives_and_nothing_else(world, now, kind):
    standing = standing_of(world.holder[kind], world.fairmead, now=now)
    assert standing.permissions == DUTY_GIVES[kind]
    assert standing.duties == (kind,)
    assert standing_of(world.holder[kind], world.harbury, now=now).permissions == frozenset()


def test_standing_of_two_duties_is_both(world, now):
    give_duty(
        person=world.alice, partnership=world.fairmead, kind=DutyKind.ANALYST, starts_on=now.date(), by=None, now=now
    )
    standing = standing_of(world.alice, world.fairmead, now=now)
    assert standing.permissions == DUTY_GIVES[DutyKind.ANALYST] | DUTY_GIVES[DutyKind.AGENCY_RETURNS]
    assert standing.agencies_for(Permission.ENTER_RETURN) == {world.social_care.pk}
    assert standing.agencies_for(Permission.APPROVE_RETURN) == frozenset()


def test_standing_for_an_agency_is_for_that_agency_alone(world, now):
    standing = standing_of(world.alice, world.fairmead, now=now)
    assert standing.may_for(Permission.ENTER_RETURN, world.social_care.pk)
    assert not standing.may_for(Permission.ENTER_RETURN, world.police.pk)
    assert not standing.may_for(Permission.APPROVE_RETURN, world.social_care.pk)


def test_standing_of_a_closed_account_is_nothing(world, now):
    close_account(person=world.analyst, by=None, now=now)
    assert standing_of(world.analyst, world.fairmead, now=now).permissions == frozenset()
    assert not partnerships_visible_to(world.analyst, now=now).exists()


def test_standing_takes_two_queries(world, now, django_assert_num_queries):
    with django_assert_num_queries(2):
        standing_of(world.analyst, world.fairmead, now=now)


OFFSETS = st.integers(min_value=-800, max_value=800)


@given(starts=OFFSETS, lasts=st.none() | st.integers(min_value=0, max_value=800))
@examples(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_standing_sight_and_sensitivity_follow_the_dates_of_the_duty(world, now, starts, lasts):
    """Future and ended duties give nothing, and all three questions answer alike."""
    first = now.date() + timedelta(days=starts)
    last_day = None if lasts is None else first + timedelta(days=lasts)
    Duty.objects.filter(person=world.analyst).update(starts_on=first, ends_on=last_day)
    holds = first <= now.date() <= (last_day or date.max)
    assert bool(standing_of(world.analyst, world.fairmead, now=now).permissions) is holds
    assert partnerships_visible_to(world.analyst, now=now).exists() is holds
    assert holds_sensitive_duty(world.analyst, now=now) is holds


@pytest.mark.parametrize("kind", list(DutyKind))
def test_sensitive_duties_are_those_that_open_others_figures_the_trail_or_deaths(kind):
    opens = DUTY_GIVES[kind] & {Permission.READ_ALL_RETURNS, Permission.READ_TRAIL, Permission.RUN_DEATHS}
    assert (kind in SENSITIVE_DUTIES) is bool(opens)


def test_nobody_approves_what_they_submit():
    for kind, given_permissions in DUTY_GIVES.items():
        assert not {Permission.SUBMIT_RETURN, Permission.APPROVE_RETURN} <= given_permissions, kind


def test_every_permission_has_words():
    assert set(WORDS) == set(Permission)


def test_within_serves_who_may_with_their_standing(world, client_for):
    answer = client_for(world.manager).get("/fairmead/a-sample-page/")
    assert answer.content.decode() == "Business manager in fairmead"


@pytest.mark.parametrize(
    ("who", "slug"), [("charlie", "fairmead"), ("alice", "fairmead"), ("nobody", "fairmead"), ("manager", "nowhere")]
)
def test_within_answers_404_and_writes_the_refusal(world, client_for, trail, who, slug):
    person = getattr(world, who)
    assert client_for(person).get(f"/{slug}/a-sample-page/").status_code == 404
    row = trail(EventType.REFUSED)[-1]
    assert (row.actor, row.partnership, row.subject) == (person.pk, slug, "trail_page")
    assert row.detail == {"asked_for": "read_trail"}


def test_within_looks_the_same_for_what_is_not_yours_and_what_is_not_there(world, client_for):
    client = client_for(world.charlie)
    answers = [client.get(f"/{slug}/a-sample-page/").content for slug in ("fairmead", "nowhere")]
    seen = [re.sub(rb'value="\w{64}"', b"", answer) for answer in answers]
    assert seen[0] == seen[1]


def test_within_sends_a_stranger_to_sign_in_and_back(world, client):
    answer = client.get("/fairmead/a-sample-page/?page=2")
    assert answer["Location"] == "/account/login/?next=/fairmead/a-sample-page/%3Fpage%3D2"


def test_logs_read_puts_the_read_on_the_trail(world, client_for, trail):
    assert client_for(world.alice).get("/fairmead/return/12/").status_code == 200
    row = trail(EventType.RECORD_READ)[0]
    assert (row.actor, row.partnership, row.subject) == (world.alice.pk, "fairmead", "return:12")


def test_logs_read_says_nothing_of_a_page_that_was_not_served(world, client_for, trail):
    with pytest.raises(ZeroDivisionError):
        client_for(world.alice).get("/fairmead/failing/12/")
    assert not trail(EventType.RECORD_READ)


def test_refusal_within_a_logged_view_stays_on_the_trail_and_the_rest_is_undone(world, client_for, trail):
    assert client_for(world.alice).get("/fairmead/refusing/12/").status_code == 404
    (row,) = trail(EventType.REFUSED)
    assert (row.actor, row.partnership, row.subject) == (world.alice.pk, "fairmead", "refusing_page")
    assert row.detail == {"asked_for": "read_figures", "pk": "12"}
    assert not trail(EventType.RECORD_READ)
    assert not trail(EventType.EXPORTED)


def test_public_page_is_everybody_s(client, db):
    assert client.get("/open/public/").content == b"everybody"


def test_signed_in_page_is_for_whoever_is(world, client, client_for):
    assert client.get("/open/signed-in/")["Location"] == "/account/login/?next=/open/signed-in/"
    assert client_for(world.nobody).get("/open/signed-in/").content == b"somebody"


def test_demo_page_is_404_outside_the_demo(client, db, settings):
    assert client.get("/open/demo/").status_code == 404
    settings.DEMO = True
    assert client.get("/open/demo/").content == b"demo"


def test_page_without_a_rule_is_served_to_nobody(world, client, client_for):
    assert client.get("/open/undeclared/").status_code == 404
    assert client_for(world.manager).get("/open/undeclared/").status_code == 404


def test_published_figures_open_their_printed_source_to_their_readers(world, now):
    Partnership.objects.filter(pk=world.harbury.pk).update(published_only=True, is_invented=False)
    world.harbury.refresh_from_db()
    assert permissions_of([DutyKind.READER], world.harbury) == {
        Permission.READ_FIGURES,
        Permission.READ_ALL_RETURNS,
        Permission.READ_BUDGET,
    }
    assert permissions_of([DutyKind.READER], world.fairmead) == {Permission.READ_FIGURES}
    assert permissions_of([], world.harbury) == frozenset()
