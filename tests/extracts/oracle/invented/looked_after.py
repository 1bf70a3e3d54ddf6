"""Care episodes, legal statuses, placements, reviews, visits and health; care leavers."""

from .front import TEAMS
from .maker import Maker

PLACEMENTS = ("U1", "U6", "T0", "T4", "A5", "K2", "H5", "P1")


def care(maker: Maker, child: int) -> None:
    """A chain of episodes, most of which follow each other, and now and then one that overlaps."""
    day, number = maker.long_before(maker.day()), maker.number()
    maker.came[child] = day
    for _ in maker.times(4):
        end = maker.end(day)
        maker.add(
            "ssd_cla_episodes",
            child,
            day,
            clae_cla_episode_id=maker.number(),
            clae_person_id=child,
            clae_cla_episode_start_date=day,
            clae_cla_episode_ceased_date=end,
            clae_cla_episode_ceased_reason=maker.one_of(("X1", "X1", "E4A", "E11", "E45", None)) if end else None,
            clae_cla_id=number,
        )
        day = maker.one_of((end, maker.after(end))) if end else maker.after(day)


def legal_statuses(maker: Maker, child: int) -> None:
    """A chain of legal statuses."""
    day = maker.in_care(child)
    for _ in maker.times(3):
        end = maker.end(day)
        maker.add(
            "ssd_legal_status",
            lega_legal_status_id=maker.number(),
            lega_person_id=child,
            lega_legal_status=maker.one_of(("V2", "C1", "C2", "E1", "L1", "L2", "V3", "V4", "J1")),
            lega_legal_status_start_date=day,
            lega_legal_status_end_date=end,
        )
        day = maker.one_of((end, maker.after(end))) if end else maker.after(day)


def placements(maker: Maker, child: int) -> None:
    """A chain of placements."""
    day = maker.in_care(child)
    for _ in maker.times(5):
        end = maker.end(day)
        maker.add(
            "ssd_cla_placement",
            child,
            day,
            clap_cla_placement_id=maker.number(),
            clap_person_id=child,
            clap_cla_placement_start_date=day,
            clap_cla_placement_end_date=end,
            clap_cla_placement_type=maker.code(*PLACEMENTS),
            clap_cla_placement_provider=maker.code("PR1", "PR4"),
        )
        day = maker.one_of((end, maker.after(end))) if end else maker.after(day)


def immigration(maker: Maker, child: int) -> None:
    """One or two immigration statuses, or none."""
    for _ in maker.times(2):
        day = maker.in_care(child)
        maker.add(
            "ssd_immigration_status",
            child,
            day,
            immi_person_id=child,
            immi_immigration_status_id=maker.number(),
            immi_immigration_status=maker.code("UASC", "LEAVE"),
            immi_immigration_status_start_date=day,
            immi_immigration_status_end_date=maker.end(day),
        )


def visits(maker: Maker, child: int) -> None:
    """Visits to a child in care."""
    day = maker.in_care(child)
    for _ in maker.times(8):
        maker.add(
            "ssd_cla_visits",
            child,
            day,
            clav_cla_visit_id=maker.number(),
            clav_person_id=child,
            clav_cla_visit_date=maker.mostly(day),
            clav_cla_visit_seen=maker.one_of((True, True, False, None)),
        )
        day = maker.one_of((maker.soon(day), maker.after(day)))


def reviews(maker: Maker, child: int) -> None:
    """Stays, and a chain of reviews from the first of them."""
    care(maker, child)
    of_child = [row for row in maker.tables.get("ssd_cla_episodes", ()) if row["clae_person_id"] == child]
    if not of_child:
        return
    held, number = of_child[0]["clae_cla_episode_start_date"], of_child[0]["clae_cla_id"]
    for _ in maker.times(5):
        held = maker.after(held)
        maker.add(
            "ssd_cla_reviews",
            clar_cla_review_id=maker.number(),
            clar_cla_id=number,
            clar_cla_review_date=maker.mostly(held),
            clar_cla_review_cancelled=maker.one_of((False, None, False, True)),
        )


def health(maker: Maker, child: int) -> None:
    """Health checks, vaccinations, scores, and missing episodes."""
    day = maker.in_care(child)
    for _ in maker.times(5):
        maker.add(
            "ssd_cla_health",
            child,
            day,
            clah_health_check_id=maker.number(),
            clah_person_id=child,
            clah_health_check_type=maker.code("IHA", "RHA", "DENTAL", "SURVEILLANCE"),
            clah_health_check_date=maker.mostly(day),
            clah_health_check_status=maker.code("Completed", "Completed", "Refused", "Planned"),
        )
        day = maker.one_of((maker.soon(day), maker.after(day)))
    days = {maker.day() for _ in maker.times(3)}
    for one in sorted(days):
        maker.add(
            "ssd_cla_immunisations",
            clai_person_id=child,
            clai_immunisations_status=maker.flag(),
            clai_immunisations_status_date=maker.mostly(one),
        )
    day = maker.in_care(child)
    for _ in maker.times(3):
        maker.add(
            "ssd_sdq_scores",
            child,
            day,
            csdq_table_id=maker.number(),
            csdq_person_id=child,
            csdq_sdq_completed_date=maker.mostly(day),
            csdq_sdq_score=maker.one_of((0, 7, 40, 41, None)),
        )
        day = maker.after(day)


def care_leavers(maker: Maker, child: int) -> None:
    """One or more rows of a young person who left care."""
    for _ in maker.times(2):
        latest = maker.mostly(maker.near(maker.as_at))
        maker.add(
            "ssd_care_leavers",
            child,
            latest,
            clea_table_id=maker.number(),
            clea_person_id=child,
            clea_care_leaver_eligibility=maker.one_of(("Relevant", "Former Relevant", "Qualifying", "Eligible", None)),
            clea_care_leaver_in_touch=maker.code("YES", "NO"),
            clea_care_leaver_latest_contact=latest,
            clea_care_leaver_accommodation=maker.code("B", "D", "R", "G", "Z"),
            clea_care_leaver_accom_suitable=maker.code("1", "2"),
            clea_care_leaver_activity=maker.code("F1", "P4", "G5", "0"),
            clea_pathway_plan_review_date=maker.mostly(maker.near(maker.as_at)),
            clea_care_leaver_allocated_team=maker.one_of((*TEAMS, None)),
        )
