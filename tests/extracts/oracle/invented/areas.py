"""Areas of a few children each, of whom some stories are told."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

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


@st.composite
def areas(draw: Callable[[st.SearchStrategy[Any]], Any], stories: Sequence[Story], number: int) -> list[Area]:
    """So many areas, in all of which the children have the same numbers."""
    return [_area(draw, f"E0900000{place}", stories) for place in range(1, number + 1)]


def _area(draw: Callable[[st.SearchStrategy[Any]], Any], code: str, stories: Sequence[Story]) -> Area:
    maker = Maker(draw, draw(st.sampled_from(AS_AT)))
    for child in range(11, 11 + draw(st.integers(3, 6))):
        maker.add_person(child)
        for story in stories:
            story(maker, child)
    populations = draw(st.sampled_from(({2023: 900, 2025: 1000}, {2024: 950}, {})))
    return Area(code, maker.as_at, maker.tables, draw(st.sampled_from(REVIEWS_FROM)), populations)
