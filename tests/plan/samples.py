"""A value for every part of the plan's URLs; `tests/repository/url_samples.py` takes them in."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Protocol

from tests.plan.made import a_priority, a_year, an_action, said_by_families
from tests.plan.samples_register import REGISTER_SAMPLES
from tests.world import World
from trefoil.people.models import Person
from trefoil.plan.enums import ActionState
from trefoil.plan.models import Action, StubbornChallenge
from trefoil.plan.operations.evidence import set_retest
from trefoil.plan.operations.priorities import add_workstream, name_challenge


class Asking(Protocol):
    """What a sample is made from; the repository's tests have the class."""

    @property
    def world(self) -> World: ...

    @property
    def now(self) -> datetime: ...

    @property
    def person(self) -> Person: ...


def _plan_action(asking: Asking, state: ActionState = ActionState.DONE) -> Action:
    """An action of Alice's and Bob's agency, done, with evidence and a day to look again."""
    found = Action.objects.filter(partnership=asking.world.fairmead, state=state)
    held = found.filter(evidence__isnull=False, retests__isnull=False).first()
    if held is None:
        held = an_action(asking.world, now=asking.now, state=state)
        said_by_families(held, asking.world, now=asking.now)
        words = {"words": "Twenty reviews are looked at again.", "by": asking.world.manager, "now": asking.now}
        set_retest(action=held, due_on=date(2027, 5, 1), **words)
    return held


def _in_hand(asking: Asking) -> Action:
    """An action of which who asks is the named person, with evidence."""
    title = f"In the hands of {asking.person}"
    held = Action.objects.filter(partnership=asking.world.fairmead, title=title).first()
    if held is None:
        held = an_action(asking.world, now=asking.now, state=ActionState.UNDER_WAY, title=title)
        said_by_families(held, asking.world, now=asking.now)
        # Past the operation, which takes nobody of another agency: each duty in turn has it in hand here.
        Action.objects.filter(pk=held.pk).update(person=asking.person)
    return held


def _workstream(asking: Asking) -> int:
    priority = a_priority(asking.world, now=asking.now)
    held = priority.workstreams.first()
    made = {"title": "Training", "by": asking.world.manager, "now": asking.now}
    return held.pk if held else add_workstream(priority=priority, **made).pk


def _challenge(asking: Asking) -> int:
    held = StubbornChallenge.objects.filter(partnership=asking.world.fairmead).first()
    return (
        held.pk
        if held
        else name_challenge(
            partnership=asking.world.fairmead,
            title="Adolescents out of school",
            why_stubborn="Placements are scarce and far away.",
            first_named_on=date(2023, 4, 1),
            by=asking.world.manager,
            now=asking.now,
        ).pk
    )


PLAN_ACTION_PAGES = (
    "detail",
    "change",
    "accept",
    "refuse",
    "date",
    "hand_over",
    "withdraw",
    "judge",
    "close",
    "reopen",
)

# Forms for whoever has an action in hand; for everybody else they are not found.
OWNERS_PAGES = ("action_begin", "action_update", "action_finish", "evidence_new", "evidence_add")

PLAN_SAMPLES: dict[tuple[str, str] | str, Callable[[Any], Any]] = {
    "kind": lambda _asking: "audit",
    **REGISTER_SAMPLES,
    **{(f"action_{page}", "pk"): lambda asking: _plan_action(asking).pk for page in PLAN_ACTION_PAGES},
    ("retest_new", "pk"): lambda asking: _plan_action(asking).pk,
    **{(name, "pk"): lambda asking: _in_hand(asking).pk for name in OWNERS_PAGES},
    ("evidence_detail", "pk"): lambda asking: _plan_action(asking).evidence.earliest("pk").pk,
    ("evidence_withdraw", "pk"): lambda asking: _in_hand(asking).evidence.earliest("pk").pk,
    **{
        (f"retest_{page}", "pk"): lambda asking: _plan_action(asking).retests.earliest("pk").pk
        for page in ("record", "withdraw")
    },
    **{
        (f"recommendation_{page}", "pk"): lambda asking: _plan_action(asking).recommendation_id
        for page in ("detail", "change", "withdraw")
    },
    **{
        (name, "pk"): lambda asking: a_priority(asking.world, now=asking.now).pk
        for name in ("priority_detail", "priority_change", "priority_withdraw", "workstream_new")
    },
    **{
        (name, "pk"): lambda asking: a_year(asking.world, now=asking.now).pk
        for name in ("plan_year", "plan_year_change", "plan_year_position", "plan_year_approve", "priority_new")
    },
    **{(f"workstream_{page}", "pk"): _workstream for page in ("change", "withdraw")},
    **{(f"challenge_{page}", "pk"): _challenge for page in ("change", "withdraw")},
}
