"""How long the words of a review are kept, and what is left once they are deleted."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.child_deaths.made import CHILD, TEXT, answered, asked, closed, gathering, notified, reading, who
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.access.sealed_field import sealed_columns
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.child_deaths.figures import Block, notifications_in, reviews_in
from trefoil.child_deaths.models import Death, DeathIdentity, DeathReader, Fingerprint
from trefoil.child_deaths.operations.analysis import add_learning, begin_practice_review, recommend
from trefoil.child_deaths.operations.deaths import take_up, withdraw_death
from trefoil.child_deaths.operations.retention import delete_words, set_death_retention
from trefoil.child_deaths.queries import kept_until, years_after
from trefoil.child_deaths.rules import deaths_known_to, deaths_visible_to, deaths_without_lead
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person
from trefoil.plan.models import Recommendation
from trefoil.reviews.models import Review

DAY = timedelta(days=1)


def full(world: World, now: datetime) -> Death:
    """Closed, with everything that a review can hold."""
    death = gathering(world, now)
    answered(asked(death, world.police, world.dana, now), now)
    given = {"known_on": timezone.localdate(now), "words": TEXT, "is_in_care": False}
    begin_practice_review(death=death, by=world.manager, now=now, **given)
    finished = closed(world, now, another=TEXT)
    reading(finished, world.analyst, now)
    add_learning(death=finished, words=TEXT, by=world.manager, now=now)
    recommend(death=finished, words="Agree to say so.", by=world.manager, now=now)
    return finished


def kept_for(world: World, now: datetime, years: int = 15) -> None:
    set_death_retention(partnership=world.fairmead, years=years, why=TEXT, by=world.manager, now=now)


def words_left(death: Death) -> list[str]:
    """Each sealed column of the room that still says something of this death: all its tables, found by themselves."""
    left = []
    for table in apps.get_app_config("child_deaths").get_models():
        columns = sealed_columns(table)
        names = {field.name for field in table._meta.get_fields()}
        path = next(
            (one for one in ("death", "analysis__death", "request__death") if one.split("__")[0] in names), "pk"
        )
        of_death = {path: death.pk}
        rows = table._default_manager.filter(**of_death) if columns else []
        left += [f"{table.__name__}.{name}" for row in rows for name in columns if getattr(row, name)]
    return left


@pytest.mark.parametrize(
    ("sent_on", "years", "last"),
    [
        (date(2026, 11, 22), 15, date(2041, 11, 22)),
        (date(2028, 2, 29), 1, date(2029, 2, 28)),
        (date(2028, 2, 29), 4, date(2032, 2, 29)),
    ],
)
def test_years_after_keeps_the_day(sent_on: date, years: int, last: date) -> None:
    assert years_after(sent_on, years) == last


def test_delete_words_waits_for_the_day_that_the_partnership_set(world: World, now: datetime) -> None:
    death = full(world, now)
    given = {"death": death, "reason": TEXT, "by": world.manager}
    with pytest.raises(NotAllowedError, match="has not said how long"):
        delete_words(now=now, **given)
    kept_for(world, now, years=1)
    assert kept_until(death) == date(2027, 11, 22)
    last = now + timedelta(days=365)
    assert timezone.localdate(last) == date(2027, 11, 22)
    DeathReader.objects.filter(death=death).update(ends_on=date(2028, 1, 1))
    with pytest.raises(NotAllowedError, match="kept until 22 November 2027"):
        delete_words(now=last, **given)
    with pytest.raises(NotAllowedError, match="Say why"):
        delete_words(now=last + DAY, **(given | {"reason": "so"}))
    with pytest.raises(NotAllowedError, match="a part of the child’s name on line 1"):
        delete_words(now=last + DAY, **(given | {"reason": f"{CHILD} died long ago."}))
    delete_words(now=last + DAY, **given)
    with pytest.raises(NotAllowedError, match="Only who runs"):
        delete_words(now=last + DAY, **given)


def test_delete_words_leaves_what_the_figures_count_and_no_word(world: World, now: datetime) -> None:
    death = full(world, now)
    assert len(words_left(death)) > 10
    block = Block(2026)
    before = (notifications_in(world.fairmead, block), reviews_in(world.fairmead, block))
    kept_for(world, now)
    then = now.replace(year=2042)
    DeathReader.objects.filter(death=death).update(ends_on=date(2042, 12, 31))
    delete_words(death=death, reason=TEXT, by=world.manager, now=then)
    assert words_left(death) == []
    assert (notifications_in(world.fairmead, block), reviews_in(world.fairmead, block)) == before
    assert not DeathIdentity.objects.filter(death=death).exists()
    assert not Fingerprint.objects.filter(death=death).exists()
    assert not death.readers.exists()
    assert (death.deleted_at, death.deleted_by, death.deleted_why) == (then, world.manager, TEXT)
    # What became of it elsewhere is kept there by its own rules.
    assert Recommendation.objects.filter(words="Agree to say so.").exists()
    assert Review.objects.count() == 1
    line = AuditEvent.objects.get(event=EventType.DEATH_WORDS_DELETED)
    assert (line.subject, line.detail, line.reason) == (death.subject, {}, "")


def test_delete_words_makes_the_record_vanish_for_everybody(
    world: World, now: datetime, client_for: Callable[[Person], Client]
) -> None:
    death = notified(world, now)
    withdraw_death(death=death, reason=TEXT, by=world.manager, now=now)
    delete_words(death=death, reason=TEXT, by=world.manager, now=now)
    for person in (world.manager, world.holder[DutyKind.CHILD_DEATH_OFFICER], world.bob):
        standing = standing_of(person, world.fairmead, now=now)
        for seen in (deaths_visible_to, deaths_known_to, deaths_without_lead):
            assert not seen(standing).exists(), (person, seen)
        page = reverse("death_detail", args=["fairmead", death.reference])
        assert client_for(person).get(page).status_code == 404
    # The same child can be notified again, and is not known again.
    assert notified(world, now).reference != death.reference


def test_delete_words_of_what_is_not_ended_is_refused(world: World, now: datetime) -> None:
    kept_for(world, now)
    death = notified(world, now)
    with pytest.raises(NotAllowedError, match="not closed"):
        delete_words(death=death, reason=TEXT, by=world.manager, now=now)
    with pytest.raises(NotAllowedError, match="Only who runs"):
        delete_words(death=death, reason=TEXT, by=world.analyst, now=now)


def test_set_death_retention_refuses_and_writes_it_down(world: World, now: datetime) -> None:
    given = {"partnership": world.fairmead, "years": 15, "why": TEXT, "by": world.manager, "now": now}
    for changed, words in (
        ({"by": world.bob}, "do not include"),
        ({"years": 0}, "Between 1 and 100"),
        ({"years": 101}, "Between 1 and 100"),
        ({"why": " "}, "Say which policy"),
    ):
        with pytest.raises(NotAllowedError, match=words):
            set_death_retention(**(given | changed))
    set_death_retention(**given)
    line = AuditEvent.objects.get(event=EventType.DEATH_RETENTION_SET)
    assert (line.detail, line.reason) == ({"years": 15}, TEXT)


def test_retention_page_lists_what_is_past_its_time(
    world: World, now: datetime, client_for: Callable[[Person], Client]
) -> None:
    officer = world.holder[DutyKind.CHILD_DEATH_OFFICER]
    then = now - timedelta(days=800)
    old = closed(world, then, died_on=then.date() - DAY, identity=who(born_on=date(2020, 1, 1)))
    fresh = notified(world, now, by=officer, identity=who(child_name="Another Name"))
    client, page = client_for(officer), reverse("death_retention", args=["fairmead"])
    empty = client.get(page).content.decode()
    assert "Nothing is past its time" in empty
    assert "has not said yet" in empty
    assert "Records are kept for 1 year after" in client.post(page, {"years": "1", "why": TEXT}).content.decode()
    withdraw_death(death=fresh, reason=TEXT, by=officer, now=now)
    listed = client.get(page).content.decode()
    assert reverse("death_delete", args=["fairmead", fresh.reference]) in listed
    assert reverse("death_take_up", args=["fairmead", old.reference]) in listed
    take_up(death=old, by=officer, now=now)
    form = reverse("death_delete", args=["fairmead", old.reference])
    assert CHILD not in client.get(form).content.decode()
    assert client.post(form, {"reason": TEXT}, follow=True).status_code == 200
    assert words_left(old) == []
    assert client_for(world.bob).get(page).status_code == 404
