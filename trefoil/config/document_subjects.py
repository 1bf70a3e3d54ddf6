"""What documents can be attached to. One of the project's few wiring lists: a room adds its kinds of record here.

Each function is given the reader's standing and the part of the reference after the colon. It answers None for what
the reader may not see, which no page then shows and nobody can attach to.
"""

from collections.abc import Mapping

from django.urls import reverse

from trefoil.access.enums import Permission
from trefoil.access.queries import groups_visible_to
from trefoil.access.rules import Standing
from trefoil.budget.rules import budget_years_visible_to
from trefoil.documents.rules import chairs_group
from trefoil.documents.subjects import DocumentSubject, FindSubject
from trefoil.meetings.enums import MeetingState
from trefoil.meetings.rules import may_run, papers_visible_to
from trefoil.plan.rules import actions_visible_to, is_whose_move
from trefoil.plan.states import Who


def _partnership(standing: Standing, key: str) -> DocumentSubject | None:
    """The partnership itself: its arrangements, its yearly report. Who runs meetings attaches."""
    if key != standing.partnership.slug:
        return None
    href = reverse("partnership_page", args=[key])
    return DocumentSubject(standing.partnership.name, href, standing.may(Permission.RUN_MEETINGS))


def _group(standing: Standing, key: str) -> DocumentSubject | None:
    """A group, as `slug/group`: its chair, and who runs meetings, attach."""
    slug = key.rpartition("/")[2]
    group = groups_visible_to(standing).filter(slug=slug).first()
    if group is None or not standing.may(Permission.READ_MEETINGS):
        return None
    may_attach = standing.may(Permission.RUN_MEETINGS) or chairs_group(standing, group)
    href = reverse("group_detail", args=[standing.partnership.slug, slug])
    return DocumentSubject(group.name, href, may_attach, group_id=group.pk)


def _meeting(standing: Standing, key: str) -> DocumentSubject | None:
    """A meeting's papers: for who opens them; whoever runs the meeting attaches."""
    meeting = papers_visible_to(standing).filter(pk=int(key)).first() if key.isdecimal() and key.isascii() else None
    if meeting is None:
        return None
    href = reverse("meeting_detail", args=[standing.partnership.slug, meeting.pk])
    attaches = may_run(standing, meeting.group) and meeting.state != MeetingState.CANCELLED
    return DocumentSubject(str(meeting), href, attaches, group_id=meeting.group_id)


def _budget_year(standing: Standing, key: str) -> DocumentSubject | None:
    """A year's budget: the paper the partners agreed, invoices. Who writes the budget attaches."""
    year = budget_years_visible_to(standing).filter(pk=key).first() if key.isdecimal() else None
    if year is None:
        return None
    href = reverse("budget_year", args=[standing.partnership.slug, year.first_year])
    return DocumentSubject(f"Budget {year}", href, standing.may(Permission.WRITE_BUDGET))


def _action(standing: Standing, key: str) -> DocumentSubject | None:
    """An action of the plan: its agency's lead, the named person and who writes the plan attach."""
    action = actions_visible_to(standing).filter(pk=key).first() if key.isdecimal() and key.isascii() else None
    if action is None:
        return None
    href = reverse("action_detail", args=[standing.partnership.slug, action.pk])
    return DocumentSubject(action.title, href, is_whose_move(Who.OWNER, action, standing))


SUBJECTS: Mapping[str, FindSubject] = {
    "partnership": _partnership,
    "group": _group,
    "meeting": _meeting,
    "budget_year": _budget_year,
    "action": _action,
}
