"""Which operation leads a document from which status to which, and who may. The README picture is made from it."""

from dataclasses import dataclass

from trefoil.design.states_picture import StatesPicture

from .enums import EditionState, PublicState


@dataclass(frozen=True)
class Move:
    """One move: from any of these statuses to that one."""

    before: tuple[PublicState, ...]
    after: PublicState
    needs_reason: bool = False


MOVES: dict[str, Move] = {
    "offer_to_partners": Move((PublicState.DRAFT,), PublicState.WITH_PARTNERS),
    "draw_back": Move((PublicState.WITH_PARTNERS, PublicState.APPROVED), PublicState.DRAFT, needs_reason=True),
    "freeze_edition": Move((PublicState.APPROVED,), PublicState.FROZEN),
    "freeze_agreed": Move((PublicState.DRAFT,), PublicState.FROZEN),
    "begin_next_edition": Move((PublicState.FROZEN,), PublicState.DRAFT, needs_reason=True),
}
# The approval of the last partner moves the document by itself.
LAST_APPROVAL = Move((PublicState.WITH_PARTNERS,), PublicState.APPROVED)


@dataclass(frozen=True)
class EditionStep:
    """One move of a frozen edition towards or away from the public."""

    before: EditionState
    after: EditionState


EDITION_MOVES: dict[str, EditionStep] = {
    "publish_edition": EditionStep(EditionState.NOT_PUBLISHED, EditionState.PUBLISHED),
    "take_down_edition": EditionStep(EditionState.PUBLISHED, EditionState.TAKEN_DOWN),
    "put_back_edition": EditionStep(EditionState.TAKEN_DOWN, EditionState.PUBLISHED),
}

PICTURES = (
    StatesPicture(
        name="document",
        states=PublicState,
        begins={"begin_document": PublicState.DRAFT},
        arrows=[
            *(
                (one, move.after, f"{name}, by the business manager")
                for name, move in MOVES.items()
                for one in move.before
            ),
            (LAST_APPROVAL.before[0], LAST_APPROVAL.after, "answer_offer, by the last statutory partner to approve"),
        ],
    ),
    StatesPicture(
        name="edition",
        states=EditionState,
        begins={"freeze_edition": EditionState.NOT_PUBLISHED},
        arrows=[(one.before, one.after, f"{name}, by the business manager") for name, one in EDITION_MOVES.items()],
    ),
)
