"""`trefoil demo` on an empty database: two partnerships, and nothing invented under a real authority's name."""

import os
import re
import subprocess
import sys
from collections import Counter
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client, TestCase, override_settings
from django.utils import timezone
from django.utils.html import escape

from tests.demo.looked_at import documents_of, nothing_invented_in
from tests.repository.url_samples import Address, Asking, addresses_within
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.audit.queries import verify_chain
from trefoil.config.page import demo_note, published_note
from trefoil.demo.borough import read_toml
from trefoil.demo.fairmead import demo_people
from trefoil.demo.real import build_real
from trefoil.indicators.catalogue.vocabulary import Theme
from trefoil.indicators.models import AgencyReturn, Commentary, Figure, Population, PublishedValue, Target
from trefoil.indicators.return_of_file import INVENTED_BOROUGH
from trefoil.people.enums import DutyKind
from trefoil.people.models import Duty, Membership, Partnership, Person
from trefoil.plan.enums import EvidenceKind
from trefoil.plan.impact.shift import Noise
from trefoil.plan.models import Evidence
from trefoil.plan.summaries import evidence_line

PAGES_OF_BARNET = {
    "partnership_home",
    "figures_index",
    "theme",
    "dictionary",
    "definition",
    "partnership_page",
    "budget_years",
    "budget_year",
}
PAGES_OF_FAIRMEAD = PAGES_OF_BARNET | {
    "budget_entry",
    "document_detail",
    "indicator",
    "agency_detail",
    "group_list",
    "group_detail",
    "people_list",
    "person_detail",
    "duty_give",
    "duty_end",
    "trail",
    "trail_mine",
    "trail_of_record",
    "emergency",
}
WATCHED = ("audit", "people", "indicators", "access", "budget", "documents", "publishing")


def demo(area: str = "Barnet") -> str:
    told = StringIO()
    call_command("demo", "--area", area, stdout=told)
    return told.getvalue()


def everything() -> dict[str, int]:
    """The number of rows of every table of ours."""
    return {
        model.__name__: model._default_manager.count()
        for label in WATCHED
        for model in apps.get_app_config(label).get_models()
    }


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def world_of(partnership: Partnership) -> World:
    """A partnership of the demo in the place of the tests' own, so that the samples of addresses can be made in it."""
    fairmead = Partnership.objects.get(slug="fairmead")
    holder = {kind: holder_of(fairmead, kind) for kind in DutyKind if fairmead.duties.filter(kind=kind).exists()}
    lead = Person.objects.get(email="council.lead@fairmead.example")
    data = Person.objects.get(email="council.data@fairmead.example")
    holder |= {DutyKind.AGENCY_LEAD: lead, DutyKind.AGENCY_RETURNS: data}
    first = Membership.objects.filter(partnership=partnership).order_by("pk").first().agency
    return World(
        fairmead=partnership,
        harbury=fairmead,
        social_care=first,
        police=first,
        health=first,
        charlie=holder[DutyKind.SCRUTINEER],
        dana=lead,
        nobody=data,
        holder=holder,
    )


def holder_of(partnership: Partnership, kind: DutyKind) -> Person:
    return Duty.objects.filter(partnership=partnership, kind=kind).order_by("pk").first().person


