"""A judgement holds until its action is opened again: then it is judged anew before it is closed."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from tests.plan.made import IN_WORDS, an_action, said_by_families
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.plan.enums import ActionState, RetestOutcome, Verdict
from trefoil.plan.models import Action
from trefoil.plan.operations.action_moves import close_action, finish_action, reopen_action
from trefoil.plan.operations.evidence import judge_impact, record_retest, set_retest
from trefoil.plan.queries import newest_judgement, tallies, with_verdict


def opened_again(world: World, now: datetime) -> tuple[Action, datetime]:
    """An action closed on shown impact, opened again a day later and done again two days after that."""
    action = an_action(world, now=now, state=ActionState.CLOSED)
    day = timezone.localdate(now) + timedelta(days=60)
    reopen_action(action=action, reason=IN_WORDS, due_on=day, by=world.manager, now=now + timedelta(days=1))
    later = now + timedelta(days=3)
    finish_action(action=action, reason=IN_WORDS, by=world.bob, now=later)
    return action, later


def test_close_action_on_a_judgement_from_before_it_was_opened_again_refused(world: World, now: datetime) -> None:
    action, later = opened_again(world, now)
    assert newest_judgement(action) is None
    with pytest.raises(NotAllowedError, match="its impact has not been judged"):
        close_action(action=action, by=world.manager, now=later)
    assert with_verdict(Action.objects.filter(pk=action.pk)).get().verdict is None


def test_close_action_judged_anew(world: World, now: datetime) -> None:
    action, later = opened_again(world, now)
    piece = said_by_families(action, world, now=later)
    judge_impact(action=action, verdict=Verdict.PARTLY, words=IN_WORDS, rests_on=[piece], by=world.manager, now=later)
    close_action(action=action, by=world.manager, now=later)
    assert action.state == ActionState.CLOSED
    tally = tallies(Action.objects.all(), "agency", timezone.localdate(later))[world.social_care.pk]
    assert (tally.closed, tally.shown) == (1, 1)


def test_change_that_slipped_back_shows_no_impact_any_more(world: World, now: datetime) -> None:
    action = an_action(world, now=now, state=ActionState.CLOSED)
    day = timezone.localdate(now) + timedelta(days=30)
    retest = set_retest(action=action, due_on=day, words="Ten reviews are read.", by=world.manager, now=now)
    record_retest(
        retest=retest,
        outcome=RetestOutcome.SLIPPED,
        found="Four of ten reviews hold it.",
        next_on=day + timedelta(days=90),
        by=world.manager,
        now=now + timedelta(days=30),
    )
    assert newest_judgement(action) is None
    assert action.judgements.count() == 1
