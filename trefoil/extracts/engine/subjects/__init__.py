"""Every subject by name. A module of subjects ends with `SUBJECTS`; it is added here."""

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
    front_door,
    plan_ends,
    private_fostering,
)
from .shape import BREAKDOWNS, Column, Subject

__all__ = ["BREAKDOWNS", "SUBJECTS", "Column", "Subject", "subject_called"]

_MODULES = (
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
    front_door,
    plan_ends,
    private_fostering,
)
SUBJECTS: dict[str, Subject] = {subject.name: subject for module in _MODULES for subject in module.SUBJECTS}


def subject_called(name: str) -> Subject:
    """The subject with this name. Raises ValueError that names those there are."""
    if name not in SUBJECTS:
        raise ValueError(f"there is no subject “{name}”; there are {', '.join(SUBJECTS)}")
    return SUBJECTS[name]