@pytest.mark.django_db
class DemoTests(TestCase):
    """One run of the command for all of these, taken back after the last."""

    told: ClassVar[str]
    fairmead: ClassVar[Partnership]
    barnet: ClassVar[Partnership]

    @classmethod
    def setUpTestData(cls) -> None:
        store = cls.enterClassContext(TemporaryDirectory())
        cls.enterClassContext(override_settings(DOCUMENT_STORE=store))
        cls.told = demo()
        cls.fairmead = Partnership.objects.get(slug="fairmead")
        cls.barnet = Partnership.objects.get(slug="barnet")
        # Now, once: PostgreSQL would look at every foreign key of the demo again after each of these tests.
        connection.check_constraints()

    def test_demo_makes_both_partnerships_and_says_who_can_sign_in(self):
        assert set(Partnership.objects.values_list("slug", flat=True)) == {"fairmead", "barnet"}
        assert (self.fairmead.is_invented, self.fairmead.published_only) == (True, False)
        assert (self.barnet.is_invented, self.barnet.published_only) == (False, True)
        for person in demo_people(self.fairmead):
            assert f"  {person.name}: " in self.told

    def test_demo_again_changes_nothing(self):
        before = everything()
        demo()
        assert everything() == before

    def test_demo_leaves_a_whole_trail(self):
        assert verify_chain().is_whole

    def test_demo_with_a_mistyped_area_names_near_ones_and_makes_nothing(self):
        before = everything()
        with pytest.raises(CommandError, match=r"called “Barnit”\. Did you mean one of these: Barnet, Brent"):
            demo("Barnit")
        with pytest.raises(CommandError, match="Kingston upon Thames"):
            demo("Kingston")
        assert everything() == before

    def test_demo_shows_each_duty_and_each_state_of_a_return(self):
        duties = Duty.objects.filter(partnership=self.fairmead)
        assert {*duties.values_list("kind", flat=True)} == {*DutyKind} - {DutyKind.READER}
        states = Counter(AgencyReturn.objects.filter(partnership=self.fairmead).values_list("state", flat=True))
        assert states.keys() == {"open", "submitted", "queried", "approved"}
        figures = Figure.objects.filter(partnership=self.fairmead)
        assert figures.filter(replaces__isnull=False).exists()
        assert figures.exclude(missing_reason="").exists()
        assert Commentary.objects.filter(partnership=self.fairmead).exists()

    def test_indicators_in_the_plan_show_a_change_that_lasts_and_one_within_noise(self):
        found = {one.indicator: evidence_line(one) for one in Evidence.objects.filter(kind=EvidenceKind.INDICATOR)}
        for moved in (found["FD08"], found["FD10"]):
            assert moved.finding.startswith("More than noise, and better: the last")
        # Chance may make a sign, never a lasting change.
        assert found["CP12"].shift.shift.noise in (Noise.NOISE, Noise.SIGNS)

    def test_moments_of_the_demo_are_in_a_believable_order(self):
        """Nothing is submitted before its figures came, corrected unasked after that, or judged before it was sent."""
        for held in AgencyReturn.objects.filter(partnership=self.fairmead).prefetch_related("moves", "figures"):
            moves = list(held.moves.all())
            assert [move.moved_at for move in moves] == sorted(move.moved_at for move in moves), held
            handed_in = [move.moved_at for move in moves if move.to_state == "submitted"]
            for figure in held.figures.all():
                assert figure.entered_at >= moves[0].moved_at, (held, figure)
                assert not handed_in or figure.entered_at <= handed_in[-1], (held, figure)
        (restated,) = Figure.objects.filter(partnership=self.fairmead, replaces__isnull=False)
        asked = restated.agency_return.moves.filter(to_state="queried").latest("moved_at")
        handed_in = restated.agency_return.moves.filter(to_state="submitted").order_by("moved_at")
        first, second = (move.moved_at for move in handed_in)
        assert restated.replaces.entered_at < first < asked.moved_at < restated.entered_at < second
        assert restated.numerator == restated.replaces.numerator + 2
        for said in Commentary.objects.filter(partnership=self.fairmead):
            figures = Figure.objects.filter(partnership=self.fairmead, indicator=said.indicator)
            assert said.written_at >= figures.latest("period_end").entered_at

    def test_demo_shows_documents_at_each_stage(self):
        documents_of(self.fairmead)

    def test_demo_puts_nothing_invented_under_the_real_authority(self):
        nothing_invented_in(self.barnet)
        assert Figure.objects.filter(partnership=self.barnet).count() == 773
        targets = Target.objects.filter(partnership=self.barnet)
        assert targets.filter(source__startswith="Performance Matters").count() == targets.count() == 15

    def test_demo_invents_no_published_value_and_no_population_of_a_real_area(self):
        assert not PublishedValue.objects.filter(area__kind="invented").exists()
        assert not Population.objects.filter(is_invented=True).exclude(area__kind="invented").exists()
        assert not Population.objects.filter(is_invented=False, area__kind="invented").exists()

    def test_every_page_of_fairmead_says_that_it_is_invented(self):
        note, world = escape(demo_note(self.fairmead)), world_of(self.fairmead)  # the public site has other words
        seen = pages(self.fairmead, [world.manager, world.alice, world.analyst])
        assert [one for one, text in seen.items() if note not in text and "is an invented borough" not in text] == []
        assert seen.keys() >= PAGES_OF_FAIRMEAD

    def test_every_page_of_barnet_says_that_its_figures_are_published(self):
        note = escape(published_note(self.barnet))
        seen = pages(self.barnet, [holder_of(self.barnet, DutyKind.READER)])
        assert seen.keys() >= PAGES_OF_BARNET
        assert [address for address, text in seen.items() if note not in text] == []
        assert [address for address, text in seen.items() if "invented borough" in text] == []

    def test_every_theme_of_barnet_opens(self):
        client, note = signed_in(holder_of(self.barnet, DutyKind.READER)), escape(published_note(self.barnet))
        for theme in Theme:
            page = client.get(f"/barnet/figures/{theme.value}/")
            assert page.status_code == 200, theme
            assert note in page.content.decode(), theme
        for indicator in ("CP01", "CL07", "CP05", "FD01"):
            assert note in client.get(f"/barnet/figures/indicator/{indicator}/").content.decode(), indicator

    @pytest.mark.one_database("the same pages as every theme of Barnet's, of other authorities")
    def test_any_authority_can_be_shown(self):
        readers = [holder_of(self.fairmead, DutyKind.ANALYST)]
        client = signed_in(readers[0])
        for name in ("leeds", "City of London", "Isles of Scilly"):
            slug = name.lower().replace(" ", "-")
            real = build_real(name, readers=readers, now=timezone.now())
            assert real.slug == slug
            nothing_invented_in(real)
            assert not Figure.objects.filter(partnership=real).exists()
            for theme in Theme:
                assert client.get(f"/{slug}/figures/{theme.value}/").status_code == 200, (slug, theme)

    def test_figures_that_were_hidden_are_said_in_words(self):
        """Isles of Scilly is joined with Cornwall in most tables, and the City of London is too small for many."""
        reader = holder_of(self.fairmead, DutyKind.ANALYST)
        build_real("City of London", readers=[reader], now=timezone.now())
        page = signed_in(reader).get("/city-of-london/figures/child-protection/").content.decode()
        assert re.search(r"not published|suppressed|too small|hidden", page), page[:3000]


