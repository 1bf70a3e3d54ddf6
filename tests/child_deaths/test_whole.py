"""A death from its notification to its end, each clock against dates worked out by hand."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from tests.child_deaths.made import (
    PAPER,
    TEXT,
    answered,
    asked,
    factors,
    gathering,
    heard,
    judged,
    notified,
    panel,
    reading,
)
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.child_deaths.enums import DeathState
from trefoil.child_deaths.models import Death
from trefoil.child_deaths.operations.analysis import close_death, judge_death, recommend
from trefoil.child_deaths.operations.panels import put_to_panel, write_paper
from trefoil.child_deaths.operations.response import Discussed, hold_meeting, write_step
from trefoil.child_deaths.operations.undoing import undo_last_step
from trefoil.child_deaths.queries import analysis_of
from trefoil.clocks.models import Clock


def clock(death: Death, rule_id: str) -> Clock:
    """The last clock of a death under a rule."""
    return Clock.objects.about(death.subject).filter(rule_id=rule_id).latest("pk")


def test_death_goes_from_notification_to_the_national_database(world: World, now: datetime) -> None:
    death = gathering(world, now, died_on=date(2026, 11, 12))
    notice, meeting, response = clock(death, "CD-NOT"), clock(death, "CD-CDRM"), clock(death, "CD-JAR")
    assert notice.due_at == death.known_at + timedelta(hours=48)
    assert notice.stopped_at == death.notified_at
    assert timezone.localdate(meeting.due_at) == date(2027, 2, 12)  # three months from 12 November
    assert (response.is_open, response.due_at) == (True, None)  # no edition gives it hours
    for code in ("contacts", "visit"):
        write_step(death=death, code=code, done_on=timezone.localdate(now), words=TEXT, by=world.manager, now=now)
    assert not clock(death, "CD-JAR").is_open
    answered(asked(death, world.police, world.dana, now), now)

    later = now + timedelta(days=30)
    day = timezone.localdate(later)
    hold_meeting(
        death=death,
        meeting=Discussed(day - timedelta(days=3), day, "Fairmead Hospital", TEXT, TEXT),
        by=world.manager,
        now=later,
    )
    assert not clock(death, "CD-CDRM").is_open
    assert timezone.localdate(clock(death, "CD-CDOP").due_at) == day + timedelta(weeks=6)

    write_paper(death=death, words=PAPER, by=world.manager, now=later)
    put_to_panel(death=death, panel=panel(world, later), by=world.manager, now=later)
    judged(death, later, applying=[10, 6, 9])
    analysis = analysis_of(death)
    assert analysis is not None
    assert analysis.category.number == 6
    assert recommend(death=death, words="Ask who smokes at home.", by=world.manager, now=later).source_kind == "other"
    close_death(death=death, sent_on=day, by=world.manager, now=later)
    death.refresh_from_db()
    assert death.state == DeathState.CLOSED
    assert not Clock.objects.about(death.subject).open().exists()


def test_undo_last_step_leads_back_to_the_notification(world: World, now: datetime) -> None:
    death = heard(world, now)
    judged(death, now)
    close_death(death=death, sent_on=timezone.localdate(now), by=world.manager, now=now)
    stands = []
    for _ in range(4):
        undo_last_step(death=death, reason=TEXT, by=world.manager, now=now)
        stands.append(
            (death.state, sorted(Clock.objects.about(death.subject).open().values_list("rule_id", flat=True)))
        )
    assert stands == [
        ("with_panel", ["CD-CDOP", "CD-JAR"]),
        ("discussed", ["CD-CDOP", "CD-JAR"]),
        ("gathering", ["CD-CDRM", "CD-JAR"]),
        ("notified", ["CD-CDRM"]),
    ]
    with pytest.raises(NotAllowedError, match="no step to undo"):
        undo_last_step(death=death, reason=TEXT, by=world.manager, now=now)


def test_steps_out_of_order_are_refused(world: World, now: datetime) -> None:
    death, day = notified(world, now), timezone.localdate(now)
    with pytest.raises(NotAllowedError, match="stands at “Notified”"):
        hold_meeting(death=death, meeting=Discussed(day, day, "A", TEXT, TEXT), by=world.manager, now=now)
    with pytest.raises(NotAllowedError, match="before it"):
        judge_death(death=death, applying=[1], factors=factors(), words=TEXT, judged_on=day, by=world.manager, now=now)
    with pytest.raises(NotAllowedError, match="Only who runs"):
        write_paper(death=death, words=PAPER, by=world.bob, now=now)
    reading(death, world.bob, now)
    with pytest.raises(NotAllowedError, match="Only who runs"):
        write_paper(death=death, words=PAPER, by=world.bob, now=now)
