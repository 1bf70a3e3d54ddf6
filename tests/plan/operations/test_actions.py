"""Actions proposed, changed, told about and moved to other dates."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from tests.plan.made import IN_WORDS, a_priority, an_action
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.models import AuditEvent
from trefoil.editing.versions import ChangedMeanwhileError
from trefoil.people.enums import DutyKind
from trefoil.people.operations import create_agency
from trefoil.plan.enums import ActionState, SourceKind, Standing
from trefoil.plan.models import Action
from trefoil.plan.operations import propose_action
from trefoil.plan.operations.actions import change_action, move_due_date, tell_progress
from trefoil.plan.operations.priorities import add_workstream
from trefoil.plan.rules import actions_visible_to


def _proposed(world: World, now: datetime, **fields: object) -> Action:
    given: dict[str, object] = {
        "agency": world.social_care,
        "title": "Write the guide",
        "due_on": date(2026, 12, 24),
        "by": world.manager,
    }
    return propose_action(partnership=world.fairmead, now=now, **{**given, **fields})


def test_propose_action_takes_source_and_priority_of_its_recommendation(world: World, now: datetime) -> None:
    action = an_action(world, now=now)
    assert (action.source_kind, action.priority) == (SourceKind.SCRUTINY, a_priority(world, now=now))
    assert (action.due_on, action.first_due_on) == (date(2026, 12, 22), date(2026, 12, 22))
    assert AuditEvent.objects.latest("sequence").event == "action_proposed"


def test_propose_action_under_a_workstream_takes_its_priority(world: World, now: datetime) -> None:
    stream = add_workstream(priority=a_priority(world, now=now), title="Training", by=world.manager, now=now)
    assert _proposed(world, now, workstream=stream).priority == a_priority(world, now=now)


def test_propose_action_by_the_agency_itself_refused(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="do not include giving actions to agencies"):
        _proposed(world, now, by=world.bob)


def test_propose_action_to_an_agency_outside_refused(world: World, now: datetime) -> None:
    outside = create_agency(name="Harbury Hospital", sector="health", by=None, now=now, is_invented=True)
    with pytest.raises(NotAllowedError, match="Harbury Hospital is not an agency of this partnership"):
        _proposed(world, now, agency=outside)


def test_propose_action_for_yesterday_refused(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="must not lie in the past"):
        _proposed(world, now, due_on=timezone.localdate(now) - timedelta(days=1))


def test_propose_action_without_words_refused(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="say what is to be done"):
        _proposed(world, now, title=" ")


def test_propose_action_in_somebody_elses_name_refused(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="Dana holds no duty here for Fairmead Children's Services"):
        _proposed(world, now, person=world.dana)


def _changed(action: Action, world: World, now: datetime, **fields: object) -> None:
    given: dict[str, object] = {
        "title": "Use the toolkit always",
        "detail": "",
        "success": "",
        "priority": action.priority,
        "workstream": None,
        "seen_version": action.version,
    }
    change_action(action=action, by=world.manager, now=now, **{**given, **fields})


def test_change_action_by_two_at_once_refuses_the_second(world: World, now: datetime) -> None:
    action = an_action(world, now=now)
    same = Action.objects.get(pk=action.pk)
    _changed(action, world, now)
    assert AuditEvent.objects.latest("sequence").event == "action_changed"
    with pytest.raises(ChangedMeanwhileError) as raised:
        _changed(same, world, now, title="Use another toolkit")
    assert str(raised.value.held) == "Use the toolkit always"


def test_change_action_that_is_over_refused(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="it is over"):
        _changed(an_action(world, now=now, state=ActionState.WITHDRAWN), world, now)


def test_tell_progress_begins_an_accepted_action(world: World, now: datetime) -> None:
    action = an_action(world, now=now, state=ActionState.ACCEPTED)
    tell_progress(action=action, how=Standing.AT_RISK, words="The printer is broken.", by=world.bob, now=now)
    assert (action.state, action.how, action.last_word_on) == ("under_way", "at_risk", date(2026, 11, 22))
    assert action.moves.latest("pk").to_state == ActionState.UNDER_WAY
    assert AuditEvent.objects.latest("sequence").event == "action_updated"


def test_tell_progress_adds_and_never_overwrites(world: World, now: datetime) -> None:
    action = an_action(world, now=now, state=ActionState.UNDER_WAY)
    later = now + timedelta(days=30)
    tell_progress(action=action, how=Standing.OFF_TRACK, words="Nobody came to the training.", by=world.bob, now=later)
    assert [one.how for one in action.updates.all()] == ["off_track", "on_track"]
    assert action.how == Standing.OFF_TRACK


def test_tell_progress_by_another_agency_refused(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="belongs to Fairmead Children's Services"):
        tell_progress(
            action=an_action(world, now=now, state=ActionState.UNDER_WAY),
            how=Standing.ON_TRACK,
            words="All is well here.",
            by=world.dana,
            now=now,
        )


def test_tell_progress_of_a_proposal_refused(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="the action is proposed"):
        tell_progress(
            action=an_action(world, now=now), how=Standing.ON_TRACK, words="All is well.", by=world.bob, now=now
        )


def test_move_due_date_keeps_each_earlier_date(world: World, now: datetime) -> None:
    action = an_action(world, now=now, state=ActionState.UNDER_WAY)
    fields = {"action": action, "reason": IN_WORDS, "by": world.bob, "now": now}
    move_due_date(due_on=date(2027, 1, 31), seen_version=action.version, **fields)
    move_due_date(due_on=date(2027, 2, 28), seen_version=action.version, **fields)
    assert [(f"{move.from_on}", f"{move.to_on}") for move in action.due_date_moves.all()] == [
        ("2026-12-22", "2027-01-31"),
        ("2027-01-31", "2027-02-28"),
    ]
    assert (action.due_on, action.first_due_on, action.has_moved) == (date(2027, 2, 28), date(2026, 12, 22), True)
    assert AuditEvent.objects.latest("sequence").event == "action_date_moved"


@pytest.mark.parametrize(
    ("due_on", "reason", "words"),
    [
        (date(2026, 12, 22), IN_WORDS, "the date that it has already"),
        (date(2026, 11, 21), IN_WORDS, "must not lie in the past"),
        (date(2099, 1, 31), IN_WORDS, "more than ten years ahead"),
        (date(2027, 1, 31), "late", "say why the date is moved"),
    ],
)
def test_move_due_date_refused(world: World, now: datetime, due_on: date, reason: str, words: str) -> None:
    action = an_action(world, now=now, state=ActionState.ACCEPTED)
    with pytest.raises(NotAllowedError, match=words):
        move_due_date(action=action, due_on=due_on, reason=reason, seen_version=action.version, by=world.bob, now=now)


def test_move_due_date_by_the_named_person_refused(world: World, now: datetime) -> None:
    action = an_action(world, now=now, state=ActionState.ACCEPTED, person=world.alice)
    with pytest.raises(NotAllowedError, match="lead or the business manager moves the date"):
        move_due_date(
            action=action,
            due_on=date(2027, 1, 31),
            reason=IN_WORDS,
            seen_version=action.version,
            by=world.alice,
            now=now,
        )


def test_move_due_date_that_another_moved_first_refused(world: World, now: datetime) -> None:
    action = an_action(world, now=now, state=ActionState.ACCEPTED)
    seen = action.version
    fields = {"action": action, "reason": IN_WORDS, "by": world.bob, "now": now, "seen_version": seen}
    move_due_date(due_on=date(2027, 1, 31), **fields)
    with pytest.raises(ChangedMeanwhileError):
        move_due_date(due_on=date(2027, 2, 28), **fields)


def test_overdue_is_work_past_its_date_alone(world: World, now: datetime) -> None:
    today = timezone.localdate(now)
    late = an_action(world, now=now, state=ActionState.UNDER_WAY, due_in=1)
    an_action(world, now=now, state=ActionState.DONE, due_in=1)
    assert list(Action.objects.overdue_on(today + timedelta(days=2))) == [late]
    assert late.is_overdue_on(today + timedelta(days=2))
    assert not late.is_overdue_on(today + timedelta(days=1))


def test_reader_of_figures_sees_no_action(world: World, now: datetime) -> None:
    reader = world.holder[DutyKind.READER]
    an_action(world, now=now)
    assert not actions_visible_to(standing_of(reader, world.fairmead, now=now)).exists()
    assert actions_visible_to(standing_of(world.dana, world.fairmead, now=now)).count() == 1
    assert not actions_visible_to(standing_of(world.charlie, world.harbury, now=now)).exists()
