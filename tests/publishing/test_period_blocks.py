"""Blocks of a document's period: reviews, training, voice, attendance, scrutiny. Nothing sealed, nothing small."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from tests.meetings.meetings_made import executive, held
from tests.plan.made import a_recommendation, an_action
from tests.publishing.made import IN_WORDS, a_document, frozen, put_in, section_of
from tests.reviews.made import notified
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.people.enums import DutyKind
from trefoil.plan.enums import ActionState, EvidenceKind, SourceKind, Verdict, VoiceOf
from trefoil.plan.evidence_fields import EvidenceFields
from trefoil.plan.models import Action, Recommendation
from trefoil.plan.operations import add_recommendation
from trefoil.plan.operations.evidence import add_evidence, judge_impact
from trefoil.publishing.blocks.attendance import attendance_block
from trefoil.publishing.blocks.choices import choices_of
from trefoil.publishing.blocks.evidence import training_block, voice_block
from trefoil.publishing.blocks.period import PERIOD, Period, safe_count
from trefoil.publishing.blocks.reviews import reviews_block
from trefoil.publishing.blocks.scrutiny import scrutiny_block
from trefoil.publishing.blocks.shown import ShownBlock
from trefoil.publishing.enums import BlockKind, PublicKind
from trefoil.publishing.models import PublicDocument
from trefoil.publishing.operations.publication import publish_edition, take_down_edition


@pytest.fixture
def period(world: World) -> Period:
    """The year in which the tests' day lies."""
    return Period(world.fairmead, date(2026, 4, 1), date(2027, 3, 31))


def rows(block: ShownBlock, place: int = 0) -> tuple[tuple[str, ...], ...]:
    return block.tables[place].rows


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0"), (1, "fewer than 6"), (5, "fewer than 6"), (6, "5"), (8, "10"), (1203, "1,205")]
)
def test_safe_count_hides_and_rounds(number: int, said: str) -> None:
    assert safe_count(number) == said


def test_reviews_block_hides_a_small_number(world: World, now: datetime, period: Period) -> None:
    review = notified(world, now)
    block = reviews_block(period)
    assert rows(block)[0] == ("Serious incidents notified to the national panel", "fewer than 6")
    assert rows(block)[1][1] == "0"
    assert review.reference not in str(block.as_json())
    earlier = Period(world.fairmead, date(2025, 4, 1), date(2026, 3, 31))
    assert rows(reviews_block(earlier))[0][1] == "0"


def test_reviews_block_names_learning_that_is_out(world: World, now: datetime, period: Period) -> None:
    edition = frozen(world, now=now)
    PublicDocument.objects.filter(pk=edition.document_id).update(kind=PublicKind.LEARNING_BRIEFING)
    publish_edition(edition=edition, on=now.date(), by=world.manager, now=now)
    (row,) = rows(reviews_block(period), 1)
    assert row == (edition.document.title, "Learning briefing", f"{now.date():%-d %B %Y}")
    take_down_edition(edition=edition, reason=IN_WORDS, by=world.manager, now=now + timedelta(hours=1))
    assert len(reviews_block(period).tables) == 1


def test_reviews_block_counts_what_came_of_recommendations(world: World, now: datetime, period: Period) -> None:
    recommended = add_recommendation(
        partnership=world.fairmead,
        words="Name one person who asks every agency.",
        source_kind=SourceKind.RAPID_REVIEW,
        source_reference="",
        made_on=date(2026, 7, 1),
        priority=None,
        by=world.manager,
        now=now,
    )
    an_action(world, now=now, state=ActionState.CLOSED, recommendation=recommended)
    an_action(world, now=now, recommendation=recommended, title="Another")
    a_recommendation(world, now=now)
    assert rows(reviews_block(period), 1) == (("Rapid reviews and local reviews", "1", "2", "1", "1"),)


def evidence(world: World, now: datetime, kind: EvidenceKind, **fields: object) -> Action:
    action = an_action(world, now=now, state=ActionState.UNDER_WAY)
    add_evidence(
        action=action,
        kind=kind,
        title="Two days on neglect",
        words="What helped was one person who came back.",
        happened_on=timezone.localdate(now),
        fields=EvidenceFields(**fields),  # type: ignore[arg-type]
        by=world.bob,
        now=now,
    )
    return action


