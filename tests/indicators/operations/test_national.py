"""The national pack in the database: every value of it, once, all or nothing."""

import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import ClassVar

import pytest
from django.db import connection
from django.test import TestCase

from tests.kept_database import copy_to, environment
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.indicators.models import EthnicGroup, Neighbour, Population, PublishedValue, Release
from trefoil.indicators.national.figures import AreaKind
from trefoil.indicators.national.reader import COUNT_TABLES, read_counts, read_published
from trefoil.indicators.operations.national import PackLoaded, load_national_pack
from trefoil.people.models import Area

BARNET, CITY, ENGLAND = "E09000003", "E09000001", "E92000001"


NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def tables() -> dict[str, int]:
    """How many rows each table holds that the load writes, its line on the trail included."""
    models = (Area, Release, PublishedValue, Population, Neighbour, EthnicGroup, AuditEvent)
    return {model.__name__: model._default_manager.count() for model in models}


def spot(measure: str, area: str, label: str) -> tuple[Decimal | None, str]:
    found = PublishedValue.objects.get(measure=measure, area_id=area, label=label)
    return found.value, found.shown


@pytest.mark.django_db
class NationalPackTests(TestCase):
    """The pack is loaded once for all of these, in a transaction that is taken back after the last."""

    loaded: ClassVar[PackLoaded]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.loaded = load_national_pack(by=None, now=NOW)
        # Now, once: PostgreSQL would look at every foreign key of the pack again after each of these tests.
        connection.check_constraints()

    def test_load_national_pack_stores_every_value_that_names_a_year(self):
        published = PublishedValue.objects.filter(release_id="published")
        assert published.count() == 247_010
        without_year = [figure for figure in read_published() if figure.period is None]
        assert len(without_year) == 170
        assert {figure.value for figure in without_year} == {None}
        assert published.count() + len(without_year) == 247_180

    def test_load_national_pack_stores_every_count(self):
        for table in COUNT_TABLES:
            release = table.replace("_", "-")
            assert PublishedValue.objects.filter(release_id=release).count() == sum(1 for _ in read_counts(table)), (
                table
            )
        assert self.loaded == PackLoaded(321_079)
        assert PublishedValue.objects.count() == 321_079

    def test_load_national_pack_stores_170_areas_and_what_is_known_of_them(self):
        assert Area.objects.count() == 170
        assert {kind: Area.objects.filter(kind=kind).count() for kind in AreaKind} == {
            AreaKind.LOCAL_AUTHORITY: 158,
            AreaKind.REGION: 9,
            AreaKind.LONDON_PART: 2,
            AreaKind.ENGLAND: 1,
        }
        assert Area.objects.get(code=BARNET).region.name == "London"
        assert (Population.objects.count(), Neighbour.objects.count(), EthnicGroup.objects.count()) == (
            2111,
            1530,
            2907,
        )
        assert Neighbour.objects.filter(area_id=BARNET).count() == 10
        assert PublishedValue.objects.filter(release_id="published").values("area").distinct().count() == 170
        assert PublishedValue.objects.filter(release_id="published").values("measure").distinct().count() == len(
            {figure.measure for figure in read_published()}
        )

    def test_load_national_pack_keeps_values_as_published(self):
        assert spot("CPP_rate", BARNET, "2024") == (Decimal("27.2"), "27.2")
        assert spot("LAC", BARNET, "2025") == (Decimal(37), "37")
        assert spot("ReReferral", BARNET, "2023") == (Decimal("15.3"), "15.3")
        assert spot("CIN_Refferals_NFA", CITY, "2016") == (None, "-")
        assert Population.objects.get(area_id=BARNET, mid_year=2012).children == 84_803
        held = PublishedValue.objects.get(measure="CPP_rate", area_id=BARNET, label="2024")
        assert (held.period_start, held.period_end) == (date(2023, 4, 1), date(2024, 3, 31))

    def test_load_national_pack_keeps_what_was_hidden_as_words_without_a_value(self):
        hidden = PublishedValue.objects.filter(value=None)
        assert hidden.exists()
        assert not hidden.filter(shown="").exists()
        assert not PublishedValue.objects.exclude(value=None).filter(shown__in=["-", "c", "z", "x", ""]).exists()

    def test_load_national_pack_names_licence_and_publisher_of_every_release(self):
        assert Release.objects.count() == 1 + len(COUNT_TABLES)
        assert {release.licence for release in Release.objects.all()} == {"Open Government Licence v3.0"}
        assert all(release.publisher and len(release.sha256) == 64 for release in Release.objects.all())

    def test_load_national_pack_with_the_same_pack_changes_nothing(self):
        before = tables()
        first = PublishedValue.objects.order_by("pk").first().pk
        again = load_national_pack(by=None, now=NOW)
        assert again == PackLoaded(321_079, was_there=True)
        assert tables() == before
        assert PublishedValue.objects.order_by("pk").first().pk == first

    def test_load_national_pack_is_on_the_trail_once(self):
        told = AuditEvent.objects.get(event=EventType.NATIONAL_PACK_LOADED)
        assert told.detail["values"] == 321_079


KILLED = """
import os, signal, sys
import django
django.setup()
from django.utils import timezone
from trefoil.indicators.operations import national

written = national._insert_values

def half_way(rows):
    def until_the_end_is_near():
        for place, row in enumerate(rows):
            if place == 200_000:
                os.kill(os.getpid(), signal.SIGKILL)
            yield row
    return written(until_the_end_is_near())

national._insert_values = half_way
national.load_national_pack(by=None, now=timezone.now())
"""


@pytest.fixture
def own_database(tmp_path) -> dict[str, str]:
    """The environment of a child process with a fresh SQLite file of its own."""
    copy_to(tmp_path / "test.sqlite3")
    return environment(tmp_path)


def run(code: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *code], env=environment, capture_output=True, text=True, check=False, timeout=120
    )


def held(home: Path) -> list[int]:
    """Areas, releases, populations, published values and lines on the trail, asked of the file itself."""
    names = (
        "people_area",
        "indicators_release",
        "indicators_population",
        "indicators_publishedvalue",
        "audit_auditevent",
    )
    with closing(sqlite3.connect(home / "test.sqlite3")) as connection:
        return [connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names]


def test_load_national_pack_killed_half_way_leaves_the_database_as_it_was(own_database, tmp_path):
    killed = run(["-c", KILLED], own_database)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert held(tmp_path) == [0, 0, 0, 0, 0]
    loaded = run(["-m", "trefoil.config.cli", "load_national_pack"], own_database)
    assert "321,079 published values loaded" in loaded.stdout, loaded.stderr
    assert held(tmp_path) == [170, 6, 2111, 321_079, 1]
