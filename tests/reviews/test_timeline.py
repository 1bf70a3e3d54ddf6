"""A review drawn to scale, and who owes it what."""

import re
from datetime import date, datetime, timedelta
from html import unescape

from django.utils import timezone

from tests.reviews.late import a_draft, a_finding, a_process, learning, local, planned, recommended
from tests.reviews.made import asked, notified
from tests.world import World
from trefoil.access.queries import standing_of
from trefoil.reviews.needs import (
    chronologies_late_for,
    learning_due_for,
    practitioners_unheard_for,
    requests_unanswered_for,
    responses_waiting_for,
)
from trefoil.reviews.operations.chronology_asking import ask_for_chronology
from trefoil.reviews.operations.report import ask_response
from trefoil.reviews.operations.supervision import call_practitioners, request_information
from trefoil.reviews.queries import clocks_of
from trefoil.reviews.queries_local import processes_of
from trefoil.reviews.queries_owed import owed_of
from trefoil.reviews.queries_timeline import story_of
from trefoil.reviews.timeline import NARROW, RADIUS, SIDE, WIDE, Point, Sort, Span, Story, timeline_picture
from trefoil.workspace.needs import needs_of

TODAY = date(2026, 11, 22)


def _circles(svg: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)"', svg)]


def test_timeline_picture_is_to_scale() -> None:
    days = [date(2026, 1, 1), date(2026, 4, 11), date(2026, 7, 20)]
    story = Story.of([Point(day, f"Step {day}") for day in days], [], TODAY)
    first, middle, last = (x for x, _y in _circles(timeline_picture(story, narrow=False)))
    # 100 days and 100 days: 11 April is 100 days after 1 January, 20 July 100 days after that. The first disc stands a
    # little to the right of its day, for it does not leave the picture.
    assert abs((last - middle) - (middle - first)) < RADIUS
    per_day = (WIDE - 2 * SIDE) / ((story.days[1] - story.days[0]).days + 1)
    assert abs((last - middle) - 100 * per_day) < 0.2


def test_timeline_picture_puts_near_days_above_each_other() -> None:
    points = [Point(date(2026, 1, 1) + timedelta(days=day), f"Step {day}") for day in (0, 1, 2, 200)]
    circles = _circles(timeline_picture(Story.of(points, [], TODAY), narrow=True))
    assert len({y for _x, y in circles[:3]}) == 3
    assert circles[3][1] == circles[0][1]
    assert all(RADIUS <= x <= NARROW - RADIUS for x, _y in circles)


def test_timeline_picture_says_all_in_words_and_escapes_them() -> None:
    span = Span(date(2026, 1, 1), date(2026, 3, 1), "Trial <of two>: late", Sort.LATE)
    story = Story.of([Point(date(2026, 2, 1), "Notified")], [span], TODAY)
    svg = timeline_picture(story, narrow=False)
    label = unescape(svg.partition('aria-label="')[2].partition('"')[0])
    assert "<of" not in svg
    assert "1 February 2026: Notified." in label
    assert "Trial <of two>: late, 1 January 2026 to 1 March 2026." in label
    assert "Today is 22 November 2026." in label


def test_story_of_tells_steps_limits_and_what_runs_beside(world: World, now: datetime) -> None:
    review, today = local(world, now), timezone.localdate(now)
    a_process(review, now, effect_until=today + timedelta(days=40))
    a_draft(review, now)
    story = story_of(review, clocks_of([review])[review.subject], processes_of(review, today), now)
    said = [one.words for one in story.points]
    assert said[:3] == ["It happened", "Known to the authority", "Notified"]
    assert "Reviewer commissioned" in said
    assert "Final report came" in said
    spans = {one.words: (one.last, one.sort) for one in story.spans}
    assert spans["Local review completed and published: due 22 May 2027"] == (date(2027, 5, 22), Sort.RUNS)
    holds = spans["Holds up publication: criminal investigation or trial"]
    assert holds == (today + timedelta(days=40), Sort.HOLDS)
    assert story.days[1] >= date(2027, 5, 22)


def test_owed_of_lists_what_is_not_in_by_its_day(world: World, now: datetime) -> None:
    review, today = notified(world, now), timezone.localdate(now)
    request = asked(review, world.police, world.dana, now)
    given = {"by": world.manager, "now": now}
    ask_for_chronology(request=request, due_on=today + timedelta(days=3), **given)
    request_information(
        review=review,
        asked_for=world.health,
        agency=world.police,
        to="",
        asks="All letters since the spring.",
        sent_on=today,
        due_on=today + timedelta(days=1),
        **given,
    )
    made = recommended(review, now)
    due_on = today + timedelta(days=2)
    ask_response(recommendation=made, agency=world.health, due_on=due_on, **given)
    standing = standing_of(world.manager, world.fairmead, now=now)
    lines = owed_of(standing, review, today + timedelta(days=3))
    assert [one.what for one in lines] == ["Answer to a written request", "Response to a recommendation", "Chronology"]
    assert [one.is_late for one in lines] == [True, True, False]


def test_needs_of_local_reviews_are_the_leads_and_the_agencys_own(world: World, now: datetime) -> None:
    review, today = notified(world, now), timezone.localdate(now)
    given = {"by": world.manager, "now": now}
    request = asked(review, world.police, world.dana, now)
    ask_for_chronology(request=request, due_on=today, **given)
    request_information(
        review=review,
        asked_for=world.health,
        agency=world.police,
        to="",
        asks="All letters since the spring.",
        sent_on=today,
        due_on=today,
        **given,
    )
    ask_response(recommendation=recommended(review, now), agency=world.police, due_on=today, **given)
    call_practitioners(review=review, held_on=today, words="What it was like.", agencies=[world.police], **given)
    other = learning(world, now)
    planned(other, now, due_on=today + timedelta(days=1))
    a_finding(other, now)
    then = now + timedelta(days=1)
    found = {}
    for person in (world.manager, world.dana, world.bob):
        standing, day = standing_of(person, world.fairmead, now=then), timezone.localdate(then)
        asking = (
            chronologies_late_for,
            requests_unanswered_for,
            responses_waiting_for,
            learning_due_for,
            practitioners_unheard_for,
        )
        found[person] = [question(standing, day).count() for question in asking]
    assert found == {world.manager: [1, 1, 1, 1, 1], world.dana: [0] * 5, world.bob: [0] * 5}
    titles = [
        (need.title, need.reason) for need in needs_of(standing_of(world.manager, world.fairmead, now=then), now=then)
    ]
    mine = [reason for title, reason in titles if title == f"Review {review.reference}"]
    assert "The chronology of Fairmead Police was due on 22 November 2026." in mine
    assert "Practitioners met on 22 November 2026. What was learnt is not written down." in mine
    assert len([title for title, _reason in titles if title == f"Review {other.reference}"]) == 1
