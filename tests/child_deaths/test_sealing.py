"""The database holds no word of a death in the clear; fingerprints follow the keys; a lost key is said."""

from datetime import datetime

import pytest
from django.core.management import call_command

from tests.child_deaths.made import ANSWER, CHILD, PAPER, STORY, TEXT, answered, asked, closed, notified
from tests.reviews.test_sealing import FIRST, SECOND, stored
from tests.world import World
from trefoil.access.field_encryption import LostKeyError
from trefoil.child_deaths.enums import Likeness
from trefoil.child_deaths.models import DeathIdentity
from trefoil.child_deaths.queries import likely_doubles

TABLES = (
    *("death", "deathidentity", "fingerprint", "agencyreply", "responsedecision", "reviewmeeting", "panelpaper"),
    *("analysis", "domainfactors", "deathmove", "anotherchild"),
)


def test_words_and_names_are_sealed_in_every_table(world: World, now: datetime) -> None:
    death = closed(world, now)
    answered(asked(notified(world, now, another=TEXT), world.police, world.dana, now), now)
    everything = "".join(stored(f"child_deaths_{table}") for table in TABLES)
    assert death.reference in everything
    for words in (CHILD, "Linnet", STORY, ANSWER, PAPER, TEXT, "2026-08-02", "943 476 5919", "ward sister"):
        assert words not in everything


def test_seal_again_keeps_notifications_alike(world: World, now: datetime, settings: object) -> None:
    settings.FIELD_KEYS = [FIRST]
    first, second = notified(world, now), notified(world, now, by=world.bob)
    before = stored("child_deaths_fingerprint")
    settings.FIELD_KEYS = [SECOND, FIRST]
    third = notified(world, now, by=world.bob)  # under the new key, while the others are under the old one
    assert likely_doubles(first) == [(second, Likeness.SAME), (third, Likeness.SAME)]
    call_command("seal_again")
    assert stored("child_deaths_fingerprint") != before
    settings.FIELD_KEYS = [SECOND]
    assert likely_doubles(first) == [(second, Likeness.SAME), (third, Likeness.SAME)]
    assert first.identity.child_name == CHILD


def test_lost_key_is_an_error_and_nothing_else(world: World, now: datetime, settings: object) -> None:
    settings.FIELD_KEYS = [FIRST]
    notified(world, now)
    settings.FIELD_KEYS = [SECOND]
    with pytest.raises(LostKeyError, match="TREFOIL_FIELD_KEYS"):
        DeathIdentity.objects.get()
    with pytest.raises(LostKeyError):
        call_command("seal_again")
