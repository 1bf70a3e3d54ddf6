"""Several people with one local review at the same moment: each thing is done once, and nothing is half done."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.utils import timezone

from tests.at_once import WRITERS, at_once
from tests.reviews.late import a_draft, a_process, local, published, ready, recommended, sent_to_all
from tests.reviews.made import TEXT
from tests.reviews.test_together import held, open_rules
from tests.world import World, build_world
from trefoil.documents.models import Document
from trefoil.reviews.enums import ReviewState
from trefoil.reviews.enums_local import AgencyAnswer
from trefoil.reviews.models import STANDS, AgencyResponse, ParallelProcess
from trefoil.reviews.operations.report import ask_response, give_response
from trefoil.reviews.operations.taking_back import take_back


@pytest.fixture
def crowded(transactional_db: None, now: datetime, settings: LazySettings, tmp_path: Path) -> World:
    settings.DOCUMENT_STORE = tmp_path / "documents"
    return build_world(now=now)


def test_publishing_at_once_is_one_publication(crowded: World, now: datetime) -> None:
    review = local(crowded, now)
    ready(review, now)
    sent_to_all(review, now, timezone.localdate(now))
    then = now + timedelta(days=20)
    told = at_once(lambda _: published(held(review), then, timezone.localdate(then)))
    assert told.count("") == 1
    assert all("cannot be done now" in words for words in told if words)
    assert review.publications.get().undone_at is None
    assert held(review).state == ReviewState.PUBLISHED
    assert open_rules(review) == ["SI-AVAIL", "SI-DEC"]


def test_drafts_at_once_are_versions_of_one_document(crowded: World, now: datetime) -> None:
    review = local(crowded, now)
    told = at_once(lambda number: a_draft(held(review), now, is_final=False, text=f"By {number}. "))
    assert told == [""] * WRITERS
    assert sorted(review.drafts.values_list("number", flat=True)) == list(range(1, WRITERS + 1))
    assert sorted(Document.objects.get().versions.values_list("number", flat=True)) == list(range(1, WRITERS + 1))


def test_taking_back_and_answering_at_once_happen_once(crowded: World, now: datetime) -> None:
    review = local(crowded, now)
    process = a_process(review, now)

    def back(_number: int) -> None:
        row = ParallelProcess.objects.get(pk=process.pk)
        take_back(review=held(review), row=row, reason=TEXT, by=crowded.manager, now=now)

    told = at_once(back)
    assert told.count("") == 1
    assert not review.processes.filter(STANDS).exists()
    day = timezone.localdate(now)
    response = ask_response(
        recommendation=recommended(review, now), agency=crowded.police, due_on=day, by=crowded.manager, now=now
    )

    def answer(number: int) -> None:
        row = AgencyResponse.objects.select_related("recommendation__review__partnership", "agency").get(pk=response.pk)
        kind = AgencyAnswer.ACCEPTS if number else AgencyAnswer.REFUSES
        give_response(response=row, answer=kind, words=TEXT, answered_on=day, by=crowded.manager, now=now)

    told = at_once(answer)
    assert told.count("") == 1
    assert all("answered already" in words for words in told if words)
