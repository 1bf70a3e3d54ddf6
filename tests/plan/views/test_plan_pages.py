"""The plan's pages: what they say, to whom, and at what cost."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.indicators.handed_in import figure, hand_in
from tests.plan.made import a_priority, a_recommendation, a_year, an_action, said_by_families
from tests.world import World
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.indicators.periods import month
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person
from trefoil.plan.enums import ActionState, EvidenceKind
from trefoil.plan.evidence_fields import EvidenceFields
from trefoil.plan.models import Action, PlanYear, Priority, Recommendation
from trefoil.plan.operations.evidence import add_evidence

ClientFor = Callable[[Person], Client]


def shown(client: Client, name: str, *arguments: object, **asked: str) -> str:
    response = client.get(reverse(name, args=["fairmead", *arguments]), asked)
    assert response.status_code == 200
    return response.content.decode()


def test_plan_page_without_a_year_says_who_begins_one(world: World, client_for: ClientFor) -> None:
    assert "The business manager begins a year." in shown(client_for(world.bob), "plan_page")
    assert "Begin a year of the plan" in shown(client_for(world.manager), "plan_page")


def test_plan_page_says_how_each_priority_stands(world: World, now: datetime, client_for: ClientFor) -> None:
    an_action(world, now=now, state=ActionState.CLOSED)
    an_action(world, now=now, state=ActionState.REFUSED)
    page = shown(client_for(world.bob), "plan_page")
    assert "2 actions: 1 refused and 1 closed with impact shown." in page
    assert "1 has been closed, each with impact shown." in page


def test_priority_page_draws_its_chain_twice_and_gives_it_as_a_table(
    world: World, now: datetime, client_for: ClientFor
) -> None:
    action = an_action(world, now=now, state=ActionState.DONE)
    page = shown(client_for(world.bob), "priority_detail", a_priority(world, now=now).pk)
    assert page.count("<svg") == 2
    assert "Not judged yet" in page
    assert reverse("action_detail", args=["fairmead", action.pk]) in page


def test_action_page_says_the_next_step_and_offers_it(world: World, now: datetime, client_for: ClientFor) -> None:
    action = an_action(world, now=now)
    lead, reader = (shown(client_for(one), "action_detail", action.pk) for one in (world.bob, world.dana))
    assert "It waits for Fairmead Children&#x27;s Services to accept it" in reader
    accept = reverse("action_accept", args=["fairmead", action.pk])
    assert accept in lead
    assert accept not in reader


def test_accept_of_another_agencys_action_is_not_found(world: World, now: datetime, client_for: ClientFor) -> None:
    action = an_action(world, now=now, agency=world.police)
    for name in ("action_accept", "action_refuse", "action_date", "action_hand_over"):
        response = client_for(world.bob).post(reverse(name, args=["fairmead", action.pk]), {"reason": "x" * 20})
        assert response.status_code == 404, name
    assert Action.objects.get(pk=action.pk).state == ActionState.PROPOSED
    assert AuditEvent.objects.filter(event=EventType.REFUSED).count() == 4


OWNERS_PAGES = {
    "action_update": (),
    "action_begin": (),
    "action_finish": (),
    "evidence_new": (),
    "evidence_add": ("other",),
}


@pytest.mark.parametrize(("name", "more"), OWNERS_PAGES.items())
def test_owners_pages_of_another_agencys_action_are_not_found_and_on_the_trail(
    world: World, now: datetime, client_for: ClientFor, name: str, more: tuple[str, ...]
) -> None:
    action = an_action(world, now=now, state=ActionState.ACCEPTED)
    address = reverse(name, args=["fairmead", action.pk, *more])
    dana = client_for(world.dana)
    assert dana.get(address).status_code == 404
    dana.post(address, {"how": "at_risk", "words": "x" * 20})
    assert Action.objects.get(pk=action.pk).state == ActionState.ACCEPTED
    refused = AuditEvent.objects.filter(event=EventType.REFUSED, actor_name=world.dana.name)
    assert {row.detail["pk"] for row in refused} == {str(action.pk)}


def test_update_of_an_action_that_takes_none_says_why(world: World, now: datetime, client_for: ClientFor) -> None:
    page = shown(client_for(world.bob), "action_update", an_action(world, now=now).pk)
    assert "The action is proposed, so it takes no update now." in page
    assert "<textarea" not in page


def test_update_through_the_page_begins_the_action(world: World, now: datetime, client_for: ClientFor) -> None:
    action = an_action(world, now=now, state=ActionState.ACCEPTED)
    sent = {"how": "at_risk", "words": "The printer is broken."}
    response = client_for(world.bob).post(reverse("action_update", args=["fairmead", action.pk]), sent)
    assert response["Location"] == reverse("action_detail", args=["fairmead", action.pk])
    assert Action.objects.get(pk=action.pk).how == "at_risk"


def test_date_that_another_moved_first_shows_both(world: World, now: datetime, client_for: ClientFor) -> None:
    action = an_action(world, now=now, state=ActionState.UNDER_WAY)
    path = reverse("action_date", args=["fairmead", action.pk])
    seen = Action.objects.get(pk=action.pk).version

    def sent(day: int) -> dict[str, object]:
        parts = {"due_on_day": day, "due_on_month": 3, "due_on_year": 2033}
        return {**parts, "reason": "The trainer has moved away.", "seen_version": seen}

    assert client_for(world.bob).post(path, sent(1)).status_code == 302
    second = client_for(world.manager).post(path, sent(2))
    assert second.status_code == 409
    assert "Somebody else has saved this" in second.content.decode()
    assert Action.objects.get(pk=action.pk).due_on == date(2033, 3, 1)


def test_judge_page_shows_what_each_piece_says(world: World, now: datetime, client_for: ClientFor) -> None:
    action = an_action(world, now=now, state=ActionState.DONE)
    piece = said_by_families(action, world, now=now)
    client = client_for(world.holder[DutyKind.SCRUTINEER])
    assert piece.words in shown(client, "action_judge", action.pk)
    sent = {"verdict": "shown", "words": "Families say so themselves.", "rests_on": piece.pk}
    assert client.post(reverse("action_judge", args=["fairmead", action.pk]), sent).status_code == 302
    assert client.post(reverse("action_close", args=["fairmead", action.pk])).status_code == 302
    assert Action.objects.get(pk=action.pk).state == ActionState.CLOSED


def test_judge_page_refuses_impact_on_what_is_noise_alone(world: World, now: datetime, client_for: ClientFor) -> None:
    months = [month(2025 + at // 12, at % 12 + 1) for at in range(21)]
    figures = [figure("FD01", one, 300 + place % 3) for place, one in enumerate(months)]
    hand_in(world, figures, now=now, approved=True)
    action = an_action(world, now=now, state=ActionState.DONE)
    fields = EvidenceFields(indicator="FD01", change_on=date(2026, 1, 1))
    kind, seen = EvidenceKind.INDICATOR, {"happened_on": date(2026, 3, 1), "title": "Contacts", "now": now}
    piece = add_evidence(action=action, kind=kind, fields=fields, words="Since the new rota.", by=world.bob, **seen)
    client, path = client_for(world.holder[DutyKind.SCRUTINEER]), reverse("action_judge", args=["fairmead", action.pk])
    page = shown(client, "action_judge", action.pk)
    assert "All of it changed no more than noise or chance would. That alone cannot show impact" in page
    assert "no more than noise)" in page
    sent = {"words": "It went down a little.", "rests_on": piece.pk}
    for verdict in ("shown", "partly"):
        answer = client.post(path, {**sent, "verdict": verdict})
        assert "What you rest it on has changed no more than noise or chance would" in answer.content.decode()
    assert not action.judgements.exists()
    assert "By itself this shows no impact." in shown(client, "evidence_detail", piece.pk)
    assert client.post(path, {**sent, "verdict": "not_shown"}).status_code == 302


def test_evidence_form_tells_each_fault_at_its_field(world: World, now: datetime, client_for: ClientFor) -> None:
    action = an_action(world, now=now, state=ActionState.DONE)
    path = reverse("evidence_add", args=["fairmead", action.pk, "audit"])
    response = client_for(world.bob).post(path, {"title": "Audit", "before_of": 10, "before_number": 12})
    page = response.content.decode()
    assert response.status_code == 200
    assert "No more can be right than were looked at (first)." in page
    assert "Say when the second audit was." in page


def test_evidence_of_an_unknown_kind_leads_back(world: World, now: datetime, client_for: ClientFor) -> None:
    action = an_action(world, now=now, state=ActionState.DONE)
    response = client_for(world.bob).get(reverse("evidence_add", args=["fairmead", action.pk, "hearsay"]))
    assert response["Location"] == reverse("evidence_new", args=["fairmead", action.pk])


def test_action_list_asks_by_agency_and_status(world: World, now: datetime, client_for: ClientFor) -> None:
    an_action(world, now=now, title="Ours")
    an_action(world, now=now, title="Theirs", agency=world.police)
    an_action(world, now=now, title="Gone", state=ActionState.WITHDRAWN)
    client = client_for(world.bob)
    assert [name in shown(client, "action_list") for name in ("Ours", "Theirs", "Gone")] == [True, True, False]
    theirs = shown(client, "action_list", agency=str(world.police.pk))
    assert ["Ours" in theirs, "Theirs" in theirs] == [False, True]
    assert "Gone" in shown(client, "action_list", state="all")
    assert "No action fits" in shown(client, "action_list", state="closed")
    assert "Ours" in shown(client, "action_list", agency="nonsense", state="nonsense")


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_action_export_is_on_the_trail(world: World, now: datetime, client_for: ClientFor, file_format: str) -> None:
    an_action(world, now=now)
    response = client_for(world.bob).get(reverse("action_export", args=["fairmead", file_format]))
    assert response.status_code == 200
    assert f".{file_format}" in response["Content-Disposition"]
    assert AuditEvent.objects.latest("sequence").event == EventType.EXPORTED


def test_action_export_in_an_unknown_format_is_not_found(world: World, client_for: ClientFor) -> None:
    assert client_for(world.bob).get(reverse("action_export", args=["fairmead", "exe"])).status_code == 404


def test_board_offers_moves_to_who_may_make_them(world: World, now: datetime, client_for: ClientFor) -> None:
    action = an_action(world, now=now)
    accept = reverse("action_accept", args=["fairmead", action.pk])
    assert accept in shown(client_for(world.bob), "action_board")
    assert accept not in shown(client_for(world.dana), "action_board")


@pytest.mark.parametrize("name", ["plan_page", "action_list", "action_board", "recommendation_list"])
def test_lists_cost_the_same_with_more_rows(world: World, now: datetime, client_for: ClientFor, name: str) -> None:
    client = client_for(world.manager)
    an_action(world, now=now)
    shown(client, name)
    with CaptureQueriesContext(connection) as one:
        shown(client, name)
    for state in (ActionState.PROPOSED, ActionState.ACCEPTED, ActionState.DONE):
        an_action(world, now=now, state=state)
    with CaptureQueriesContext(connection) as more:
        shown(client, name)
    assert len(more) == len(one)


def test_year_is_begun_filled_and_approved_through_pages(world: World, client_for: ClientFor) -> None:
    client = client_for(world.manager)
    parts = {"starts_on": (1, 4, 2026), "ends_on": (31, 3, 2027)}
    days = {
        f"{name}_{part}": value
        for name, given in parts.items()
        for part, value in zip(("day", "month", "year"), given, strict=True)
    }
    assert client.post(reverse("plan_year_new", args=["fairmead"]), {"title": "Plan", **days}).status_code == 302
    year = PlanYear.objects.get()
    path = reverse("plan_year_approve", args=["fairmead", year.pk])
    refused = client.post(path, {"reference": "decision:9"})
    assert "The plan has no priority yet." in refused.content.decode()
    added = {"title": "Neglect", "success": "Children wait less for help."}
    assert client.post(reverse("priority_new", args=["fairmead", year.pk]), added).status_code == 302
    assert client.post(path, {"reference": "decision:9"}).status_code == 302
    assert PlanYear.objects.get().is_approved


def test_recommendation_is_added_and_becomes_an_action_through_pages(
    world: World, now: datetime, client_for: ClientFor
) -> None:
    a_year(world, now=now)
    day = {"made_on_day": 1, "made_on_month": 7, "made_on_year": 2026}
    words = {"words": "Name neglect earlier.", "source_kind": "scrutiny", **day}
    scrutineer = client_for(world.holder[DutyKind.SCRUTINEER])
    assert scrutineer.post(reverse("recommendation_new", args=["fairmead"]), words).status_code == 302
    held = Recommendation.objects.get()
    due = {"due_on_day": 1, "due_on_month": 7, "due_on_year": 2033}
    given = {"title": "Use the toolkit", "agency": world.social_care.pk, **due}
    path = f"{reverse('action_new', args=['fairmead'])}?recommendation={held.pk}"
    assert client_for(world.manager).post(path, given).status_code == 302
    assert Action.objects.get().recommendation == held


def test_recommendation_page_of_another_partnership_is_not_found(
    world: World, now: datetime, client_for: ClientFor
) -> None:
    held = a_recommendation(world, now=now)
    response = client_for(world.charlie).get(reverse("recommendation_detail", args=["harbury", held.pk]))
    assert response.status_code == 404


def test_evidence_form_offers_the_indicators_of_the_priority_first_and_chooses_none(
    world: World, now: datetime, client_for: ClientFor
) -> None:
    action = an_action(world, now=now, state=ActionState.DONE)
    Priority.objects.filter(pk=action.priority_id).update(indicators=["FD08"])
    address = reverse("evidence_add", args=["fairmead", action.pk, "indicator"])
    page = client_for(world.bob).get(address).content.decode()
    first, others = page.index("Indicators of its priority"), page.index("Every other indicator")
    assert page.index('value="" selected') < first < page.index('value="FD08"') < others < page.index('value="FD01"')
