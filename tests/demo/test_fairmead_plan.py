"""The invented plan: in every status, good and bad and late, in a believable order, and built by operations alone."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from trefoil.demo.borough import Borough, read_toml
from trefoil.demo.fairmead import _found, _people
from trefoil.demo.fairmead_plan import make_plan
from trefoil.plan.enums import ActionState, EvidenceKind, SourceKind, Verdict
from trefoil.plan.models import (
    Action,
    ActionMove,
    Evidence,
    HandOver,
    Judgement,
    PlanYear,
    Recommendation,
    Retest,
    StubbornChallenge,
)


@pytest.fixture
def borough(db: None, now: datetime) -> Borough:
    """Fairmead with its people and its plan, and no figures."""
    words = read_toml("fairmead.toml")
    began = now - timedelta(days=800)
    made = _found(words, began)
    _people(made, words, began)
    make_plan(made, now=now)
    return made


def test_make_plan_shows_everything_that_can_happen(borough: Borough, now: datetime) -> None:
    assert [year.is_approved for year in PlanYear.objects.all()] == [True, True]
    assert set(Action.objects.values_list("state", flat=True)) == set(ActionState)
    assert set(Evidence.objects.values_list("kind", flat=True)) == set(EvidenceKind)
    assert set(Judgement.objects.values_list("verdict", flat=True)) == set(Verdict)
    assert len(set(Recommendation.objects.values_list("source_kind", flat=True))) >= len(SourceKind) - 1
    assert Action.objects.count() >= 34
    assert Action.objects.overdue_on(timezone.localdate(now)).count() >= 3
    assert HandOver.objects.exists()
    assert Retest.objects.filter(outcome="slipped").exists()
    assert StubbornChallenge.objects.count() == 2


def test_make_plan_tells_things_in_a_believable_order(borough: Borough, now: datetime) -> None:
    assert not ActionMove.objects.filter(moved_at__gt=now).exists()
    for action in Action.objects.prefetch_related("moves", "evidence", "judgements"):
        moments = [move.moved_at for move in action.moves.order_by("pk")]
        assert moments == sorted(moments), action
        assert all(piece.added_at >= moments[0] for piece in action.evidence.all()), action
        if action.state == ActionState.CLOSED:
            assert action.judgements.exists(), action
