"""A piece of evidence in one line: what it shows, plainly said, and its tag. Says nothing that the figures do not."""

from collections.abc import Sequence
from dataclasses import dataclass

from .enums import EvidenceKind
from .impact.reading import IndicatorShift, indicator_shifts
from .impact.shares import Compared, Difference, compare_shares, share_words
from .models import Evidence
from .words import counted, day_words

# The status of what was tested and varied as it did before.
NO_CHANGE = "steady"
_TAGS = {
    Difference.BETTER: ("signal", "More than chance"),
    Difference.WORSE: ("signal", "More than chance"),
    Difference.CHANCE: (NO_CHANGE, "No more than chance"),
    Difference.TOO_FEW: ("too_few", "Too few to say"),
}


@dataclass(frozen=True)
class EvidenceLine:
    """One piece with its finding in words. `tag` is a status of the design, empty where nothing was tested."""

    piece: Evidence
    finding: str
    tag: str = ""
    tag_words: str = ""
    shift: IndicatorShift | None = None
    facts: tuple[tuple[str, str], ...] = ()

    @property
    def says_no_change(self) -> bool:
        """Whether it was tested and is no more than noise or chance."""
        return self.tag == NO_CHANGE


def evidence_line(piece: Evidence) -> EvidenceLine:
    """What a piece of evidence says. An indicator's figures are read anew each time: later ones count."""
    return evidence_lines([piece])[0]


def evidence_lines(pieces: Sequence[Evidence]) -> list[EvidenceLine]:
    """What each piece says, in the order given. All are of one partnership; their figures are read at once."""
    counted_ones = [piece for piece in pieces if piece.kind == EvidenceKind.INDICATOR]
    if not counted_ones:
        return [_line(piece, None) for piece in pieces]
    asked = [(piece.indicator, piece.change_on or piece.happened_on) for piece in counted_ones]
    found = indicator_shifts(counted_ones[0].partnership, asked)
    shifts = {piece.pk: shift for piece, shift in zip(counted_ones, found, strict=True)}
    return [_line(piece, shifts.get(piece.pk)) for piece in pieces]


def _line(piece: Evidence, shift: IndicatorShift | None) -> EvidenceLine:
    if piece.kind == EvidenceKind.INDICATOR:
        return _of_indicator(piece, shift)
    return {
        EvidenceKind.AUDIT: _of_audit,
        EvidenceKind.TRAINING: _of_training,
        EvidenceKind.VOICE: _of_voice,
        EvidenceKind.OTHER: _plain,
    }[EvidenceKind(piece.kind)](piece)


def _of_indicator(piece: Evidence, shift: IndicatorShift | None) -> EvidenceLine:
    if shift is None:
        return EvidenceLine(piece, f"The catalogue no longer has the indicator {piece.indicator}.")
    tag, words = shift.tag
    return EvidenceLine(piece, shift.words, tag, words, shift)


def _of_audit(piece: Evidence) -> EvidenceLine:
    before, after = (piece.before_number or 0, piece.before_of or 0), (piece.after_number or 0, piece.after_of or 0)
    compared: Compared = compare_shares(before, after)
    tag, words = _TAGS[compared.difference]
    facts = (
        (f"First audit, {day_words(piece.before_on)}" if piece.before_on else "First audit", share_words(*before)),
        (f"Second audit, {day_words(piece.after_on)}" if piece.after_on else "Second audit", share_words(*after)),
    )
    return EvidenceLine(piece, compared.words, tag, words, facts=facts)


def _of_training(piece: Evidence) -> EvidenceLine:
    number, of = piece.after_number or 0, piece.after_of or 0
    when = f" on {day_words(piece.after_on)}" if piece.after_on else ""
    trained = counted(piece.trained or 0, "person was", "people were")
    said = f"{trained[:1].upper()}{trained[1:]} trained. Asked later{when}, {share_words(number, of)} use it at work."
    return EvidenceLine(piece, said)


def _of_voice(piece: Evidence) -> EvidenceLine:
    heard = f", {piece.heard:,} heard" if piece.heard else ""
    return EvidenceLine(piece, f"{piece.get_voice_of_display()}{heard}: {piece.words}")


def _plain(piece: Evidence) -> EvidenceLine:
    return EvidenceLine(piece, piece.words)