def test_training_block_adds_up(world: World, now: datetime, period: Period) -> None:
    today = now.date()
    evidence(world, now, EvidenceKind.TRAINING, trained=40, after_on=today, after_number=27, after_of=30)
    evidence(world, now, EvidenceKind.TRAINING, trained=10, after_on=today, after_number=5, after_of=10)
    block = training_block(period)
    assert rows(block) == (
        ("Two days on neglect", "40", "30", "27"),
        ("Two days on neglect", "10", "10", "5"),
        ("Total", "50", "40", "32"),
    )
    assert block.sentences == ("50 people were trained.", "Of 40 who were asked later, 32 use it at work.")


def test_voice_block_tells_nobodys_words(world: World, now: datetime, period: Period) -> None:
    action = evidence(world, now, EvidenceKind.VOICE, voice_of=VoiceOf.CHILDREN, heard=4)
    block = voice_block(period)
    assert rows(block) == (("Children and young people", "1", "fewer than 6"),)
    assert rows(block, 1) == ((action.title, "Children and young people", "Not known yet"),)
    assert "came back" not in str(block.as_json())


def test_blocks_of_a_period_without_records_keep_the_document_back(world: World, period: Period) -> None:
    for block in (training_block(period), voice_block(period), scrutiny_block(period)):
        assert block.trouble.startswith("The plan holds no")
    assert "no such group" in attendance_block(period, "999").trouble
    assert not reviews_block(period).trouble


def test_attendance_block_counts_by_agency(world: World, now: datetime, period: Period) -> None:
    made = executive(world, now)
    assert "No meeting of this group" in attendance_block(period, str(made.group.pk)).trouble
    held(made, now)
    block = attendance_block(period, str(made.group.pk))
    assert {row[0] for row in rows(block)} == {world.social_care.name, world.police.name, world.health.name}
    assert {row[1:] for row in rows(block)} == {("1", "1", "0", "100%")}
    assert block.sentences == ("It met 1 time.",)
    assert made.chair.name not in str(block.as_json())


def test_scrutiny_block_says_answer_and_outcome(world: World, now: datetime, period: Period) -> None:
    found = a_recommendation(world, now=now)
    block = scrutiny_block(period)
    assert rows(block) == ((found.words, "No answer yet", "Nothing yet"),)
    assert block.trouble == "1 of 1 has no answer yet."
    action = an_action(world, now=now, state=ActionState.DONE, recommendation=found)
    refused = an_action(world, now=now, state=ActionState.REFUSED, recommendation=found, title="Another")
    judge_impact(
        action=action,
        verdict=Verdict.CANNOT_SHOW,
        words=IN_WORDS,
        rests_on=[],
        by=world.holder[DutyKind.SCRUTINEER],
        now=now,
    )
    ((_, answer, came_of),) = rows(scrutiny_block(period))
    assert answer == (
        f"Accepted by {world.social_care}, by {action.due_on:%-d %B %Y}. Not accepted by {refused.agency}"
    )
    assert came_of == "Done: cannot be shown, with the reason"
    assert not scrutiny_block(period).trouble
    Recommendation.objects.update(made_on=date(2025, 7, 1))
    assert "no recommendation of scrutiny" in scrutiny_block(period).trouble


def test_choices_of_a_block_are_what_the_person_may_read(world: World, now: datetime) -> None:
    made = executive(world, now)
    held(made, now)
    manager, lead = (standing_of(one, world.fairmead, now=now) for one in (world.manager, world.bob))
    assert choices_of(BlockKind.REVIEWS, manager) == [(PERIOD, "The period of the document")]
    assert choices_of(BlockKind.REVIEWS, lead) == []
    assert (str(made.group.pk), made.group.name) in choices_of(BlockKind.ATTENDANCE, manager)
    assert choices_of(BlockKind.ATTENDANCE, lead) == []


def test_add_block_of_a_period_once(world: World, now: datetime) -> None:
    section = section_of(a_document(world, now=now), "scrutiny")
    put_in(section, BlockKind.SCRUTINY, PERIOD, world, now=now)
    with pytest.raises(NotAllowedError, match="stand in this section already"):
        put_in(section, BlockKind.SCRUTINY, PERIOD, world, now=now)
    with pytest.raises(NotAllowedError, match="no such record"):
        put_in(section, BlockKind.REVIEWS, "another", world, now=now)
