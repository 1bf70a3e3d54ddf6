"""What a block shows now, whichever kind it is of."""

from collections.abc import Callable
from datetime import date

from ..enums import BlockKind
from ..models import Block, PublicDocument
from .attendance import attendance_block
from .budget import budget_block
from .evidence import training_block, voice_block
from .indicator import indicator_block
from .period import Period
from .priority import priority_block
from .reviews import reviews_block
from .scrutiny import scrutiny_block
from .shown import ShownBlock

OF_A_PERIOD: dict[BlockKind, Callable[[Period], ShownBlock]] = {
    BlockKind.REVIEWS: reviews_block,
    BlockKind.TRAINING: training_block,
    BlockKind.VOICE: voice_block,
    BlockKind.SCRUTINY: scrutiny_block,
}
"""The kinds of which a document shows its own period."""


def show(block: Block, document: PublicDocument, *, today: date, draw: bool) -> ShownBlock:
    """What a block shows now. An indicator's figures end with the document's period."""
    kind, partnership = BlockKind(block.kind), document.partnership
    if kind is BlockKind.INDICATOR:
        return indicator_block(partnership, block.shows, until=document.ends_on, draw=draw)
    if kind is BlockKind.PRIORITY:
        return priority_block(partnership, block.shows, today=today)
    if kind is BlockKind.BUDGET:
        return budget_block(partnership, block.shows)
    period = Period(partnership, document.starts_on, document.ends_on)
    if kind is BlockKind.ATTENDANCE:
        return attendance_block(period, block.shows)
    return OF_A_PERIOD[kind](period)
