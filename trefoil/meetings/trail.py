"""What the trail calls a meeting, a decision, minutes or a group: the named arguments for `record`."""

from typing import TypedDict

from trefoil.people.models import Group

from .models import Decision, Meeting


class About(TypedDict):
    """Whose trail, and which record."""

    partnership: str
    subject: str


def on_meeting(meeting: Meeting) -> About:
    return {"partnership": meeting.partnership.slug, "subject": f"meeting:{meeting.pk}"}


def on_decision(decision: Decision) -> About:
    return {"partnership": decision.partnership.slug, "subject": f"decision:{decision.pk}"}


def on_group(group: Group) -> About:
    return {"partnership": group.partnership.slug, "subject": f"group:{group.partnership.slug}/{group.slug}"}
