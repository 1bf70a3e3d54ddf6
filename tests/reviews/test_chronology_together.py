"""Two agencies, and two people of one, at the same moment."""

from datetime import datetime

import pytest

from tests.at_once import WRITERS, at_once
from tests.reviews.chronologies import copied, entered, listed, row, two_asked
from tests.reviews.made import TEXT, asked
from tests.world import World, build_world
from trefoil.reviews.models import STANDS, AgencyRequest, ChronologyEntry, RedactedCopy
from trefoil.reviews.operations.chronology import correct_entry, enter_entry, upload_entries


@pytest.fixture
def crowded(transactional_db: None, now: datetime) -> World:
    return build_world(now=now)


def afresh(request: AgencyRequest) -> AgencyRequest:
    return AgencyRequest.objects.select_related("review__partnership", "agency", "person").get(pk=request.pk)


def test_three_agencies_upload_at_once_and_all_of_each_stands(crowded: World, now: datetime) -> None:
    police, health = two_asked(crowded, now)
    care = asked(police.review, crowded.social_care, crowded.alice, now)
    three = [police, health, care]

    def send(number: int) -> None:
        request, rows = afresh(three[number]), [row(f"{day} March 2026") for day in range(1, 21)]
        data = str(number).encode()
        upload_entries(request=request, rows=rows, file_name="a.csv", data=data, by=request.person, now=now)

    assert at_once(send) == [""] * WRITERS
    for request in three:
        assert police.review.chronology.filter(agency=request.agency).count() == 20


def test_same_entry_sent_at_once_stands_once(crowded: World, now: datetime) -> None:
    police, _ = two_asked(crowded, now)
    told = at_once(lambda _: enter_entry(request=afresh(police), row=row(), by=crowded.dana, now=now))
    assert told.count("") == ChronologyEntry.objects.count() == 1


def test_entry_corrected_at_once_is_corrected_once(crowded: World, now: datetime) -> None:
    police, _ = two_asked(crowded, now)
    pk = entered(police, now).pk

    def correct(number: int) -> None:
        entry = ChronologyEntry.objects.select_related("review__partnership", "agency").get(pk=pk)
        correct_entry(entry=entry, row=row(f"{number + 10} March 2026"), reason=TEXT, by=crowded.dana, now=now)

    told = at_once(correct)
    assert told.count("") == ChronologyEntry.objects.filter(STANDS).count() == 1
    assert all("corrected or taken out already" in words for words in told if words)


def test_copy_made_at_once_is_one_copy(crowded: World, now: datetime) -> None:
    police, _ = two_asked(crowded, now)
    entered(police, now)
    listed(police.review, now)
    told = at_once(lambda _: copied(afresh(police).review, now))
    assert told.count("") == RedactedCopy.objects.count() == 1
