"""What the worker does once a minute and once a day."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.utils import timezone
from time_machine import TimeMachineFixture

from tests.documents.attached import attached
from tests.extracts.room.loaded import stored_copy
from tests.world import World
from trefoil.documents import storage
from trefoil.editing.operations import keep_draft
from trefoil.extracts import retention
from trefoil.extracts.enums import ExtractState
from trefoil.extracts.models import Extract
from trefoil.extracts.retention import delete_expired, delete_now
from trefoil.notifications.rounds import go_nightly, rounds_until


def test_worker_goes_round_until_it_is_told_to_stop(settings: object) -> None:
    stopping, done = threading.Event(), []

    def step() -> str:
        done.append(1)
        if len(done) == 3:
            stopping.set()
        return ""

    globals()["planted_step"] = step
    settings.WORKER_ROUNDS, settings.WORKER_NIGHTLY = (f"{__name__}.planted_step",), ()
    rounds_until(stopping, every=0)
    assert len(done) == 3


def test_worker_does_nightly_work_when_it_starts_and_on_each_new_day(
    settings: object, time_machine: TimeMachineFixture
) -> None:
    stopping, nights, rounds = threading.Event(), [], []

    def step() -> str:
        rounds.append(1)
        time_machine.move_to(datetime(2026, 11, 22, 23, 30, tzinfo=UTC) + timedelta(minutes=20 * len(rounds)))
        if len(rounds) == 4:
            stopping.set()
        return ""

    def night() -> str:
        nights.append(timezone.localdate())
        if len(nights) == 2:
            raise OSError("the disk is away")
        return ""

    globals().update(planted_step=step, planted_night=night)
    settings.WORKER_ROUNDS, settings.WORKER_NIGHTLY = (f"{__name__}.planted_step",), (f"{__name__}.planted_night",)
    rounds_until(stopping, every=0)
    assert [one.day for one in nights] == [22, 23, 23]


def test_every_nightly_step_runs_and_says_nothing_when_there_is_nothing(world: World) -> None:
    assert len(django_settings.WORKER_NIGHTLY) >= 5
    assert go_nightly() == []


def test_nightly_work_deletes_what_is_too_old_and_says_what_is_wrong(
    world: World, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    keep_draft(
        partnership=world.fairmead, key="note:1", fields={"words": ["x"]}, by=world.alice, now=now - timedelta(days=120)
    )
    stored_copy(world, now=now - timedelta(days=800))
    storage.remove(attached(world, now=now).versions.get().key)
    assert go_nightly() == ["1 extract deleted at the end of the retention period", "1 old draft deleted"]
    assert "1 file of a document is missing or changed" in caplog.text
    assert go_nightly() == []


def test_extract_that_another_worker_deletes_meanwhile_is_left_to_it(
    world: World, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (stored_copy(world, now=now - timedelta(days=800)) for _ in range(2))
    mine = retention.delete_now

    def quicker(extract: Extract, **asked: Any) -> None:
        monkeypatch.undo()
        other = second if extract.pk == first.pk else first
        delete_now(Extract.objects.get(pk=other.pk), reason=retention.EXPIRED, by=None, now=now)
        mine(extract, **asked)

    monkeypatch.setattr(retention, "delete_now", quicker)
    assert len(delete_expired(now=now)) == 1
    assert set(Extract.objects.values_list("state", flat=True)) == {ExtractState.DELETED}
