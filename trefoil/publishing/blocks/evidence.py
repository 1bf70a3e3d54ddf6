"""Training and voice: what the plan's evidence of a period says. Families' own words are left out."""

from collections.abc import Sequence

from trefoil.plan.chains import impact_words
from trefoil.plan.enums import EvidenceKind, VoiceOf
from trefoil.plan.models import Action, Evidence
from trefoil.plan.queries import with_verdict

from ..enums import BlockKind
from .period import ROUNDED, Period, nothing, safe_count
from .shown import ShownBlock, ShownTable, table_of

FROM = "Evidence of impact in the plan, as it stood."


def training_block(period: Period) -> ShownBlock:
    """What was taught, and how many of those asked later use it at work. The counts are of staff."""
    title = f"Training, and its use at work, {period.words}"
    pieces = _pieces(period, EvidenceKind.TRAINING)
    if not pieces:
        words = "The plan holds no evidence of training in this period."
        return nothing(BlockKind.TRAINING, title, words, "plan_page")
    counts = [(one.trained or 0, one.after_of or 0, one.after_number or 0) for one in pieces]
    whole = [sum(column) for column in zip(*counts, strict=True)]
    rows = [(one.title, *(f"{number:,}" for number in row)) for one, row in zip(pieces, counts, strict=True)]
    if len(rows) > 1:
        rows.append(("Total", *(f"{number:,}" for number in whole)))
    trained, asked, used = whole
    headings = ("What was taught", "People trained", "Asked later", "Use it at work")
    return ShownBlock(
        kind=BlockKind.TRAINING.value,
        title=title,
        sentences=(
            f"{trained:,} people were trained.",
            f"Of {asked:,} who were asked later, {used:,} use it at work.",
        ),
        source=FROM,
        tables=(table_of(f"Training that the plan has evidence of, {period.words}", headings, rows),),
    )


def voice_block(period: Period) -> ShownBlock:
    """Whose voice was heard how often, and about which actions. No words: they are those of children and families."""
    title = f"What children and families were asked, {period.words}"
    pieces = _pieces(period, EvidenceKind.VOICE)
    if not pieces:
        words = "The plan holds no evidence of voice in this period."
        return nothing(BlockKind.VOICE, title, words, "plan_page")
    return ShownBlock(
        kind=BlockKind.VOICE.value,
        title=title,
        sentences=("What they said is told in the words above, as themes.", ROUNDED),
        source=FROM,
        tables=(_whose(pieces, period), _about(pieces)),
    )


def _whose(pieces: Sequence[Evidence], period: Period) -> ShownTable:
    rows = []
    for whose in VoiceOf:
        own = [one for one in pieces if one.voice_of == whose]
        if own:
            rows.append((whose.label, str(len(own)), safe_count(sum(one.heard or 0 for one in own))))
    return table_of(f"Whose voice was heard, {period.words}", ("Whose", "Times", "People heard"), rows)


def _about(pieces: Sequence[Evidence]) -> ShownTable:
    """The actions that they spoke of, with what was judged of each."""
    keys = {one.action_id for one in pieces}
    actions = with_verdict(Action.objects.filter(pk__in=keys)).order_by("due_on", "pk")
    whose = {key: {one.get_voice_of_display() for one in pieces if one.action_id == key} for key in keys}
    rows = [
        (
            one.title,
            ", ".join(sorted(whose[one.pk])),
            impact_words(one.state, getattr(one, "verdict", None))[0],
        )
        for one in actions
    ]
    return table_of("What it was about, and what came of it", ("Action", "Whose voice", "Impact on children"), rows)


def _pieces(period: Period, kind: EvidenceKind) -> list[Evidence]:
    held = Evidence.objects.standing().filter(partnership=period.partnership, kind=kind, **period.days("happened_on"))
    return list(held.order_by("happened_on", "pk"))