def pages(partnership: Partnership, people: list[Person]) -> dict[str, str]:
    """The text of every page within a partnership that one of these people can open, by the name of its address."""
    world, seen = world_of(partnership), {}
    for address in (each for each in addresses_within() if "file_format" not in each.parts):
        for person in people:
            if address.name not in seen and (text := opened(address, Asking(world, timezone.now(), person))):
                seen[address.name] = text
    return seen


def opened(address: Address, asking: Asking) -> str:
    """What the page says, or nothing when it is no page or not this person's."""
    try:
        path = address.url(asking)
    except NotAllowedError:
        return ""  # what the page would be about cannot be made by anybody who has this partnership's duties
    answer = signed_in(asking.person).get(path)
    assert answer.status_code in {200, 302, 404, 405}, (address.name, answer.status_code)
    is_page = answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
    return answer.content.decode() if is_page else ""


def test_invented_borough_has_the_name_that_a_dry_run_knows():
    assert read_toml("fairmead.toml")["area"]["name"] == INVENTED_BOROUGH


def test_demo_does_not_exist_in_production(tmp_path):
    """Neither the command nor the page that signs in with one click."""
    word = "never-used-to-serve-0123456789"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TREFOIL_", "DJANGO_", "COV"))}
    production = {
        "TREFOIL_MODE": "production",
        "TREFOIL_HOME": str(tmp_path),
        "TREFOIL_HOSTS": "trefoil.example",
        "TREFOIL_SECRET_KEY": "-".join([word] * 3),
        "TREFOIL_FIELD_KEYS": "-".join([word] * 2),
        "TREFOIL_DATABASE": f"sqlite:///{tmp_path}/production.sqlite3",
        "TREFOIL_EMAIL": "smtp://127.0.0.1",
        "TREFOIL_PSEUDONYM_KEY": f"children-{word}",
        "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
    }
    done = subprocess.run(
        [sys.executable, "-m", "trefoil.config.cli", "demo"],
        env=kept | production,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 1
    assert "Unknown command: 'demo'" in done.stderr
    assert not (tmp_path / "production.sqlite3").exists()
