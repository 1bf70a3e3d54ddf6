"""Children in need: every open episode of social care's work (children in need census, DfE, 2025 to 2026 guide).

`children_in_need`: the stretches in which a child has an episode of `ssd_cin_episodes` open: from the referral date
to the day before the closure date. Left out: referrals with no further action (the flag, or NFA_FLAG among the
outcomes). Children with a plan, children in care and care leavers are in it when their episode is open, as in the
census. A child with two open episodes counts once, by the one that was referred first (on one day: the lower
`cine_referral_id`).
"""

import ibis.expr.types as ir

from ..tables import Tables
from .building import has
from .shape import Subject
from .stretches import one_at_a_time, stretches


def episodes_of_need(tables: Tables) -> ir.Table:
    """The episodes as stretches, which may overlap, with `team`, `close_reason` and `closed`."""
    rows = tables["ssd_cin_episodes"]
    dropped = rows.cine_referral_nfa.fill_null(False) | has(rows.cine_referral_outcome_json, "NFA_FLAG")
    return stretches(
        rows.filter(~dropped),
        child="cine_person_id",
        start="cine_referral_date",
        end="cine_close_date",
        row="cine_referral_id",
        team="cine_referral_team",
        close_reason="cine_close_reason",
        closed="cine_close_date",
    )


_EPISODE = "ssd_cin_episodes."
SUBJECTS = (
    Subject(
        name="children_in_need",
        kind="episodes",
        needs=(
            _EPISODE + "cine_person_id",
            _EPISODE + "cine_referral_date",
            _EPISODE + "cine_close_date",
            f"{_EPISODE}cine_referral_nfa|{_EPISODE}cine_referral_outcome_json",
        ),
        build=lambda tables: one_at_a_time(episodes_of_need(tables)),
        team=_EPISODE + "cine_referral_team",
    ),
)
