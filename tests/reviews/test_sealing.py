"""The database holds no word of a review in the clear; keys change; a lost key is said and not guessed around."""

from datetime import datetime

import pytest
from django.core.exceptions import FieldError
from django.core.management import call_command
from django.db import connection

from tests.reviews.made import CHILD, STORY, TEXT, asked, handed_in, notified, written
from tests.world import World
from trefoil.access.field_encryption import LostKeyError, open_text, seal_text
from trefoil.reviews.models import Account, IdentityRecord

FIRST, SECOND = "a first key of more than thirty-two letters", "a second key of more than thirty-two letters"


def stored(table: str) -> str:
    """Everything in a table, as it lies in the database."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        return str(cursor.fetchall())


def tables() -> list[str]:
    return [name for name in connection.introspection.table_names() if name.startswith("reviews_")]


def test_words_and_names_are_sealed_in_every_table(world: World, now: datetime) -> None:
    review = notified(world, now)
    handed_in(asked(review, world.police, world.dana, now), now)
    written(review, now)
    everything = "".join(stored(table) for table in tables())
    assert review.reference in everything
    for words in (CHILD, STORY, TEXT, "Seen twice in the clinic.", "A brother of four.", "2025-01-10"):
        assert words not in everything
    assert IdentityRecord.objects.get().child_name == CHILD


def test_sealed_words_cannot_be_searched_or_sorted_by(world: World, now: datetime) -> None:
    notified(world, now)
    with pytest.raises(FieldError):
        IdentityRecord.objects.filter(child_name=CHILD).exists()
    with pytest.raises(FieldError):
        Account.objects.filter(words__icontains="fall").exists()


def test_seal_again_puts_every_word_under_the_newest_key(world: World, now: datetime, settings: object) -> None:
    settings.FIELD_KEYS = [FIRST]
    review = notified(world, now)
    before = stored("reviews_identityrecord")
    settings.FIELD_KEYS = [SECOND, FIRST]
    call_command("seal_again")
    assert stored("reviews_identityrecord") != before
    settings.FIELD_KEYS = [SECOND]
    assert IdentityRecord.objects.get(review=review).child_name == CHILD
    assert review.accounts.get().words.startswith(STORY)


def test_lost_key_is_an_error_that_says_what_to_do_and_changes_nothing(
    world: World, now: datetime, settings: object
) -> None:
    settings.FIELD_KEYS = [FIRST]
    notified(world, now)
    before = stored("reviews_identityrecord")
    settings.FIELD_KEYS = [SECOND]
    with pytest.raises(LostKeyError, match="put the key that it was sealed with back"):
        IdentityRecord.objects.get()
    with pytest.raises(LostKeyError):
        call_command("seal_again")
    assert stored("reviews_identityrecord") == before


def test_text_sealed_for_one_purpose_does_not_open_for_another() -> None:
    with pytest.raises(LostKeyError):
        open_text(seal_text("anything", b"another purpose"))
