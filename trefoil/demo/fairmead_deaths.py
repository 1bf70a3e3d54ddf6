"""Fairmead's child deaths: two notifications that may be of one child, one with agencies that owe answers, one late for
the panel, one before it, one closed, and thirteen of earlier years for the figures.

Every child, story and date is invented.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from trefoil.child_deaths.enums import Domain, EthnicGroup, Expected, Home, Known, ReaderRole, Score, Sex
from trefoil.child_deaths.models import Death, InformationRequest, Panel
from trefoil.child_deaths.operations.analysis import (
    Factors,
    add_learning,
    begin_practice_review,
    close_death,
    judge_death,
    recommend,
)
from trefoil.child_deaths.operations.deaths import Notice, notify_death, withdraw_death
from trefoil.child_deaths.operations.panels import call_panel, put_to_panel, seat_member, write_paper
from trefoil.child_deaths.operations.readers import ask_for_access, put_on
from trefoil.child_deaths.operations.requests import Answered, answer_request, ask_agency
from trefoil.child_deaths.operations.response import Discussed, decide_response, hold_meeting, write_step
from trefoil.people.models import Person
from trefoil.reviews.enums import Abuse, Place
from trefoil.reviews.operations.incidents import Identity
from trefoil.reviews.operations.notifying import Test, decide_whether_to_notify

from .borough import Borough, read_toml
from .fairmead_deaths_family import keep_and_report, pass_home, support_family

DECIDERS = "The consultant on call, the duty inspector, the emergency duty team"


@dataclass(frozen=True)
class _Telling:
    """The borough and the demo's day."""

    borough: Borough
    now: datetime

    def ago(self, days: int) -> datetime:
        return self.now - timedelta(days=days)

    def day(self, days: int) -> date:
        return timezone.localdate(self.ago(days))

    @property
    def manager(self) -> Person:
        return self.borough.people["manager"]


def invent_deaths(borough: Borough, *, now: datetime) -> None:
    """Build them. Call it after the plan and the reviews."""
    telling, words = _Telling(borough, now), read_toml("fairmead_deaths.toml")
    _earlier_years(telling, words["old"])
    _closed(telling, words["closed"])
    panel = _panel(telling, 5, theme="Deaths on the road")
    _with_panel(telling, words["with_panel"], panel)
    _discussed(telling, words["discussed"])
    _gathering(telling, words["gathering"])
    _notified(telling, words["new"], 2, by="death_officer", expected=Expected.UNEXPECTED, sex=Sex.FEMALE)
    _notified(telling, words["alike"] | {"story": words["alike"]["said"]}, 1, by="schools_lead", hours=2)
    _panel(telling, -20)
    _from_elsewhere(telling, words["elsewhere"])
    officer, out_on = borough.people["death_officer"], (telling.day(700), telling.day(330))
    keep_and_report(borough.partnership, words["reports"]["titles"], out_on, by=officer, now=telling.ago(6))
    _withdrawn(telling, words["withdrawn"])


def _from_elsewhere(telling: _Telling, words: dict[str, Any]) -> None:
    """A child of another area who died here: the response was begun here, and the review is theirs."""
    death = _notified(telling, words, 16, home=Home.ELSEWHERE, home_area=words["area"])
    _decided(telling, death, 16, ["JAR-1"], words["reasons"])
    support_family(death, words, told_on=telling.day(15), now=telling.ago(15))
    pass_home(death, words, passed_on=telling.day(14), now=telling.ago(14))


def _withdrawn(telling: _Telling, words: dict[str, Any]) -> None:
    """Notified in error, and past its time."""
    death = _notified(telling, words, 7, by="death_officer")
    withdraw_death(death=death, reason=words["said"], by=death.recorded_by, now=telling.ago(6))


def _notified(
    telling: _Telling,
    words: dict[str, Any],
    days: int,
    *,
    by: str = "manager",
    expected: Expected = Expected.UNKNOWN,
    sex: Sex = Sex.UNKNOWN,
    hours: int = 9,
    **named: Any,
) -> Death:
    """Died a few days before, known some hours before it was notified."""
    died_on, now = telling.day(days + 3), telling.ago(days)
    return notify_death(
        partnership=telling.borough.partnership,
        notice=Notice(
            died_on=died_on,
            known_at=now - timedelta(hours=hours),
            notifier=f"{telling.borough.people[by]}, by telephone",
            expected=expected,
            sex=sex,
            circumstances=words.get("story", ""),
            ethnic_group=EthnicGroup(words.get("ethnic_group", "unknown")),
            **named,
        ),
        identity=Identity(
            child_name=words["child"],
            born_on=died_on - timedelta(days=words["days_old"]),
            address=words.get("address", ""),
            numbers=words.get("numbers", ""),
        ),
        by=telling.borough.people[by],
        now=now,
    )


