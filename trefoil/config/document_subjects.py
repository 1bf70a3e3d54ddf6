"""What documents can be attached to. One of the project's few wiring lists: a room adds its kinds of record here.

Each function is given the reader's standing and the part of the reference after the colon. It answers None for what
the reader may not see, which no page then shows and nobody can attach to.
"""

from collections.abc import Mapping

from django.urls import reverse

from trefoil.access.enums import Permission
from trefoil.access.queries import groups_visible_to
from trefoil.access.rules import Standing
from trefoil.budget.enums import EntryKind
from trefoil.budget.rules import budget_years_visible_to, entries_visible_to
from trefoil.documents.subjects import DocumentSubject, FindSubject, Part
from trefoil.meetings.enums import DecisionState, MeetingState
from trefoil.meetings.papers import filing_places
from trefoil.meetings.rules import decision_papers_visible_to, items_visible_to, may_run, papers_visible_to
from trefoil.plan.rules import actions_visible_to, is_whose_move
from trefoil.plan.states import Who
from trefoil.reviews.models import Review
from trefoil.reviews.rules import full_papers_read_by, is_lead, reviews_visible_to

# Of a key in the database: a number with more digits is nobody's.
MOST_DIGITS = 18


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
    href = reverse("group_detail", args=[standing.partnership.slug, slug])
    return DocumentSubject(group.name, href, may_run(standing, group), group_id=group.pk)


def _meeting(standing: Standing, key: str) -> DocumentSubject | None:
    """A meeting's papers: for who opens them; whoever runs the meeting attaches."""
    meeting = papers_visible_to(standing).filter(pk=int(key)).first() if _is_number(key) else None
    if meeting is None:
        return None
    href = reverse("meeting_detail", args=[standing.partnership.slug, meeting.pk])
    attaches = may_run(standing, meeting.group) and meeting.state != MeetingState.CANCELLED
    return DocumentSubject(
        str(meeting),
        href,
        attaches,
        group_id=meeting.group_id,
        parts=filing_places(meeting),
        which_part="Which item of the agenda is it for?",
    )


def _agenda_item(standing: Standing, key: str) -> DocumentSubject | None:
    """An item of an agenda, a part of its meeting. Nothing more is filed under one that was taken off."""
    item = items_visible_to(standing).filter(pk=int(key)).first() if _is_number(key) else None
    if item is None:
        return None
    meeting, slug = item.meeting, standing.partnership.slug
    attaches = may_run(standing, meeting.group) and meeting.state != MeetingState.CANCELLED and not item.removed_reason
    return DocumentSubject(
        item.words,
        f"{reverse('meeting_detail', args=[slug, meeting.pk])}#agenda",
        attaches,
        group_id=meeting.group_id,
        part_of=f"meeting:{meeting.pk}",
    )


def _decision(standing: Standing, key: str) -> DocumentSubject | None:
    """A decision, for who reads its words: whoever runs the meeting attaches, unless it was withdrawn."""
    decision = decision_papers_visible_to(standing).filter(pk=int(key)).first() if _is_number(key) else None
    if decision is None:
        return None
    href = reverse("decision_detail", args=[standing.partnership.slug, decision.pk])
    attaches = may_run(standing, decision.meeting.group) and decision.state != DecisionState.WITHDRAWN
    words = f"Decision {decision.number}: {decision.headline}"
    return DocumentSubject(words, href, attaches, group_id=decision.meeting.group_id)


def _is_number(key: str) -> bool:
    """Whether it can be the key of a row; longer ones are nobody's."""
    return key.isdecimal() and key.isascii() and len(key) <= MOST_DIGITS


def _budget_year(standing: Standing, key: str) -> DocumentSubject | None:
    """A year's budget: the paper the partners agreed, invoices. Who writes the budget attaches."""
    year = budget_years_visible_to(standing).filter(pk=key).first() if _is_number(key) else None
    if year is None:
        return None
    href = reverse("budget_year", args=[standing.partnership.slug, year.first_year])
    given = entries_visible_to(standing, EntryKind.CONTRIBUTION).filter(year=year)
    return DocumentSubject(
        f"Budget {year}",
        href,
        standing.may(Permission.WRITE_BUDGET),
        parts=tuple(Part(f"contribution:{one.pk}", f"Contribution of {one}") for one in given),
        which_part="Which contribution is it about?",
    )


def _contribution(standing: Standing, key: str) -> DocumentSubject | None:
    """What a partner gives in a year, a part of that year's budget: its invoice, a letter."""
    known = entries_visible_to(standing, EntryKind.CONTRIBUTION)
    one = known.filter(pk=key).first() if _is_number(key) else None
    if one is None:
        return None
    href = reverse("contribution_detail", args=[standing.partnership.slug, one.pk])
    writes = standing.may(Permission.WRITE_BUDGET)
    return DocumentSubject(one.words, href, writes, part_of=one.year.reference)


def _action(standing: Standing, key: str) -> DocumentSubject | None:
    """An action of the plan: its agency's lead, the named person and who writes the plan attach."""
    action = actions_visible_to(standing).filter(pk=key).first() if _is_number(key) else None
    if action is None:
        return None
    href = reverse("action_detail", args=[standing.partnership.slug, action.pk])
    return DocumentSubject(action.title, href, is_whose_move(Who.OWNER, action, standing))


def _review(standing: Standing, key: str) -> DocumentSubject | None:
    """A review's papers without names, for its readers. Drafts are attached by the review's own page alone."""
    review = reviews_visible_to(standing).filter(reference=key).first()
    return _papers_of(standing, review, "redacted report") if review is not None else None


def _review_full(standing: Standing, key: str) -> DocumentSubject | None:
    """A review's papers in full, for the readers who were given who the child is."""
    read = f"review_full:{key}" in full_papers_read_by(standing)
    review = reviews_visible_to(standing).filter(reference=key).first() if read else None
    return _papers_of(standing, review, "report in full") if review is not None else None


def _papers_of(standing: Standing, review: Review, what: str) -> DocumentSubject:
    href = reverse("review_local", args=[standing.partnership.slug, review.reference])
    called = f"{review.reference} {what}"
    return DocumentSubject(called, href, is_lead(standing, review), sealed_as=called)


SUBJECTS: Mapping[str, FindSubject] = {
    "partnership": _partnership,
    "group": _group,
    "meeting": _meeting,
    "agenda_item": _agenda_item,
    "decision": _decision,
    "budget_year": _budget_year,
    "contribution": _contribution,
    "action": _action,
    "review": _review,
    "review_full": _review_full,
}
