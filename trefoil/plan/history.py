"""What happened to an action, as lines of its page: moves, words, dates, hand-overs, evidence, judgements, tests."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from .models import Action
from .words import HOW_TAGS, STATE_TAGS, VERDICT_TAGS, day_words


@dataclass(frozen=True)
class HistoryLine:
    """One thing that happened: when, who, what in a few words with a tag, and what was said."""

    at: datetime
    by: str
    what: str
    said: str = ""
    tag: str = ""
    tag_words: str = ""


def history_of(action: Action) -> list[HistoryLine]:
    """Everything, newest first. Six queries, however much there is."""
    lines = [
        *_moves(action),
        *_updates(action),
        *_dates(action),
        *_hand_overs(action),
        *_evidence(action),
        *_judgements(action),
        *_tests(action),
    ]
    return sorted(lines, key=lambda line: line.at, reverse=True)


def _moves(action: Action) -> Iterator[HistoryLine]:
    for move in action.moves.select_related("moved_by"):
        words = move.get_to_state_display()
        yield HistoryLine(move.moved_at, str(move.moved_by), "Status", move.reason, STATE_TAGS[move.to_state], words)


def _updates(action: Action) -> Iterator[HistoryLine]:
    for told in action.updates.select_related("written_by"):
        tag, words = HOW_TAGS[told.how], told.get_how_display()
        yield HistoryLine(told.written_at, str(told.written_by), "How it stands", told.words, tag, words)


def _dates(action: Action) -> Iterator[HistoryLine]:
    for moved in action.due_date_moves.select_related("moved_by"):
        what = f"Date moved from {day_words(moved.from_on)} to {day_words(moved.to_on)}"
        yield HistoryLine(moved.moved_at, str(moved.moved_by), what, moved.reason)


def _hand_overs(action: Action) -> Iterator[HistoryLine]:
    related = ("from_agency", "to_agency", "from_person", "to_person", "handed_by")
    for handed in action.hand_overs.select_related(*related):
        before = f"{handed.from_person or 'nobody named'}, {handed.from_agency}"
        after = f"{handed.to_person or 'nobody named'}, {handed.to_agency}"
        yield HistoryLine(
            handed.handed_at, str(handed.handed_by), f"Handed over from {before} to {after}", handed.reason
        )


def _evidence(action: Action) -> Iterator[HistoryLine]:
    for piece in action.evidence.select_related("added_by", "withdrawn_by"):
        yield HistoryLine(piece.added_at, str(piece.added_by), f"Evidence added: {piece.title}")
        if piece.withdrawn_at:
            what = f"Evidence withdrawn: {piece.title}"
            yield HistoryLine(piece.withdrawn_at, str(piece.withdrawn_by), what, piece.withdrawn_reason)


def _judgements(action: Action) -> Iterator[HistoryLine]:
    for judged in action.judgements.select_related("judged_by"):
        tag, words = VERDICT_TAGS[judged.verdict], judged.get_verdict_display()
        yield HistoryLine(judged.judged_at, str(judged.judged_by), "Impact judged", judged.words, tag, words)


def _tests(action: Action) -> Iterator[HistoryLine]:
    for test in action.retests.select_related("set_by", "tested_by", "withdrawn_by"):
        yield HistoryLine(
            test.set_at, str(test.set_by), f"To be looked at again on {day_words(test.due_on)}", test.words
        )
        if test.tested_at:
            what = f"Looked at again: {test.get_outcome_display().lower()}"
            yield HistoryLine(test.tested_at, str(test.tested_by), what, test.found)
        if test.withdrawn_at:
            what = f"Test of {day_words(test.due_on)} withdrawn"
            yield HistoryLine(test.withdrawn_at, str(test.withdrawn_by), what, test.withdrawn_reason)