def _decided(telling: _Telling, death: Death, days: int, met: list[str], reasons: str) -> None:
    decide_response(
        death=death,
        met=met,
        is_needed=bool(met),
        reasons=reasons,
        decided_on=telling.day(days),
        deciders=DECIDERS,
        by=telling.manager,
        now=telling.ago(days),
    )


def _met(telling: _Telling, death: Death, days: int, words: dict[str, Any]) -> None:
    """The review meeting, a week before its report came."""
    meeting = Discussed(
        telling.day(days + 7), telling.day(days), "Fairmead General Hospital", words["meeting"], words["family"]
    )
    hold_meeting(death=death, meeting=meeting, by=telling.manager, now=telling.ago(days))
    write_paper(death=death, words=words["paper"], by=telling.manager, now=telling.ago(days))


def _panel(telling: _Telling, days: int, *, theme: str = "") -> Panel:
    """A panel so many days ago, called five weeks before, with three members."""
    called = telling.ago(max(days + 35, 1))
    panel = call_panel(
        partnership=telling.borough.partnership,
        meets_on=telling.day(days),
        theme=theme,
        by=telling.manager,
        now=called,
    )
    for name in ("health_lead", "police_lead", "council_lead"):
        ends_on = telling.day(days) + timedelta(days=42)
        seat_member(panel=panel, person=telling.borough.people[name], ends_on=ends_on, by=telling.manager, now=called)
    return panel


def _factors(**rows: dict[str, Any]) -> list[Factors]:
    """All four domains; those that are not named played no part."""
    return [
        Factors(one, **{"score": Score.MAY_HAVE, **rows[one.name.lower()]})
        if one.name.lower() in rows
        else Factors(one, Score.NO_PART)
        for one in Domain
    ]


def _gathering(telling: _Telling, words: dict[str, Any]) -> None:
    """A baby: the response has begun, one agency has answered, one knew nobody, one is late, one has time."""
    death = _notified(telling, words, 25, expected=Expected.UNEXPECTED, sex=Sex.MALE)
    _decided(telling, death, 25, ["JAR-2"], words["reasons"])
    support_family(death, words, told_on=telling.day(24), now=telling.ago(24))
    for code, days in (("contacts", 25), ("family", 25), ("visit", 24)):
        now, day = telling.ago(days), telling.day(days)
        write_step(death=death, code=code, done_on=day, words=words[code], by=telling.manager, now=now)
    _answered(telling, _asked(telling, death, "icb", "health_lead", 22), words["health"], 9)
    _answered(telling, _asked(telling, death, "council", "council_lead", 22), words["council"], 18)
    _asked(telling, death, "police", "police_lead", 22)
    _asked(telling, death, "schools", "schools_lead", 4)
    readers = (
        ("health_partner", ReaderRole.TEAM, 120, 20, "Answers for the child death review partners of health."),
        ("death_officer", ReaderRole.LEAD, 300, 24, "Designated doctor: runs the review with the manager."),
    )
    for who, role, until, days, reason in readers:
        person, ends_on, now = telling.borough.people[who], telling.day(-until), telling.ago(days)
        given: dict[str, Any] = {"person": person, "role": role, "ends_on": ends_on, "reason": reason}
        put_on(death=death, sees_identity=True, by=telling.manager, now=now, **given)
    partner, why = telling.borough.people["council_partner"], "The family has written to me, and I have to answer."
    ask_for_access(death=death, reason=why, by=partner, now=telling.ago(1))


def _asked(telling: _Telling, death: Death, agency: str, person: str, days: int) -> InformationRequest:
    return ask_agency(
        death=death,
        agency=telling.borough.agencies[agency],
        person=telling.borough.people[person],
        by=telling.manager,
        now=telling.ago(days),
    )


