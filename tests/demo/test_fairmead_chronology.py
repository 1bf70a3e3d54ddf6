"""The demo's chronology: every sort of date, pairs that contradict each other, a copy half looked at."""

from datetime import datetime, timedelta

from trefoil.demo.borough import Borough, read_toml
from trefoil.demo.fairmead import _found, _people
from trefoil.demo.fairmead_chronology import invent_chronology
from trefoil.demo.fairmead_reviews import invent_reviews
from trefoil.reviews.chronology.when import Precision
from trefoil.reviews.models import ChronologyEntry, RedactedLine
from trefoil.reviews.queries_chronology import found_pairs


def test_chronology_of_the_demo_holds_every_sort_of_entry(db: None, now: datetime) -> None:
    plan, began = read_toml("fairmead.toml"), now - timedelta(days=800)
    borough: Borough = _found(plan, began)
    _people(borough, plan, began)
    invent_reviews(borough, now=now)
    invent_chronology(borough, now=now)
    entries = ChronologyEntry.objects.all()
    assert set(entries.values_list("precision", flat=True)) == set(Precision)
    assert entries.values("agency").distinct().count() == 3
    assert entries.filter(is_about=True).count() == 1
    pairs, crowded = found_pairs(entries[0].review)
    assert (len(pairs), crowded) == (2, [])
    assert all(one.unlike for one in pairs)
    assert RedactedLine.objects.filter(looked_at=None).count() == entries.count() - 3
    assert not any("Bramble" in line.what for line in RedactedLine.objects.all())
