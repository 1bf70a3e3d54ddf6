"""Which groups of a comparison may be shown with their counts. Pure.

A count of 1 to 9 is not shown. Nor, beside it, is the smallest other group, as long as what is hidden could be worked
out: from one group and the others' rate the sum of all groups follows, so one hidden count alone would be the rest, and
several that together are below 10 would be nearly as plain. This is for counts that leave the page; publication has
stricter rules of its own (`indicators/suppression`).
"""

from collections.abc import Mapping

from .disproportionality import MINIMUM_EVENTS


def hidden_groups(events: Mapping[str, int]) -> frozenset[str]:
    """The groups whose count may not be shown."""
    hidden = {group for group, number in events.items() if 0 < number < MINIMUM_EVENTS}
    others = sorted((group for group in events if group not in hidden and events[group]), key=lambda one: events[one])
    while hidden and others and (len(hidden) == 1 or sum(events[group] for group in hidden) < MINIMUM_EVENTS):
        hidden.add(others.pop(0))
    return frozenset(hidden)
