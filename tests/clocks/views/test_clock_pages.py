"""The list, one clock, and what is done to it, as people meet them."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.clocks.test_clocks import started
from tests.plan.registered import a_risk
from tests.world import World
from trefoil.audit.models import AuditEvent
from trefoil.clocks.enums import ClockMoveKind, Status
from trefoil.clocks.models import Clock
from trefoil.clocks.operations import pause_clock, record_attempt, stop_clock
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person

ClientFor = Callable[[Person], Client]
REASON = "The panel could not meet in time."


def own(world: World, rule_id: str = "PT-LF", *, days: int, **given: object) -> Clock:
    """A clock that the partnership started itself, so many days ago."""
    now = timezone.now()
    facts = {"subject": "partnership:fairmead", "label": "Executive meets", "agency": world.social_care} | given
    return started(world, now, rule_id, started_at=now - timedelta(days=days), **facts)


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def day_parts(day: date) -> dict[str, int]:
    return {"day_day": day.day, "day_month": day.month, "day_year": day.year}


def test_empty_list_says_what_goes_here(world: World, client_for: ClientFor) -> None:
    said = text(client_for(world.alice), "/fairmead/clocks/")
    assert "No time limit is running." in said
    assert "No clock is running" in said
    assert "Start a clock" not in said


def test_list_puts_what_is_due_first_first(world: World, client_for: ClientFor) -> None:
    own(world, days=2, label="Later one")
    own(world, days=90, label="Late one")
    said = text(client_for(world.alice), "/fairmead/clocks/")
    assert "1 is late; 0 more are due soon." in said
    assert said.index("Late one") < said.index("Later one")
    assert "No reason yet" in said
    assert "2 clocks." in said


def test_list_narrows_by_status_agency_and_limit(world: World, client_for: ClientFor) -> None:
    own(world, days=2, label="Of social care")
    own(world, "PT-AUDIT", days=2, label="Of the police", agency=world.police)
    ended = own(world, days=5, label="Ended")
    stop_clock(clock=ended, stopped_at=timezone.now(), by=world.manager, now=timezone.now())
    client = client_for(world.alice)

    def shown(query: str) -> set[str]:
        said = text(client, f"/fairmead/clocks/?{query}")
        return {name for name in ("Of social care", "Of the police", "Ended") if f">{name}<" in said}

    assert shown("") == {"Of social care", "Of the police"}
    assert shown(f"agency={world.police.pk}") == {"Of the police"}
    assert shown("rule=PT-AUDIT") == {"Of the police"}
    assert shown("status=met") == {"Ended"}
    assert shown("status=all") == {"Of social care", "Of the police", "Ended"}
    assert shown("status=late") == set()
    assert "No clock fits" in text(client, "/fairmead/clocks/?status=late")
    assert shown("status=nonsense&agency=x") == {"Of social care", "Of the police"}


def test_list_asks_as_much_for_three_as_for_one(world: World, client_for: ClientFor) -> None:
    client = client_for(world.alice)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            text(client, "/fairmead/clocks/")
        return len(captured)

    own(world, days=2)
    first = queries()
    own(world, days=90, person=world.bob)
    own(world, "SI-RR", days=3, agency=world.police)
    assert queries() == first


def test_export_holds_every_clock_and_is_on_the_trail(world: World, client_for: ClientFor) -> None:
    own(world, days=90, label="=SUM(1)")
    own(world, days=2)
    answer = client_for(world.alice).get("/fairmead/clocks/clocks.csv?status=late")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Clock,What it is about,Time limit")
    assert len(lines) == 2
    assert "'=SUM(1)" in lines[1]
    assert AuditEvent.objects.get(event="exported").detail["rows"] == 1


@pytest.mark.parametrize(
    ("rule_id", "days", "says"),
    [
        ("PT-LF", 90, "days late."),
        ("PT-LF", 2, "It is due on"),
        ("ESC-1", 3, "It is due"),
        ("SI-PANELREPLY", 3, "It runs without a date"),
        ("EX-NRM-CG", 3, "It may not happen before"),
        ("EX-NRM-CG", 40, "It may happen now."),
    ],
)
def test_clock_says_where_it_stands(world: World, client_for: ClientFor, rule_id: str, days: int, says: str) -> None:
    clock = own(world, rule_id, days=days)
    assert says in text(client_for(world.alice), f"/fairmead/clocks/{clock.pk}/")


def test_clock_tells_its_history_and_how_its_date_came_about(world: World, client_for: ClientFor) -> None:
    now = timezone.now()
    clock = own(world, "CO-S1", days=9)
    pause_clock(clock=clock, reason="Away ill.....", by=world.manager, now=now - timedelta(days=3))
    record_attempt(clock=clock, succeeded=False, attempted_at=now, by=world.bob, now=now, words="No answer.")
    said = text(client_for(world.alice), f"/fairmead/clocks/{clock.pk}/")
    for words in ("Day 0 is", "Day 10 is", "Paused", "Away ill", "1 attempt failed", "No answer.", "It is paused."):
        assert words in said, words


def test_actions_are_offered_to_who_may(world: World, client_for: ClientFor) -> None:
    clock = own(world, days=90)
    labels = ("It is done", "Say why it was late", "Correct its start", "Hand it over", "Withdraw it")
    seen = {
        person.name: [label for label in labels if label in text(client_for(person), f"/fairmead/clocks/{clock.pk}/")]
        for person in (world.alice, world.bob, world.manager)
    }
    assert seen == {"Alice": [], "Bob": list(labels[:2]), world.manager.name: list(labels)}


def test_clock_of_another_room_is_changed_there(world: World, client_for: ClientFor) -> None:
    clock = own(world, "PL-ACTION", days=30, subject="action:12", due_on=timezone.localdate() - timedelta(days=3))
    said = text(client_for(world.manager), f"/fairmead/clocks/{clock.pk}/")
    assert "It starts and stops with its record" in said
    assert "Action 12" in said
    assert "It is done" not in said
    assert "Say why it was late" in said
    refused = text(client_for(world.manager), f"/fairmead/clocks/{clock.pk}/done/")
    assert "belongs to another record" in refused


def test_clock_leads_to_its_record_for_who_may_open_it_alone(world: World, client_for: ClientFor) -> None:
    """Whoever reads what is due may not read the register: no name of a risk, and no way that is not found."""
    risk = a_risk(world, now=timezone.now())
    path = f"/fairmead/clocks/{Clock.objects.about(risk.reference).get().pk}/"
    link = f'href="/fairmead/plan/risks/{risk.pk}/">Too few health visitors</a>'
    assert link in text(client_for(world.manager), path)
    others = text(client_for(world.holder[DutyKind.GROUP_MEMBER]), path)
    assert f"Risk {risk.pk}" in others
    assert "Too few health visitors" not in others
    assert "/plan/risks/" not in others


def test_restricted_clock_has_no_page_for_others(world: World, client_for: ClientFor) -> None:
    clock = own(world, days=2, person=world.bob, is_restricted=True)
    assert client_for(world.manager).get(f"/fairmead/clocks/{clock.pk}/").status_code == 404
    assert client_for(world.bob).get(f"/fairmead/clocks/{clock.pk}/").status_code == 200


def test_done_stops_it_and_starts_the_next(world: World, client_for: ClientFor) -> None:
    clock = own(world, days=10)
    done = timezone.localdate() - timedelta(days=1)
    answer = client_for(world.bob).post(f"/fairmead/clocks/{clock.pk}/done/", day_parts(done), follow=True)
    assert "The clock has stopped, and the next one runs." in answer.content.decode()
    following = Clock.objects.exclude(pk=clock.pk).get()
    assert timezone.localdate(following.started_at) == done
    assert (following.label, following.agency) == (clock.label, clock.agency)


def test_done_in_the_future_is_refused_in_words(world: World, client_for: ClientFor) -> None:
    clock = own(world, "CO-S1", days=3)
    later = day_parts(timezone.localdate() + timedelta(days=2))
    answer = client_for(world.bob).post(f"/fairmead/clocks/{clock.pk}/done/", later)
    assert "It cannot have been done in the future." in answer.content.decode()
    assert Clock.objects.get().is_open


def test_done_asks_for_the_hour_where_hours_count(world: World, client_for: ClientFor) -> None:
    clock = own(world, "DP-BREACH", days=1)
    moment = timezone.localtime() - timedelta(hours=2)
    sent = day_parts(moment.date()) | {"time": f"{moment:%H:%M}"}
    client_for(world.bob).post(f"/fairmead/clocks/{clock.pk}/done/", sent)
    stopped = Clock.objects.get().stopped_at
    assert stopped is not None
    assert abs(stopped - moment) < timedelta(minutes=1)


def test_attempt_is_written_down(world: World, client_for: ClientFor) -> None:
    clock = own(world, "CO-S1", days=3)
    sent = day_parts(timezone.localdate()) | {"succeeded": "no", "words": "Nobody in."}
    answer = client_for(world.bob).post(f"/fairmead/clocks/{clock.pk}/attempt/", sent, follow=True)
    assert "The attempt is written down." in answer.content.decode()
    assert clock.moves.get(kind=ClockMoveKind.ATTEMPTED).reason == "Nobody in."


@pytest.mark.parametrize("page", ["done", "attempt", "reason"])
def test_pages_for_the_owner_say_no_to_others(world: World, client_for: ClientFor, page: str) -> None:
    clock = own(world, days=90)
    path = f"/fairmead/clocks/{clock.pk}/{page}/"
    assert "Only who owes this" in text(client_for(world.alice), path)
    sent = day_parts(timezone.localdate()) | {"succeeded": "yes", "reason": REASON}
    client_for(world.alice).post(path, sent)
    clock.refresh_from_db()
    assert (clock.is_open, clock.explained_at) == (True, None)


def test_reason_is_saved_and_a_short_one_is_not(world: World, client_for: ClientFor) -> None:
    clock, client = own(world, days=90), client_for(world.bob)
    path = f"/fairmead/clocks/{clock.pk}/reason/"
    assert "Write at least 10 characters." in client.post(path, {"reason": "so"}).content.decode()
    client.post(path, {"reason": REASON})
    said = text(client, f"/fairmead/clocks/{clock.pk}/")
    assert REASON in said
    assert "No reason yet" not in said


def test_manager_pauses_and_lets_it_go_on(world: World, client_for: ClientFor) -> None:
    clock, client = own(world, "CO-S1", days=3), client_for(world.manager)
    client.post(f"/fairmead/clocks/{clock.pk}/pause/", {"reason": "The family asked to wait."})
    clock.refresh_from_db()
    assert clock.status_at(timezone.now()) is Status.PAUSED
    assert "It is paused already." in text(client, f"/fairmead/clocks/{clock.pk}/pause/")
    client.post(f"/fairmead/clocks/{clock.pk}/resume/")
    clock.refresh_from_db()
    assert clock.paused_at is None
    assert "It is not paused." in text(client, f"/fairmead/clocks/{clock.pk}/resume/")


def test_manager_corrects_the_start(world: World, client_for: ClientFor) -> None:
    clock = own(world, days=90)
    day = timezone.localdate() - timedelta(days=5)
    sent = day_parts(day) | {"reason": "The minutes say so."}
    answer = client_for(world.manager).post(f"/fairmead/clocks/{clock.pk}/start/", sent, follow=True)
    said = " ".join(answer.content.decode().split())
    assert "the date is worked out anew" in said
    assert "now; it was" in said


def test_manager_hands_over_and_withdraws(world: World, client_for: ClientFor) -> None:
    clock, client = own(world, days=90), client_for(world.manager)
    path = f"/fairmead/clocks/{clock.pk}/hand-over/"
    assert "Say who owes it" in client.post(path, {"agency": "", "person": ""}).content.decode()
    client.post(path, {"agency": world.health.pk, "person": ""})
    clock.refresh_from_db()
    assert clock.agency == world.health
    client.post(f"/fairmead/clocks/{clock.pk}/withdraw/", {"reason": "Entered by mistake."})
    clock.refresh_from_db()
    assert clock.withdrawn_at is not None
    assert "It was withdrawn." in text(client, f"/fairmead/clocks/{clock.pk}/")
