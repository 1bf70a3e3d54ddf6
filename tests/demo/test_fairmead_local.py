"""What follows Fairmead's rapid reviews: each part of the page has something good, something open, something late."""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import LazySettings
from django.utils import timezone

from trefoil.access.queries import standing_of
from trefoil.demo.borough import Borough, read_toml
from trefoil.demo.fairmead import _found, _people
from trefoil.demo.fairmead_local import invent_local_reviews
from trefoil.demo.fairmead_reviews import invent_reviews
from trefoil.reviews.enums import ReviewState
from trefoil.reviews.models import NationalReview, Review
from trefoil.reviews.queries_library import coming_back, themes_of
from trefoil.reviews.queries_local import delays_of, family_of, processes_of, untold_of_delay, written_requests_of
from trefoil.reviews.queries_owed import owed_of


def _told(now: datetime) -> tuple[Borough, Review, Review]:
    plan, began = read_toml("fairmead.toml"), now - timedelta(days=800)
    borough: Borough = _found(plan, began)
    _people(borough, plan, began)
    local, learnt = invent_reviews(borough, now=now)
    invent_local_reviews(borough, local, learnt, now=now)
    return borough, local, learnt


def test_local_reviews_of_the_demo_are_of_every_sort(
    db: None, now: datetime, settings: LazySettings, tmp_path: Path
) -> None:
    settings.DOCUMENT_STORE = tmp_path / "documents"
    (borough, local, learnt), today = _told(now), timezone.localdate(now)
    assert {line.status[1] for line in processes_of(local, today)} == {"Runs", "Holds it up"}
    answers = {line.status[1] for line in family_of(local)}
    assert answers == {"Has spoken", "Declined", "Offered", "Not offered yet"}
    assert written_requests_of(local, today)[0].is_late
    assert untold_of_delay(local, delays_of(local)) == ["The Department for Education"]
    standing = standing_of(borough.people["manager"], borough.partnership, now=now)
    assert {one.is_late for one in owed_of(standing, local, today)} == {True}
    assert not owed_of(standing, learnt, today)[0].is_late
    out = Review.objects.get(partnership=borough.partnership, state=ReviewState.PUBLISHED)
    assert out.recommendations.get().recommendation.source_kind == "lcspr"
    reader = standing_of(borough.people["schools_lead"], borough.partnership, now=now)
    themes, _years = themes_of(reader)
    assert {line.theme.value for line in themes} == {"exploitation", "moves", "voice"}
    assert len(themes_of(standing)[0]) > len(themes)
    assert coming_back(reader)
    assert {one.answer for one in NationalReview.objects.get().recommendations.all()} == {"applies", "in_place", ""}
