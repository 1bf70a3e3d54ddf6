"""The library of limits, one limit, local lengths, sign-offs, school terms, and a clock started by hand."""

from collections.abc import Callable
from datetime import date, timedelta

from django.test import Client
from django.utils import timezone

from tests.clocks.views.test_clock_pages import day_parts, own, text
from tests.world import World
from trefoil.clocks.models import Clock, LocalLimit, RuleSignOff, SchoolTerm
from trefoil.clocks.operations import record_attempt, stop_clock
from trefoil.clocks.rulebook.loader import rulebook
from trefoil.clocks.rulebook.vocabulary import Group
from trefoil.people.models import Person

ClientFor = Callable[[Person], Client]


def parts(name: str, day: date) -> dict[str, int]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def test_library_lists_every_limit_by_group(world: World, client_for: ClientFor) -> None:
    said = text(client_for(world.alice), "/fairmead/clocks/limits/")
    assert f"{len(rulebook())} time limits" in said
    assert all(group.heading in said for group in Group)
    assert "Confirm with your partnership" in said


def test_every_limit_has_a_page(world: World, client_for: ClientFor) -> None:
    client = client_for(world.alice)
    for rule_id in rulebook():
        assert "How the date is worked out" in text(client, f"/fairmead/clocks/limits/{rule_id}/"), rule_id


def test_unknown_limit_is_not_found(world: World, client_for: ClientFor) -> None:
    assert client_for(world.alice).get("/fairmead/clocks/limits/XX-1/").status_code == 404


def test_limit_shows_its_editions(world: World, client_for: ClientFor) -> None:
    said = text(client_for(world.alice), "/fairmead/clocks/limits/SI-RR/")
    assert "4 July 2018 to 14 December 2023" in said
    assert "no number is known" in said
    assert "Sign it off" not in said


def test_local_limit_stands_beside_the_national_one(world: World, client_for: ClientFor) -> None:
    clock, client = own(world, "ESC-1", days=1), client_for(world.manager)
    sent = {"length": 3, "unit": "working_days", "reason": "The executive decided it."}
    sent |= parts("starts_on", timezone.localdate() - timedelta(days=2))
    answer = client.post("/fairmead/clocks/limits/ESC-1/local/", sent, follow=True)
    said = " ".join(answer.content.decode().split())
    assert "3 working days here, within 5 working days nationally" in said
    library = text(client_for(world.alice), "/fairmead/clocks/limits/")
    assert "<strong>3 working days</strong>" in library
    assert "1 is changed here." in library
    assert "set locally" in text(client, f"/fairmead/clocks/{clock.pk}/")
    client.post("/fairmead/clocks/limits/ESC-1/local/end/", parts("ends_on", timezone.localdate()))
    assert LocalLimit.objects.get().ends_on == timezone.localdate()
    assert client.get("/fairmead/clocks/limits/ESC-1/local/end/").status_code == 404


def test_local_limit_is_refused_where_the_law_sets_it(world: World, client_for: ClientFor) -> None:
    client = client_for(world.manager)
    assert "set nationally" in text(client, "/fairmead/clocks/limits/CLA-R1/local/")
    sent = {"length": 3, "unit": "weeks", "reason": "We would like it so."} | parts("starts_on", timezone.localdate())
    client.post("/fairmead/clocks/limits/CLA-R1/local/", sent)
    assert not LocalLimit.objects.exists()


def test_unsure_limit_is_signed_off(world: World, client_for: ClientFor) -> None:
    client, path = client_for(world.manager), "/fairmead/clocks/limits/LA-ASV/"
    assert "Confirm with your partnership" in text(client, path)
    answer = client.post(f"{path}sign-off/", {"reason": "Our procedures, chapter 7: five working days."}, follow=True)
    said = answer.content.decode()
    assert "confirmed it on" in said
    assert "Confirm with your partnership" not in said
    assert RuleSignOff.objects.get().signed_by == world.manager
    assert "signed off already" in text(client, f"{path}sign-off/")
    assert "not marked unsure" in text(client, "/fairmead/clocks/limits/CLA-R1/sign-off/")


def test_limit_tells_the_share_in_time_with_and_without_attempts(world: World, client_for: ClientFor) -> None:
    now = timezone.now()
    met, late = own(world, "LA-1M", days=20), own(world, "LA-1M", days=50)
    own(world, "LA-1M", days=2)
    stop_clock(clock=met, stopped_at=now, by=world.manager, now=now)
    tried_at = now - timedelta(days=30)
    record_attempt(clock=late, succeeded=False, attempted_at=tried_at, by=world.manager, now=now)
    said = text(client_for(world.alice), "/fairmead/clocks/limits/LA-1M/")
    assert "1 of 2 were in time, 50%. The target of 80% is missed." in said
    assert "It would be 100% if attempts that failed counted." in said
    assert "1 more is open with time left." in said


def test_school_terms_are_entered_and_removed(world: World, client_for: ClientFor) -> None:
    client = client_for(world.manager)
    assert "No term has been entered" in text(client, "/fairmead/clocks/terms/")
    sent = {"name": "Autumn"} | parts("starts_on", date(2026, 9, 1)) | parts("ends_on", date(2026, 10, 23))
    assert "“Autumn” is entered" in client.post("/fairmead/clocks/terms/new/", sent, follow=True).content.decode()
    assert "shares days with" in client.post("/fairmead/clocks/terms/new/", sent).content.decode().lower()
    assert "They reach to 23 October 2026." in text(client_for(world.alice), "/fairmead/clocks/terms/")
    term = SchoolTerm.objects.get()
    assert "stays on the trail" in text(client, f"/fairmead/clocks/terms/{term.pk}/remove/")
    client.post(f"/fairmead/clocks/terms/{term.pk}/remove/")
    assert not SchoolTerm.objects.exists()


def test_clock_is_started_by_hand(world: World, client_for: ClientFor) -> None:
    client = client_for(world.manager)
    sent = {"rule": "PT-YR", "label": "Yearly report", "agency": world.social_care.pk} | day_parts(timezone.localdate())
    answer = client.post("/fairmead/clocks/start/", sent, follow=True)
    assert "The clock runs." in answer.content.decode()
    clock = Clock.objects.get()
    assert (clock.rule_id, clock.is_kept_here, clock.agency) == ("PT-YR", True, world.social_care)


def test_clock_about_a_child_is_not_started_by_hand(world: World, client_for: ClientFor) -> None:
    sent = {"rule": "CLA-R1", "label": "x", "agency": ""} | day_parts(timezone.localdate())
    answer = client_for(world.manager).post("/fairmead/clocks/start/", sent)
    assert "There is a problem" in answer.content.decode()
    assert not Clock.objects.exists()
