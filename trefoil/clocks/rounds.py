"""What the worker and the command do: tell of every clock whose moment has come, batch after batch."""

from datetime import datetime

from django.utils import timezone

from .operations.running import AT_A_TIME, Told, tell_of_due


def run_clocks(*, now: datetime, at_a_time: int = AT_A_TIME) -> Told:
    """All of them. A batch that fails leaves those before it told, and itself as it was."""
    told = batch = tell_of_due(by=None, now=now, at_a_time=at_a_time)
    while batch.clocks:
        batch = tell_of_due(by=None, now=now, at_a_time=at_a_time)
        told += batch
    return told


def round_of_clocks() -> str:
    """For the worker: what was done, in words; nothing when no moment had come."""
    told = run_clocks(now=timezone.now())
    return words_of(told) if told.clocks else ""


def words_of(told: Told) -> str:
    """`3 clocks came due, 1 of them late; 4 messages queued.`"""
    clocks = "clock" if told.clocks == 1 else "clocks"
    messages = "message" if told.messages == 1 else "messages"
    return f"{told.clocks:,} {clocks} came due, {told.late:,} of them late; {told.messages:,} {messages} queued."
