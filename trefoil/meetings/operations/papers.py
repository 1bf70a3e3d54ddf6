"""Papers that are made from the record: a priority of the plan, filed under an item of the agenda."""

import io
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.documents.enums import Marking
from trefoil.documents.models import Document
from trefoil.documents.operations import add_version, attach
from trefoil.people.models import Person
from trefoil.plan.models import Priority
from trefoil.plan.rules import priorities_visible_to

from ..models import AgendaItem, Meeting
from ..pack.priority import write_paper
from ..papers import filing_places, reference_of
from ..plan_paper import priority_paper
from ..rules import check_runs
from ..trail import on_meeting

FILE_NAME = "priority.pdf"


@transaction.atomic
def add_plan_paper(*, item: AgendaItem, priority: Priority, by: Person, now: datetime) -> Document:
    """File a priority of the plan, as it stands now, under an item: a PDF for the group alone.

    Where the item has a paper on this priority already, that one gets a newer version. Raises NotAllowedError with the
    reason why not: also when the plan says word for word what the paper says, and when the paper stands under another
    item, since a pack would then hold it twice.
    """
    meeting = Meeting.objects.select_for_update().get(pk=item.meeting_id)
    standing = check_runs(by, meeting.group, now=now)
    if not priorities_visible_to(standing).filter(pk=priority.pk).exists():
        raise NotAllowedError("That priority is not in this partnership's plan.")
    paper = priority_paper(standing, priority, timezone.localdate(now))
    content = io.BytesIO(write_paper(paper, on=timezone.localdate(now)))
    subject, title = reference_of(item), paper.title[:200]
    document = _paper_of(meeting, title)
    if document is None:
        document = attach(
            partnership=meeting.partnership,
            subject=subject,
            title=title,
            marking=Marking.GROUP_ONLY,
            group=meeting.group,
            file=content,
            name=FILE_NAME,
            by=by,
            now=now,
        )
    elif document.subject != subject:
        raise NotAllowedError(
            f"This priority is in the papers already, under {_place(meeting, document)}. Renew it there, or file that "
            "paper under this item on its own page."
        )
    else:
        add_version(document=document, file=content, name=FILE_NAME, by=by, now=now)
    detail = {"paper": document.pk, "priority": priority.pk, "item": item.pk}
    record(event=EventType.AGENDA_CHANGED, by=by, now=now, detail=detail, **on_meeting(meeting))
    return document


def _paper_of(meeting: Meeting, title: str) -> Document | None:
    """The paper of this title that goes into the pack: under an item that stands, or under the meeting as a whole."""
    subjects = [f"meeting:{meeting.pk}", *(part.reference for part in filing_places(meeting) if part.is_open)]
    known = Document.objects.filter(partnership=meeting.partnership, withdrawn_at=None, subject__in=subjects)
    return known.filter(title=title).first()


def _place(meeting: Meeting, document: Document) -> str:
    words = {part.reference: f"“{part.words}”" for part in filing_places(meeting)}
    return words.get(document.subject, "the meeting as a whole")
