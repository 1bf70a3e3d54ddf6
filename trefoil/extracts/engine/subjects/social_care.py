"""The subjects of social care's own work, in one list: need, protection, care, leaving care, private fostering."""

from . import (
    care,
    care_health,
    care_leavers,
    care_missing,
    care_periods,
    care_placements,
    care_reviews,
    care_visits,
    children_in_need,
    cin_plans,
    cp_plans,
    cp_reviews,
    cp_visits,
    plan_ends,
    private_fostering,
)

_MODULES = (
    children_in_need,
    cin_plans,
    cp_plans,
    cp_reviews,
    cp_visits,
    plan_ends,
    care_periods,
    care,
    care_placements,
    care_visits,
    care_reviews,
    care_health,
    care_missing,
    care_leavers,
    private_fostering,
)
SUBJECTS = tuple(subject for module in _MODULES for subject in module.SUBJECTS)
