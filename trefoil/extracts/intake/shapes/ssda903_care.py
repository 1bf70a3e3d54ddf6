"""Episodes of care, and what hangs on them, out of the linked years of SSDA903. Pure.

`linked` is the heart: one row per child and day on which an episode began, in the words of the last year that tells of
it, with the period of care and the placement that it belongs to.
"""

from collections.abc import Mapping

from ..layouts import View
from .specification import carried, select


def _last(*key: str) -> str:
    """The row that the last year has, and the last in it, of those with the same key."""
    columns = ", ".join(f'"{name}"' for name in key)
    return f"QUALIFY row_number() OVER (PARTITION BY {columns} ORDER BY part_ DESC, row_ DESC) = 1"


def care_tables(views: Mapping[str, View]) -> dict[str, str]:
    """The tables that come from the episodes, and those that need the period of care they fall in."""
    episodes = views.get("episodes")
    if episodes is None:
        return {}
    linked_rows = "_linked"
    tables = {
        linked_rows: linked(episodes),
        "ssd_cla_episodes": _episodes(episodes, linked_rows),
        "ssd_cla_placement": _placements(episodes, linked_rows),
        "ssd_legal_status": _legal_statuses(linked_rows),
    }
    if "reviews" in views:
        tables["ssd_cla_reviews"] = _reviews(views["reviews"], linked_rows)
    permanence = _permanence(views, linked_rows)
    return tables | {"ssd_permanence": permanence}


def linked(view: View) -> str:
    """Every episode once. A new period of care begins with an S, with the first row of a child, or after a gap."""
    last = _last("CHILD", "DECOM")
    return f"""
        WITH said AS (SELECT * FROM {view} {last}),
        marked AS (
            SELECT *,
                   coalesce("RNE" = 'S' OR lag("DECOM") OVER w IS NULL OR lag("DEC") OVER w < "DECOM", true) AS begins,
                   lag("LS") OVER w IS DISTINCT FROM "LS" AS other_status
            FROM said WINDOW w AS (PARTITION BY "CHILD" ORDER BY "DECOM")
        )
        SELECT *,
               max(CASE WHEN begins THEN "DECOM" END) OVER w AS period_start,
               max(CASE WHEN begins AND "RNE" = 'S' THEN "DECOM" END) OVER w AS last_entry,
               max(CASE WHEN begins OR "RNE" IS DISTINCT FROM 'L' THEN "DECOM" END) OVER w AS placement_start,
               max(CASE WHEN begins OR other_status THEN "DECOM" END) OVER w AS status_start
        FROM marked WINDOW w AS (PARTITION BY "CHILD" ORDER BY "DECOM")
    """


_PERIOD = "concat_ws('|', \"CHILD\", CAST(period_start AS VARCHAR))"
_PLACEMENT = "concat_ws('|', \"CHILD\", 'placement', CAST(placement_start AS VARCHAR))"


def _episodes(view: View, rows: str) -> str:
    fields = {
        "clae_cla_episode_id": 'concat_ws(\'|\', "CHILD", CAST("DECOM" AS VARCHAR))',
        "clae_person_id": '"CHILD"',
        "clae_cla_episode_start_date": '"DECOM"',
        "clae_cla_episode_start_reason": '"RNE"',
        "clae_cla_primary_need_code": '"CIN"',
        "clae_cla_episode_ceased_date": '"DEC"',
        # A reason without an end does not end an episode.
        "clae_cla_episode_ceased_reason": 'CASE WHEN "DEC" IS NOT NULL THEN "REC" END',
        "clae_cla_id": _PERIOD,
        "clae_cla_placement_id": _PLACEMENT,
        # Where the first row of a period is no S, the child came into care before the years that we hold.
        "clae_entered_care_date": "CASE WHEN last_entry = period_start THEN period_start END",
    }
    return select(view, fields, source=rows)


