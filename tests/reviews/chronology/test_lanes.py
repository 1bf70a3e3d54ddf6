"""The picture of a chronology: to scale, a lane an agency, vague days as bars, nothing on top of anything else."""

import re
from datetime import date
from itertools import pairwise

import pytest

from trefoil.reviews.chronology.lanes import MOST_BARS, MOST_NUMBERED, MOST_STACKED, Mark, Period, lanes_picture
from trefoil.reviews.chronology.reading import Seen
from trefoil.reviews.chronology.time_axis import Axis, ticks
from trefoil.reviews.chronology.when import read_when

YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))


def mark(number: int, when: str, agency: str = "Police", seen: Seen = Seen.NOT_SAID, **named: bool) -> Mark:
    return Mark(number, agency, read_when(when), seen, **named)


def drawn(*marks: Mark, period: Period = YEAR, narrow: bool = False) -> str:
    return lanes_picture(marks, period, narrow=narrow)


def discs(svg: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)"', svg)]


def bars(svg: str) -> list[tuple[float, float]]:
    return [(float(x), float(width)) for x, width in re.findall(r'<rect x="([\d.]+)"[^>]* width="([\d.]+)"', svg)]


def test_lanes_picture_is_to_scale() -> None:
    svg = drawn(mark(1, "1 February 2025"), mark(2, "2 July 2025"), mark(3, "29 November 2025"))
    (first, _), (second, _), (third, _) = discs(svg)
    # 151 days lie between the first two, 150 between the last two.
    assert (second - first) / 151 == pytest.approx((third - second) / 150, rel=0.01)


def test_lanes_picture_draws_what_is_not_known_to_the_day_over_all_of_it() -> None:
    svg = drawn(mark(1, "March 2025"), mark(2, "between 1 March 2025 and 30 April 2025"), mark(3, "2025"))
    month, two, year = (width for _, width in sorted(bars(svg), key=lambda one: one[1]))
    assert two / month == pytest.approx(61 / 31, rel=0.01)
    assert year == pytest.approx(932, abs=1)
    assert discs(svg) == []


def test_lanes_picture_puts_no_disc_upon_another() -> None:
    marks = [mark(at, f"{1 + at // 2} March 2025") for at in range(1, 31)]
    for narrow in (False, True):
        seen = discs(drawn(*marks, narrow=narrow))
        assert all(
            abs(x - other_x) >= 22 or abs(y - other_y) >= 22
            for at, (x, y) in enumerate(seen)
            for other_x, other_y in seen[at + 1 :]
        )


def test_lanes_picture_counts_what_has_no_room() -> None:
    crowd = [mark(at, "3 March 2025") for at in range(MOST_STACKED + 7)]
    vague = [mark(at, "March 2025") for at in range(MOST_BARS + 4)]
    words = drawn(*crowd, *vague)
    assert "+7" in words
    assert "and 4 more that are not known to the day" in words


def test_lanes_picture_tells_seen_contradicted_and_about_by_shape() -> None:
    text = lanes_picture(
        [
            mark(1, "3 March 2025", seen=Seen.SEEN),
            mark(2, "3 June 2025", seen=Seen.NOT_SEEN),
            mark(3, "about 3 September 2025", "Health", is_contradicted=True),
        ],
        Period(YEAR.first, YEAR.last, date(2025, 10, 1)),
        narrow=False,
    )
    assert len(set(re.findall(r'<circle[^>]*fill="(#\w+|none)"', text))) == 4
    assert text.count("stroke-dasharray") == 1
    assert "The incident" in text
    assert "Health: 1 entry." in text
    assert "1 are contradicted" in text


def test_lanes_picture_escapes_names_and_is_nothing_without_marks() -> None:
    text = lanes_picture([mark(1, "March 2025", "<Police> & fire")], YEAR, narrow=True)
    assert "<Police>" not in text
    assert "&lt;Police&gt; &amp; fire" in text
    assert lanes_picture([], YEAR, narrow=False) == ""


def test_lanes_picture_of_very_many_leaves_out_numbers() -> None:
    many = [mark(at, f"{1 + at % 28} {('May', 'June')[at % 2]} 2025") for at in range(MOST_NUMBERED + 1)]
    assert ">1</text>" in drawn(*many[:-1])
    assert ">1</text>" not in drawn(*many)


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        (date(2025, 3, 1), date(2025, 3, 5), "1 Mar, 2 Mar, 3 Mar, 4 Mar, 5 Mar"),
        (date(2025, 1, 1), date(2025, 6, 30), "Jan 2025, Feb 2025, Mar 2025, Apr 2025, May 2025, Jun 2025"),
        (date(1998, 5, 1), date(2026, 3, 1), "2000, 2005, 2010, 2015, 2020"),
        (date(2025, 3, 3), date(2025, 3, 3), "3 Mar"),
    ],
)
def test_ticks_are_round_days_with_room(first: date, last: date, told: str) -> None:
    axis = Axis(first, last, 14, 500)
    assert ", ".join(words for _, words in ticks(axis)) == told
    places = [axis.x(day) for day, _ in ticks(axis)]
    assert all(after - before >= 40 for before, after in pairwise(places))
