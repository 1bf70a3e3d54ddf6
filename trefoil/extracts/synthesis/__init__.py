"""Invented boroughs: a whole extract in the standard's raw shape, modelled on an area's published figures. Pure."""

from .borough import synthesise
from .profile import AreaProfile, UnknownAreaError, all_profiles, profile_for

__all__ = ["AreaProfile", "UnknownAreaError", "all_profiles", "profile_for", "synthesise"]
