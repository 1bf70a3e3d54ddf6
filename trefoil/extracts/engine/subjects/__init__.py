"""Every subject by name. A module of subjects ends with `SUBJECTS`; it is added here."""

from . import assessments, early_help, front_door, missing, section_47, social_care
from .shape import BREAKDOWNS, Column, Subject

__all__ = ["BREAKDOWNS", "SUBJECTS", "Column", "Subject", "subject_called"]

_MODULES = (front_door, early_help, section_47, assessments, missing, social_care)

SUBJECTS: dict[str, Subject] = {subject.name: subject for module in _MODULES for subject in module.SUBJECTS}


def subject_called(name: str) -> Subject:
    """The subject with this name. Raises ValueError that names those there are."""
    if name not in SUBJECTS:
        raise ValueError(f"there is no subject “{name}”; there are {', '.join(SUBJECTS)}")
    return SUBJECTS[name]
