"""The rows that the X-ray looks at, and those of them that others read."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from tests.plan.made import a_recommendation, an_action
from tests.world import World
from trefoil.access.queries import standing_of
from trefoil.plan.enums import ActionState
from trefoil.plan.queries_xray import plan_rows, recommendation_rows


def test_recommendations_for_who_compares_wording_are_those_of_the_whole_look(
    world: World, now: datetime, django_assert_num_queries: Any
) -> None:
    an_action(world, now=now, state=ActionState.CLOSED)
    half = a_recommendation(world, now=now)
    an_action(world, now=now, state=ActionState.CLOSED, recommendation=half)
    an_action(world, now=now, state=ActionState.DONE, recommendation=half)
    an_action(world, now=now, state=ActionState.REFUSED)
    manager = standing_of(world.manager, world.fairmead, now=now)
    with django_assert_num_queries(3):
        rows = recommendation_rows(manager)
    assert tuple(rows) == plan_rows(manager, today=timezone.localdate(now)).recommendations
    assert [(row.actions, row.closed_on is not None) for row in sorted(rows, key=lambda row: row.key)] == [
        (1, True),
        (2, False),
        (0, False),
    ]
    assert recommendation_rows(standing_of(world.nobody, world.fairmead, now=now)) == []
