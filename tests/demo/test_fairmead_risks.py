"""Fairmead's register: every check of the X-ray finds something, and the pages are full."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from trefoil.access.queries import standing_of
from trefoil.demo.borough import Borough, read_toml
from trefoil.demo.fairmead import _found, _people
from trefoil.demo.fairmead_risks import invent_register
from trefoil.plan.enums_register import RiskBand
from trefoil.plan.models import AcceptedFinding, Measure, Risk
from trefoil.plan.queries_measures import measure_lines
from trefoil.plan.queries_risks import risk_lines
from trefoil.plan.queries_xray import xray_of
from trefoil.plan.xray.vocabulary import Check


@pytest.fixture
def borough(db: None, now: datetime) -> Borough:
    """The borough and its people, with the register and nothing else."""
    plan = read_toml("fairmead.toml")
    began = now - timedelta(days=31 * 26)
    made = _found(plan, began)
    _people(made, plan, began)
    invent_register(made, now=now)
    return made


def test_register_of_the_demo_is_full(borough: Borough, now: datetime) -> None:
    standing = standing_of(borough.people["manager"], borough.partnership, now=now)
    today = timezone.localdate(now)

    seen = xray_of(standing, today=today)
    assert {one.check for one in seen.found} | {one.check for one, _ in seen.accepted} == set(Check)
    assert AcceptedFinding.objects.count() == len(seen.accepted) == 1

    lines = risk_lines(standing)
    assert {line.band for line in lines} == set(RiskBand)
    assert {line.pointing[0] for line in lines} == {"up", "down", "level", "none"}
    assert any(line.risk.is_review_overdue_on(today) for line in lines)
    assert Risk.objects.filter(closed_at__isnull=False).count() == 1

    measures = measure_lines(standing)
    assert len(measures) == Measure.objects.count() >= 12
    assert any(one.line.latest and one.line.latest.why_missing for one in measures)
    assert {"better", "neutral"} <= {one.line.moved.pointing[1] for one in measures}
