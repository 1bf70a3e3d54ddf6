"""Child in need plans, child protection plans, their visits and reviews."""

from datetime import date

from .front import TEAMS
from .maker import Maker


def cin_plans(maker: Maker, child: int) -> None:
    """A chain of child in need plans, and visits."""
    day = maker.day()
    for _ in maker.times(3):
        maker.add(
            "ssd_cin_plans",
            child,
            day,
            cinp_cin_plan_id=maker.number(),
            cinp_person_id=child,
            cinp_cin_plan_start_date=day,
            cinp_cin_plan_end_date=maker.end(day),
            cinp_cin_plan_team=maker.one_of((*TEAMS, None)),
        )
        for _ in maker.times(3):
            maker.add(
                "ssd_cin_visits",
                cinv_cin_visit_id=maker.number(),
                cinv_person_id=child,
                cinv_cin_visit_date=maker.mostly(maker.soon(maker.after(day))),
                cinv_cin_visit_seen=maker.flag(),
            )
        day = maker.after(day)


def _plan(maker: Maker, child: int, start: date) -> int:
    number = maker.number()
    maker.add(
        "ssd_cp_plans",
        child,
        start,
        cppl_cp_plan_id=number,
        cppl_person_id=child,
        cppl_cp_plan_start_date=start,
        cppl_cp_plan_end_date=maker.end(start),
        cppl_cp_plan_ola=maker.one_of((False, None, False, True)),
        cppl_cp_plan_initial_category=maker.code("NEG", "PHY"),
        cppl_cp_plan_latest_category=maker.code("EMO", "MUL", "SAB"),
    )
    return number


def cp_plans(maker: Maker, child: int) -> None:
    """A chain of child protection plans."""
    day = maker.long_before(maker.day())
    for _ in maker.times(3):
        _plan(maker, child, day)
        day = maker.after(day)


def cp_reviews(maker: Maker, child: int) -> None:
    """A plan or two, each with a chain of reviews."""
    day = maker.day()
    for _ in maker.times(2):
        number, held = _plan(maker, child, day), day
        for _ in maker.times(4):
            held = maker.after(held)
            on = maker.mostly(held)
            maker.add(
                "ssd_cp_reviews",
                child,
                on,
                cppr_cp_review_id=maker.number(),
                cppr_person_id=child,
                cppr_cp_plan_id=number,
                cppr_cp_review_date=on,
                cppr_cp_review_participation=maker.code("PN0", "PN1", "PN3", "PN6", "PN7"),
            )
        day = maker.after(day)


def cp_visits(maker: Maker, child: int) -> None:
    """A plan or two, each with visits, two of which may be on one day."""
    day = maker.day()
    for _ in maker.times(2):
        number, visit = _plan(maker, child, day), maker.near(day, 40)
        for _ in maker.times(8):
            maker.add(
                "ssd_cp_visits",
                child,
                visit,
                cppv_cp_visit_id=maker.number(),
                cppv_person_id=child,
                cppv_cp_plan_id=number,
                cppv_cp_visit_date=maker.mostly(visit),
                cppv_cp_visit_seen=maker.one_of((True, True, False, None)),
                cppv_cp_visit_seen_alone=maker.flag(),
            )
            visit = maker.soon(visit)
        day = maker.after(day)
