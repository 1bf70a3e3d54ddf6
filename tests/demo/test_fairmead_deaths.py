"""Fairmead's child deaths: each page has something good, something bad and something late."""

from datetime import datetime, timedelta

from django.utils import timezone

from trefoil.access.queries import standing_of
from trefoil.child_deaths.enums import DeathState, Likeness
from trefoil.child_deaths.figures import blocks_until, shown_of
from trefoil.child_deaths.models import Death
from trefoil.child_deaths.queries import analysis_of, likely_doubles, owed_replies, report_clocks_of
from trefoil.child_deaths.rules import askings_for, deaths_visible_to, deaths_without_lead, requests_visible_to
from trefoil.clocks.models import Clock
from trefoil.demo.borough import Borough, read_toml
from trefoil.demo.fairmead import _found, _people
from trefoil.demo.fairmead_deaths import invent_deaths
from trefoil.indicators.suppression.published import Mark


def test_child_deaths_of_the_demo_are_of_every_sort(db: None, now: datetime) -> None:
    plan, began = read_toml("fairmead.toml"), now - timedelta(days=800)
    borough: Borough = _found(plan, began)
    _people(borough, plan, began)
    invent_deaths(borough, now=now)
    standing = standing_of(borough.people["manager"], borough.partnership, now=now)
    officer = standing_of(borough.people["death_officer"], borough.partnership, now=now)
    states = {one.state for reader in (standing, officer) for one in deaths_visible_to(reader)}
    assert states == set(DeathState)
    untaken = deaths_without_lead(standing).get(state=DeathState.NOTIFIED)
    taken = deaths_visible_to(officer).get(state=DeathState.NOTIFIED)
    assert likely_doubles(taken) == [(untaken, Likeness.SOUND)]
    replies = owed_replies(requests_visible_to(standing), timezone.localdate(now))
    assert {one.status[1] for one in replies} == {"Answered", "Late", "Asked"}
    assert askings_for(standing).count() == 1
    closed = deaths_visible_to(standing).filter(state=DeathState.CLOSED).latest("pk")
    analysis = analysis_of(closed)
    assert analysis is not None
    assert analysis.category.number == 8
    begun = Death.objects.get(practice_review__isnull=False)
    assert begun.practice_review.review.state == "not_notified"
    late = Clock.objects.about(begun.subject).under("CD-CDOP").get()
    assert late.status_at(now).value == "late"
    away = deaths_visible_to(standing).get(state=DeathState.PASSED_ON)
    assert away.family_support.exists()
    assert [one.rule_id for one in report_clocks_of(borough.partnership)] == ["CD-REP"]
    shown = shown_of(borough.partnership, blocks_until(timezone.localdate(now))[0])
    assert shown.cells["Notified: all"].text == "15"
    assert {cell.mark for cell in shown.cells.values()} >= {Mark.SHOWN, Mark.WITHHELD}
