"""A priority's page: its chain, measures, risks and ways on; and what an action that was opened again says."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.indicators.handed_in import figure, hand_in
from tests.plan.made import IN_WORDS, a_priority, a_recommendation, an_action, said_by_families
from tests.plan.registered import a_measure, a_risk, type_in
from tests.world import World
from trefoil.indicators.periods import month
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person
from trefoil.plan.enums import ActionState, EvidenceKind
from trefoil.plan.evidence_fields import EvidenceFields
from trefoil.plan.operations.action_moves import reopen_action
from trefoil.plan.operations.actions import change_action
from trefoil.plan.operations.evidence import add_evidence
from trefoil.plan.operations.recommendations import withdraw_recommendation

ClientFor = Callable[[Person], Client]


def shown(client: Client, name: str, *arguments: object, **asked: str) -> str:
    response = client.get(reverse(name, args=["fairmead", *arguments]), asked)
    assert response.status_code == 200
    return response.content.decode()


def test_priority_page_shows_its_measures_risks_and_evidence(
    world: World, now: datetime, client_for: ClientFor
) -> None:
    priority, other = a_priority(world, now=now), a_priority(world, now=now, title="Exploitation")
    measure = a_measure(world, now=now, priority=priority)
    type_in(world, measure, 9, 80, now=now)
    type_in(world, measure, 10, 70, now=now)
    a_measure(world, now=now, priority=other, title="A measure of another", plan_reference="9")
    risk = a_risk(world, now=now, priorities=[priority])
    a_risk(world, now=now, priorities=[other], title="Another matter")
    action = an_action(world, now=now, state=ActionState.DONE)
    piece = said_by_families(action, world, now=now)
    page = shown(client_for(world.bob), "priority_detail", priority.pk)
    for name, record in (("measure_detail", measure), ("risk_detail", risk), ("evidence_detail", piece)):
        assert reverse(name, args=["fairmead", record.pk]) in page, name
    assert "Down 10 percentage points, worse" in page or "own 10" in page
    assert "A measure of another" not in page
    assert "Another matter" not in page
    assert "?priority=" not in page.partition('id="measures"')[2].partition('id="workstreams"')[0]


def test_chain_holds_an_action_that_was_carried_into_the_priority(
    world: World, now: datetime, client_for: ClientFor
) -> None:
    before, after = a_priority(world, now=now), a_priority(world, now=now, title="Neglect, once more")
    asked = a_recommendation(world, now=now, priority=before)
    moved = an_action(world, now=now, recommendation=asked, title="Carried into the next year")
    an_action(world, now=now, recommendation=asked, title="Left where it was")
    change_action(
        action=moved,
        title=moved.title,
        detail=moved.detail,
        success=moved.success,
        priority=after,
        workstream=None,
        seen_version=moved.version,
        by=world.manager,
        now=now,
    )
    page = shown(client_for(world.bob), "priority_detail", after.pk)
    assert asked.words in page
    assert "Carried into the next year" in page
    assert "Left where it was" not in page
    held = shown(client_for(world.bob), "priority_detail", before.pk)
    assert "Carried into the next year" in held
    assert "now under “Neglect, once more”" in held
    assert "Left where it was" in held


def test_chain_holds_what_was_done_for_a_recommendation_that_was_withdrawn_since(
    world: World, now: datetime, client_for: ClientFor
) -> None:
    asked = a_recommendation(world, now=now)
    an_action(world, now=now, recommendation=asked, state=ActionState.CLOSED, title="Done before that")
    withdraw_recommendation(recommendation=asked, reason="The law asks for it now.", by=world.manager, now=now)
    assert "Done before that" in shown(client_for(world.bob), "priority_detail", asked.priority_id)


def test_priority_page_draws_the_indicator_that_moved_and_says_what_is_noise(
    world: World, now: datetime, client_for: ClientFor
) -> None:
    months = [month(2025 + at // 12, at % 12 + 1) for at in range(21)]
    moved = [figure("FD01", one, (300 if place < 12 else 400) + place % 3) for place, one in enumerate(months)]
    steady = [figure("FD09", one, 300 + place % 3) for place, one in enumerate(months)]
    hand_in(world, moved + steady, now=now, approved=True)
    priority = a_priority(world, now=now)
    action = an_action(world, now=now, state=ActionState.DONE)
    for indicator in ("FD01", "FD09"):
        add_evidence(
            action=action,
            kind=EvidenceKind.INDICATOR,
            title=f"{indicator} before and after",
            words="Since the new rota.",
            happened_on=date(2026, 10, 1),
            fields=EvidenceFields(indicator=indicator, change_on=date(2026, 1, 1)),
            by=world.bob,
            now=now,
        )
    page = shown(client_for(world.bob), "priority_detail", priority.pk)
    part = page.partition('id="shown-by"')[2].partition("</section>")[0]
    assert "More than noise: the last nine figures all lie above the level before." in part
    assert "No more than noise: the nine figures since the change vary as those before did." in part
    # One of the two is drawn, with the day of the change on it.
    assert part.count("Change, 1 Jan 2026") >= 1
    assert part.count('<figure class="tf-chart">') == 1
    assert action.title in part


def test_priority_page_keeps_the_register_from_who_does_not_read_it(
    world: World, now: datetime, client_for: ClientFor
) -> None:
    priority = a_priority(world, now=now)
    a_risk(world, now=now, priorities=[priority])
    page = shown(client_for(world.holder[DutyKind.GROUP_MEMBER]), "priority_detail", priority.pk)
    assert "Too few health visitors" not in page
    assert "Risks in its way" not in page


def test_priority_page_leads_the_manager_to_forms_that_begin_with_it(
    world: World, now: datetime, client_for: ClientFor
) -> None:
    priority, client = a_priority(world, now=now), client_for(world.manager)
    page = shown(client, "priority_detail", priority.pk)
    for name in ("measure_new", "risk_new"):
        address = f"{reverse(name, args=['fairmead'])}?priority={priority.pk}"
        assert address in page
        form = client.get(address).content.decode()
        assert re.search(rf'value="{priority.pk}"[^>]* (selected|checked)', form), name
    assert client.get(f"{reverse('measure_new', args=['fairmead'])}?priority=1e9").status_code == 200


def test_priority_page_asks_the_same_for_one_and_for_many(world: World, now: datetime, client_for: ClientFor) -> None:
    priority, client = a_priority(world, now=now), client_for(world.manager)
    address = reverse("priority_detail", args=["fairmead", priority.pk])

    def add(number: int) -> None:
        measure = a_measure(world, now=now, priority=priority, title=f"Measure {number}", plan_reference=f"{number}")
        type_in(world, measure, 10, 70, now=now)
        a_risk(world, now=now, priorities=[priority], title=f"Risk {number}")
        action = an_action(world, now=now, state=ActionState.DONE)
        said_by_families(action, world, now=now)
        counted = EvidenceFields(indicator="FD01", change_on=date(2026, 1, 1))
        day, about = date(2026, 10, 1), {"action": action, "kind": EvidenceKind.INDICATOR, "by": world.bob, "now": now}
        add_evidence(**about, title=f"Figures {number}", words="", happened_on=day, fields=counted)

    add(1)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(2, 5):
        add(number)
    client.get(address)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)


def test_recommendations_of_one_priority(world: World, now: datetime, client_for: ClientFor) -> None:
    here, other = a_priority(world, now=now), a_priority(world, now=now, title="Exploitation")
    a_recommendation(world, now=now, priority=here)
    client = client_for(world.bob)
    assert "1 recommendation." in shown(client, "recommendation_list", priority=str(here.pk))
    assert "No recommendation fits" in shown(client, "recommendation_list", priority=str(other.pk))
    assert "1 recommendation." in shown(client, "recommendation_list", priority="nonsense")


def test_action_page_says_that_it_is_judged_anew(world: World, now: datetime, client_for: ClientFor) -> None:
    action = an_action(world, now=now, state=ActionState.CLOSED)
    day = timezone.localdate(now) + timedelta(days=60)
    later = now + timedelta(days=1)
    reopen_action(action=action, reason=IN_WORDS, due_on=day, by=world.manager, now=later)
    page = shown(client_for(world.manager), "action_detail", action.pk)
    assert "It was judged before it was opened again." in page
