"""The pages of meetings: who opens which, what they say, what their forms do."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.meetings.meetings_made import called, executive
from tests.meetings.samples import MEETING_SAMPLES, chaired, circulated, coming, held
from tests.notifications.rfc5545 import faults_of, read
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.meetings.enums import DecisionState, MeetingState, MinutesState
from trefoil.meetings.models import Meeting
from trefoil.meetings.operations.decisions import put_decision
from trefoil.people.enums import DutyKind
from trefoil.plan.models import Action, Recommendation


@pytest.fixture
def asking(world, now):
    """Bob asks, who leads for his agency and chairs the group of the samples."""
    return SimpleNamespace(world=world, now=now, person=world.bob)


@pytest.fixture
def opened(asking, client_for):
    """`opened(name, **parts)`: the answer to Bob."""
    client = client_for(asking.person)
    return lambda name, *args, **query: client.get(address(name, *args), query)


@pytest.fixture
def posted(asking, client_for):
    client = client_for(asking.person)
    return lambda page, /, *args, **data: client.post(address(page, *args), data)


def address(name, *args):
    return reverse(name, args=["fairmead", *args])


POSTS = {"agenda_fill", "item_move"}
NAMES = sorted({name for name, _ in MEETING_SAMPLES} - POSTS)
MANAGES = {"duty_seat_new", "duty_seat_end", "board_change", "board_withdraw"}


def test_every_page_opens_for_the_chair(asking, client_for) -> None:
    for name in NAMES:
        person = asking.world.manager if name in MANAGES else asking.person
        parts = {part: make(asking) for (page, part), make in MEETING_SAMPLES.items() if page == name}
        answer = client_for(person).get(reverse(name, kwargs={"slug": "fairmead", **parts}))
        assert answer.status_code == 200, name


def test_member_of_another_group_reads_dates_and_headlines_alone(asking, client_for) -> None:
    meeting = coming(asking)
    alice = client_for(asking.world.alice)
    page = alice.get(address("meeting_detail", meeting.pk)).content.decode()
    assert "Fund a worker" in page
    assert "A paper." not in page
    assert "friend" not in page
    decision = meeting.decisions.get()
    assert "For a year." not in alice.get(address("decision_detail", decision.pk)).content.decode()
    shut = ["minutes_detail", "meeting_pack", "meeting_run", "agenda_edit", "meeting_move", "meeting_report"]
    assert {alice.get(address(name, meeting.pk)).status_code for name in shut} == {404}
    assert alice.get(address("group_programme", meeting.group.slug)).status_code == 404
    assert alice.get(address("group_attendance", meeting.group.slug)).status_code == 404
    assert alice.get(address("decision_position", decision.pk)).status_code == 404


def test_reader_and_outsider_find_nothing(asking, client_for) -> None:
    meeting = coming(asking)
    for person in (asking.world.holder[DutyKind.READER], asking.world.charlie):
        for name, args in (("meeting_list", ()), ("meeting_detail", (meeting.pk,)), ("decision_list", ())):
            assert client_for(person).get(address(name, *args)).status_code == 404


def test_reading_papers_and_minutes_is_on_the_trail(asking, opened) -> None:
    meeting = held(asking)
    opened("meeting_detail", meeting.pk)
    opened("minutes_detail", meeting.pk)
    subjects = AuditEvent.objects.filter(event=EventType.RECORD_READ).values_list("subject", flat=True)
    assert sorted(subjects) == [f"meeting:{meeting.pk}", f"meeting:{meeting.pk}/minutes"]


def test_list_shows_what_is_to_come_first_and_narrows(asking, opened) -> None:
    meeting = coming(asking)
    page = opened("meeting_list").content.decode()
    assert f"Next is {meeting.group}" in page
    assert "No meeting is to come" in opened("meeting_list", state="held").content.decode()
    assert "Group" in opened("meeting_list", year="nonsense", group="x").content.decode()


@pytest.mark.parametrize("name", ["meeting_list", "decision_list"])
def test_lists_ask_as_much_for_one_as_for_three(asking, opened, name, django_assert_max_num_queries) -> None:
    made = executive(asking.world, asking.now)
    now = timezone.now()
    asked = []
    for days in (1, 2, 3):
        meeting = called(made, now, days=days)
        from_one = {"headline": f"Decision {days}", "words": "w", "by": made.chair, "now": now}
        put_decision(meeting=meeting, **from_one)
        with django_assert_max_num_queries(40) as captured:
            assert opened(name).status_code == 200
        asked.append(len(captured))
    assert asked[0] == asked[2]


def test_running_a_meeting_from_attendance_to_the_close(asking, opened, posted) -> None:
    meeting, key = coming(asking), asking.person.pk
    assert "Not quorate" in opened("meeting_run", meeting.pk).content.decode()
    nameless = posted("meeting_run", meeting.pk, **{f"presence_{key}": "substitute", f"substitute_{key}": ""})
    assert "Say who comes instead of Bob." in nameless.content.decode()
    posted("meeting_run", meeting.pk, **{f"presence_{key}": "present", f"substitute_{key}": ""})
    assert "Quorate: 1 member present, 1 needed." in opened("meeting_run", meeting.pk).content.decode()
    posted("guest_new", meeting.pk, name="Somebody", agency="")
    posted("interest_new", meeting.pk, person=key, item="", words="I know them.", withdrew="on")
    posted("decision_new", meeting.pk, headline="Ours", words="w", is_joint="no", item="")
    assert meeting.decisions.get(headline="Ours").state == DecisionState.MADE
    assert posted("meeting_hold", meeting.pk).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.state, meeting.quorate) == (MeetingState.HELD, True)


def test_minutes_are_written_kept_apart_when_two_write_and_approved(asking, opened, posted) -> None:
    meeting = held(asking)
    entry = meeting.minutes.entries.first()
    words = {f"words_{one.pk}": "Words." for one in meeting.minutes.entries.all()}
    assert posted("minutes_edit", meeting.pk, seen_version=1, **words).status_code == 302
    clash = posted("minutes_edit", meeting.pk, seen_version=1, **{**words, f"words_{entry.pk}": "Mine."})
    assert clash.status_code == 409
    page = clash.content.decode()
    assert "Words." in page
    assert "Mine." in page
    posted("minutes_circulate", meeting.pk)
    assert opened("minutes_edit", meeting.pk).status_code == 302
    earlier = circulated(asking)
    posted("minutes_approve", earlier.pk, approved_in=meeting.pk, corrections="May is June.")
    earlier.minutes.refresh_from_db()
    assert earlier.minutes.state == MinutesState.APPROVED
    assert "May is June." in opened("minutes_detail", earlier.pk).content.decode()


def test_position_is_noted_for_who_spoke_and_a_refusal_is_said(asking, posted) -> None:
    decision = coming(asking).decisions.get()
    bob, agency = asking.person, asking.world.social_care
    said = {"speaker": f"{bob.pk}-{agency.pk}", "authority": "lead", "authority_words": "", "stance": "disagree"}
    assert "Say why" in posted("decision_position", decision.pk, **said).content.decode()
    # Bob declared an interest in this item and stayed, so he may speak.
    posted("decision_position", decision.pk, **said, reason="There is no money for it.")
    assert decision.positions.get().stance == "disagree"


def test_group_is_set_up_from_its_page(asking, opened, posted) -> None:
    group = chaired(asking)
    posted("group_cycle", group.slug, seen_version=group.cycle.version, **cycle_fields())
    start = timezone.localdate()
    posted("meeting_dates", group.slug, **day("start", start), **day("end", start + timedelta(days=200)))
    assert group.meetings.count() >= 6
    posted("terms_write", group.slug, purpose="Lead.", quorum_number=1, **day("review_on", start))
    assert group.terms.get().is_draft
    posted("forward_new", group.slug, title="Risks", purpose="note", recurrence="standing", minutes_long=5)
    assert "Risks" in opened("group_programme", group.slug).content.decode()
    missing = posted("forward_new", group.slug, title="x", purpose="note", recurrence="yearly", minutes_long=5)
    assert "Choose the month" in missing.content.decode()
    detail = opened("group_detail", group.slug).content.decode()
    assert "The first Monday of every month at 09:30, for 60 minutes." in detail


def cycle_fields():
    fields = {"every": 1, "unit": "months", "nth": 1, "weekday": 0, "begins": "09:30", "minutes_long": 60}
    return {**fields, "papers_days": 5, "minutes_days": 10, "place": "", **day("starts_on", timezone.localdate())}


def day(name, value):
    return {f"{name}_day": value.day, f"{name}_month": value.month, f"{name}_year": value.year}


def test_agenda_is_filled_ordered_and_changed(asking, opened, posted) -> None:
    meeting = coming(asking)
    first, second = meeting.items.all()
    posted("agenda_fill", meeting.pk)
    posted("item_move", meeting.pk, second.pk, to="up")
    assert meeting.items.first() == second
    posted("item_change", meeting.pk, first.pk, title="Changed", purpose="note", minutes_long=5, seen_version=1)
    first.refresh_from_db()
    assert (first.title, first.version) == ("Changed", 2)
    posted("item_remove", meeting.pk, second.pk, reason="It comes back in spring.")
    assert second not in meeting.items.on_the_agenda()
    posted("agenda_send", meeting.pk)
    assert Meeting.objects.get(pk=meeting.pk).state == MeetingState.AGENDA_SENT
    assert "10 minutes longer" not in opened("agenda_edit", meeting.pk).content.decode()


def test_recommendation_of_a_meeting_goes_to_the_plan_with_its_action(asking, opened, posted) -> None:
    meeting = held(asking)
    due = timezone.localdate() + timedelta(days=60)
    fields = {"words": "Ask every child what they want.", "agency": asking.world.police.pk, "title": "Ask"}
    missing = posted("meeting_recommend", meeting.pk, **{**fields, "title": ""})
    assert "Say what the agency is to do." in missing.content.decode()
    posted("meeting_recommend", meeting.pk, **fields, **day("due_on", due))
    assert Recommendation.objects.get().source_reference == f"meeting:{meeting.pk}"
    assert Action.objects.get().agency == asking.world.police
    assert "Ask every child what they want." in opened("meeting_detail", meeting.pk).content.decode()


def test_downloads_hold_headlines_and_no_formula(asking, opened) -> None:
    decision = coming(asking).decisions.get()
    type(decision).objects.filter(pk=decision.pk).update(headline="=HYPERLINK(1)")
    text = opened("decision_download").content.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in text
    assert "For a year." not in text
    assert "Agency" in opened("attendance_download", held(asking).group.slug).content.decode("utf-8-sig")
    assert "Group" in opened("meeting_download").content.decode("utf-8-sig")


def test_meeting_as_a_calendar_file_is_the_event_of_the_feeds(asking, opened, settings) -> None:
    settings.PUBLIC_ADDRESS = "https://trefoil.example"
    meeting = coming(asking)
    type(meeting).objects.filter(pk=meeting.pk).update(place="Room 2;\x0bTown Hall")
    file = opened("meeting_calendar", meeting.pk).content
    assert faults_of(file) == []
    assert b"A worker" not in file
    event = read(file).parts[0]
    assert event.value("UID") == f"meeting-{meeting.pk}-meeting@trefoil.example"
    assert event.value("URL") == f"https://trefoil.example/fairmead/meetings/{meeting.pk}/"
    assert (event.text("SUMMARY"), event.text("LOCATION")) == (meeting.group.name, "Room 2; Town Hall")


def test_word_is_sent_before_a_meeting(asking, posted) -> None:
    meeting = coming(asking)
    posted("meeting_word", meeting.pk, presence="apologies", substitute_name="")
    assert meeting.attendance.get(person=asking.person).presence == "apologies"
