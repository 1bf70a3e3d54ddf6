"""Areas of a few children each, of whom some stories are told."""

from collections.abc import Callable, Sequence
from datetime import date

from hypothesis import strategies as st

from tests.extracts.oracle.area import Area

from . import front, looked_after, plans
from .front import our_episodes
from .maker import Maker

Story = Callable[[Maker, int], None]
AS_AT = (date(2026, 10, 31), date(2026, 3, 31), date(2026, 10, 30), date(2026, 9, 15))
REVIEWS_FROM = (date(2020, 1, 1), date(2024, 7, 1), date(2024, 9, 15))


def fostering(maker: Maker, child: int) -> None:
    """Private fostering."""
    our_episodes(maker, child, "PRIVATE_FOSTERING")


STORIES: dict[str, Sequence[Story]] = {
    "front door": (front.contacts, front.referrals, front.early_help),
    "early help": (front.early_help, front.early_help_of_the_standard, front.referrals),
    "early help of the standard": (front.early_help_of_the_standard, front.referrals),
    "enquiries": (front.enquiries,),
    "assessments": (front.assessments,),
    "missing": (front.missing, front.exploitation),
    "need": (front.referrals, plans.cin_plans, plans.cp_plans, looked_after.care, front.early_help),
    "protection": (plans.cp_plans, plans.cin_plans, looked_after.care, front.referrals),
    "visits and reviews of plans": (plans.cp_reviews, plans.cp_visits),
    "care": (looked_after.care, looked_after.legal_statuses, looked_after.placements, looked_after.immigration),
    "visits to children in care": (looked_after.care, looked_after.placements, looked_after.visits),
    "reviews of care": (looked_after.reviews,),
    "health of children in care": (looked_after.care, looked_after.health, front.missing),
    "young people": (looked_after.care_leavers, fostering),
}


POPULATIONS: tuple[dict[int, int], ...] = ({2023: 900, 2025: 1000}, {2024: 950}, {})
YEARS = (2008, 2010, 2012, 2014, 2020, 2022, 2025, 2026, 2027)
YEARS_OF = {"young people": (2003, 2004, 2005, 2006, 2007, 2008, 2009)}


def areas(told: str, number: int, children: int) -> st.SearchStrategy[list[Area]]:
    """So many areas of which a group of stories is told; in all of them the children have the same numbers.

    `children`: places for children in each. A place with the seed 0, the simplest, stays empty.
    """
    seeds = st.lists(st.integers(0, 2**32), min_size=children, max_size=children)
    each = [
        st.builds(
            _area,
            st.just(f"E0900000{place}"),
            st.just(told),
            st.sampled_from(AS_AT),
            st.sampled_from(REVIEWS_FROM),
            st.sampled_from(POPULATIONS),
            seeds,
        )
        for place in range(1, number + 1)
    ]
    return st.tuples(*each).map(list)


def _area(code: str, told: str, as_at: date, reviews_from: date, populations: dict[int, int], seeds: list[int]) -> Area:
    maker = Maker(as_at)
    for place, seed in enumerate(seeds):
        if seed == 0:
            continue
        maker.turn_to(place, seed)
        maker.add_person(11 + place, YEARS_OF.get(told, YEARS))
        for story in STORIES[told]:
            story(maker, 11 + place)
    return Area(code, as_at, maker.tables, reviews_from, populations)