def _placements(view: View, rows: str) -> str:
    """A change of legal status alone (L) goes on with the placement; any other new episode begins one."""
    last = ', placement_start ORDER BY "DECOM" DESC'
    fields = {
        "clap_cla_placement_id": _PLACEMENT,
        "clap_cla_id": _PERIOD,
        "clap_person_id": '"CHILD"',
        "clap_cla_placement_start_date": "placement_start",
        "clap_cla_placement_end_date": '"DEC"',
        "clap_cla_placement_type": '"PLACE"',
        "clap_cla_placement_provider": '"PLACE_PROVIDER"',
        "clap_cla_placement_change_reason": '"REASON_PLACE_CHANGE"',
    }
    return f'{select(view, fields, source=rows)} QUALIFY row_number() OVER (PARTITION BY "CHILD"{last}) = 1'


def _legal_statuses(rows: str) -> str:
    return f"""
        SELECT concat_ws('|', "CHILD", 'legal', CAST(min("DECOM") AS VARCHAR)) AS lega_legal_status_id,
               "CHILD" AS lega_person_id, first("LS") AS lega_legal_status,
               min("DECOM") AS lega_legal_status_start_date, arg_max_null("DEC", "DECOM") AS lega_legal_status_end_date
        FROM {rows} GROUP BY "CHILD", status_start"""


def _reviews(view: View, rows: str) -> str:
    """A review belongs to the period of care that its day falls in; a day outside all periods has none."""
    participation = ', "REVIEW_CODE" AS clar_cla_review_participation' if carried(view, '"REVIEW_CODE"') else ""
    last = _last("CHILD", "REVIEW")
    return f"""
        WITH periods AS (
            SELECT "CHILD" AS who, period_start, {_PERIOD} AS cla_id, arg_max_null("DEC", "DECOM") AS period_end
            FROM {rows} GROUP BY ALL
        ), ends AS (
            SELECT who, period_start, cla_id, max(coalesce(period_end, DATE '9999-12-31')) AS period_end
            FROM periods GROUP BY ALL
        ), reviews AS (
            SELECT * FROM {view} {last}
        )
        SELECT concat_ws('|', "CHILD", 'review', CAST("REVIEW" AS VARCHAR)) AS clar_cla_review_id,
               CASE WHEN "REVIEW" <= period_end THEN cla_id END AS clar_cla_id,
               "REVIEW" AS clar_cla_review_date{participation}
        FROM reviews ASOF LEFT JOIN ends ON who = "CHILD" AND period_start <= "REVIEW" """


def _permanence(views: Mapping[str, View], rows: str) -> str:
    """Adoption: the decision (placed_adoption), the match and the adopters (ad1), the placement and the order
    (episodes)."""
    sources = [
        f"""SELECT "CHILD" AS child, max({_PERIOD}) AS perm_cla_id,
                   min("DECOM") FILTER ("PLACE" IN ('A3', 'A4', 'A5', 'A6')) AS perm_placed_for_adoption_date,
                   max("DEC") FILTER ("REC" IN ('E11', 'E12')) AS perm_permanence_order_date
            FROM {rows} WHERE "PLACE" IN ('A3', 'A4', 'A5', 'A6') OR ("REC" IN ('E11', 'E12') AND "DEC" IS NOT NULL)
            GROUP BY "CHILD" """
    ]
    for name, fields in _ADOPTION.items():
        view = views.get(name)
        if view is not None:
            newest = f"{view} {_last('CHILD')}"
            sources.append(select(view, {"child": '"CHILD"', **fields}, source=newest))
    joined = f"({sources[0]}) a0" + "".join(
        f" FULL JOIN ({source}) a{at} USING (child)" for at, source in enumerate(sources[1:], start=1)
    )
    return f"SELECT child || '|permanence' AS perm_table_id, child AS perm_person_id, * EXCLUDE (child) FROM {joined}"


_ADOPTION: Mapping[str, Mapping[str, str]] = {
    "placed_adoption": {
        "perm_adm_decision_date": '"DATE_PLACED"',
        "perm_decision_reversed_date": '"DATE_PLACED_CEASED"',
        "perm_decision_reversed_reason": '"REASON_PLACED_CEASED"',
    },
    "ad1": {
        "perm_matched_date": '"DATE_MATCH"',
        "perm_adopted_by_carer_flag": "\"FOSTER_CARE\" = 'Y'",
        "perm_number_of_adopters": '"NB_ADOPTR"',
        "perm_adopter_sex": '"SEX_ADOPTR"',
        "perm_adopter_legal_status": '"LS_ADOPTR"',
    },
}
