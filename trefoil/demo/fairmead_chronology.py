"""The chronology of Fairmead's review under way: three agencies, a doubtful visit, a redacted copy half looked at."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from trefoil.people.models import Person
from trefoil.reviews.chronology.reading import EntryRow, Seen, read_entries
from trefoil.reviews.chronology.template import as_csv
from trefoil.reviews.chronology.when import Precision, When, between, moment, one_day, whole_month, whole_year
from trefoil.reviews.enums import ReviewState
from trefoil.reviews.models import AgencyRequest, ChronologyAsking, Review
from trefoil.reviews.operations.chronology import enter_entry, upload_entries
from trefoil.reviews.operations.chronology_asking import ask_for_chronology, hand_in_chronology
from trefoil.reviews.operations.chronology_redaction import add_redacted_word, look_at_lines, make_redacted_copy

from .borough import Borough, read_toml


def invent_chronology(borough: Borough, *, now: datetime) -> None:
    """Fill the review under way. Call it after `invent_reviews`."""
    told = read_toml("fairmead_chronology.toml")
    review = Review.objects.select_related("partnership").get(partnership=borough.partnership, state=ReviewState.RAPID)
    asked = {one.agency_id: one for one in review.agency_requests.select_related("agency", "person")}
    lead, today = borough.people["manager"], timezone.localdate(now)
    due = {key: today + timedelta(days=days) for key, days in told["due"].items()}
    askings = {key: _asked(asked[borough.agencies[key].pk], on, lead, now) for key, on in due.items()}
    for entry in told["typed"]:
        request = asked[borough.agencies[entry["agency"]].pk]
        enter_entry(request=request, row=_row(entry, now), by=request.person, now=now - timedelta(days=5))
    _upload(asked[borough.agencies["council"].pk], [_row(one, now) for one in told["uploaded"]], now)
    done = askings["council"]
    hand_in_chronology(asking=done, knows_nothing=False, by=done.request.person, now=now - timedelta(days=3))
    for words, role in told["words"].items():
        add_redacted_word(review=review, words=words, role=role, by=lead, now=now - timedelta(days=2))
    copy = make_redacted_copy(review=review, by=lead, now=now - timedelta(days=1))
    look_at_lines(copy=copy, numbers=range(1, 4), by=lead, now=now - timedelta(days=1))


def _asked(request: AgencyRequest, due_on: date, by: Person, now: datetime) -> ChronologyAsking:
    return ask_for_chronology(request=request, due_on=due_on, by=by, now=now - timedelta(days=6))


def _upload(request: AgencyRequest, rows: list[EntryRow], now: datetime) -> None:
    """The council's file, read as it would be when somebody sends it."""
    data, then = as_csv(rows), now - timedelta(days=4)
    reading = read_entries("social-care-chronology.csv", data, timezone.localdate(then))
    upload_entries(
        request=request,
        rows=reading.rows,
        file_name="social-care-chronology.csv",
        data=data,
        by=request.person,
        now=then,
    )


def _row(told: dict[str, Any], now: datetime) -> EntryRow:
    return EntryRow(
        when=_when(told, now),
        what=told["what"],
        source=told["source"],
        place=told.get("place", ""),
        seen=Seen(told.get("seen", Seen.NOT_SAID)),
    )


def _when(told: dict[str, Any], now: datetime) -> When:
    today, about = timezone.localdate(now), bool(told.get("is_about"))
    day = today - timedelta(days=told["days"])
    match Precision(told["span"]):
        case Precision.MOMENT:
            return moment(day, time.fromisoformat(told["at"]), is_about=about)
        case Precision.DAY:
            return one_day(day, is_about=about)
        case Precision.MONTH:
            return whole_month(day.year, day.month, is_about=about)
        case Precision.YEAR:
            return whole_year(day.year, is_about=about)
        case Precision.BETWEEN:
            return between(day, today - timedelta(days=told["until"]), is_about=about)