def _answered(telling: _Telling, request: InformationRequest, words: dict[str, str], days: int) -> None:
    written = {name: text for name, text in words.items() if name != "known"}
    said = Answered(Known(words["known"]), str(request.person), **written)
    answer_request(request=request, answered=said, by=request.person, now=telling.ago(days))


def _discussed(telling: _Telling, words: dict[str, Any]) -> None:
    """The meeting was held, the panel is late; a practice review was thought of, and the incident was not notified."""
    death = _notified(telling, words, 110, expected=Expected.UNEXPECTED, sex=Sex.FEMALE)
    _decided(telling, death, 110, ["JAR-2"], words["reasons"])
    day, now = telling.day(100), telling.ago(100)
    review = begin_practice_review(
        death=death, known_on=day, words=words["practice"], is_in_care=False, by=telling.manager, now=now
    )
    decide_whether_to_notify(
        review=review,
        is_to_notify=False,
        test=Test(Abuse.NEITHER, is_grave=True, place=Place.HERE),
        reasons=words["not_notified"],
        decided_on=day,
        deciders=words["deciders"],
        by=telling.manager,
        now=now,
    )
    _met(telling, death, 50, words)


def _with_panel(telling: _Telling, words: dict[str, Any], panel: Panel) -> None:
    """Before the panel of last week, whose analysis is still to be written."""
    death = _notified(telling, words, 95, expected=Expected.UNEXPECTED, sex=Sex.MALE, hours=60)
    _decided(telling, death, 95, ["JAR-1"], words["reasons"])
    _met(telling, death, 30, words)
    put_to_panel(death=death, panel=panel, by=telling.manager, now=telling.ago(12))


def _closed(telling: _Telling, words: dict[str, Any]) -> None:
    """A baby born too early: two categories, two modifiable factors, learning and a recommendation."""
    death = _notified(telling, words, 200, expected=Expected.UNEXPECTED, sex=Sex.MALE)
    _decided(
        telling, death, 199, [], "No criterion is met: the cause is known and the baby was in hospital throughout."
    )
    _met(telling, death, 130, words)
    put_to_panel(death=death, panel=_panel(telling, 100), by=telling.manager, now=telling.ago(110))
    now = telling.ago(98)
    judge_death(
        death=death,
        applying=[8, 9],
        factors=_factors(
            intrinsic={"words": words["intrinsic"]},
            social={"words": words["social"], "is_modifiable": True, "change": words["social_change"]},
            service={"words": words["service"], "is_modifiable": True, "change": words["service_change"]},
        ),
        words=words["analysis"],
        judged_on=telling.day(100),
        by=telling.manager,
        now=now,
    )
    add_learning(death=death, words=words["learning"], by=telling.manager, now=now)
    recommend(death=death, words=words["recommendation"], by=telling.manager, now=now)
    close_death(death=death, sent_on=telling.day(95), by=telling.manager, now=telling.ago(95))


def _earlier_years(telling: _Telling, words: dict[str, Any]) -> None:
    """What the pooled figures count: reviewed and closed, two of them late."""
    panel = _panel(telling, 300)
    for number, told_of in enumerate(words["deaths"]):
        child, days, days_old, sex, expected, applying, modifiable, until_report, until_panel = told_of
        told = {"child": child, "days_old": days_old, "ethnic_group": ("white", "asian", "white")[number % 3]}
        is_late = until_report > 125
        death = _notified(telling, told, days, expected=Expected(expected), sex=Sex(sex), hours=60 if is_late else 12)
        needed = ["JAR-2"] if expected == "unexpected" and days_old > 28 else []
        _decided(telling, death, days, needed, "The criteria were gone through with the hospital.")
        if number % 3:
            support_family(death, words, told_on=telling.day(days), now=telling.ago(days))
        _met(telling, death, days - until_report, words)
        done = days - until_panel
        put_to_panel(death=death, panel=panel, by=telling.manager, now=telling.ago(done))
        surroundings = {"words": words["factor"], "is_modifiable": True, "change": words["change"]}
        judge_death(
            death=death,
            applying=applying,
            factors=_factors(physical=surroundings) if modifiable else _factors(),
            words=words["analysis"],
            judged_on=telling.day(done),
            by=telling.manager,
            now=telling.ago(done),
        )
        close_death(death=death, sent_on=telling.day(done - 3), by=telling.manager, now=telling.ago(done - 3))
