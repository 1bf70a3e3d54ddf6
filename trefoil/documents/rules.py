"""Who may read which documents, and who may attach and withdraw one."""

from datetime import datetime

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import groups_sat_in, standing_of
from trefoil.access.rules import Standing
from trefoil.people.models import Group, Partnership, Person

from .enums import Marking
from .models import Document, DocumentQuerySet, DocumentVersion
from .subjects import DocumentSubject, document_subject

READS = (Permission.READ_MEETINGS, Permission.READ_PLAN)
SHORTEST_REASON = 10


def documents_visible_to(standing: Standing) -> DocumentQuerySet:
    """The partnership's documents that this reader's duties and seats open, withdrawn ones included.

    Those of records for named readers (the setting RESTRICTED_DOCUMENTS) are for these readers, whatever their marking,
    and for nobody by duty. Such a record may be another partnership's that this one carries with it.
    """
    documents = DocumentQuerySet(Document).select_related(
        "group", "agency", "attached_by", "withdrawn_by", "partnership"
    )
    by_duty, by_name = Q(partnership=standing.partnership) & _by_duty(standing), Q(pk__in=[])
    for beginning, read_by in settings.RESTRICTED_DOCUMENTS.items():
        by_duty &= ~Q(subject__startswith=beginning)
        by_name |= Q(subject__startswith=beginning, subject__in=import_string(read_by)(standing))
    return documents.filter(by_duty | by_name)


def _by_duty(standing: Standing) -> Q:
    if not any(standing.may(permission) for permission in READS):
        return Q(pk__in=[])
    if standing.may(Permission.READ_ALL_PAPERS):
        return Q()
    return Q(marking=Marking.OPEN) | Q(attached_by=standing.person) | Q(group__in=_groups(standing))


def _groups(standing: Standing) -> QuerySet[Group]:
    """The groups in which the reader sits today, by a seat of their own or by a duty."""
    return groups_sat_in(standing, today=timezone.localdate())


def versions_visible_to(standing: Standing) -> QuerySet[DocumentVersion]:
    """The files of those documents. Of a withdrawn one only for those who read every group's papers, if not sealed."""
    versions = DocumentVersion.objects.filter(document__in=documents_visible_to(standing)).select_related("added_by")
    stands = Q(document__withdrawn_at=None)
    kept = versions.filter(stands | Q(is_sealed=False) if standing.may(Permission.READ_ALL_PAPERS) else stands)
    return kept.select_related("document__partnership")


def groups_offered_to(standing: Standing) -> QuerySet[Group]:
    """The groups for which this person may mark a document: their own, or every one for who runs meetings."""
    groups = Group.objects.filter(partnership=standing.partnership)
    if standing.may(Permission.RUN_MEETINGS):
        return groups
    return groups.filter(pk__in=_groups(standing))


def attaching(by: Person, partnership: Partnership, subject: str, *, now: datetime) -> Standing:
    """Where the person stands. Raises NotAllowedError when they may not attach anything to this record."""
    standing = standing_of(by, partnership, now=now)
    record = document_subject(standing, subject)
    if record is None or not record.may_attach:
        raise NotAllowedError("your duties do not include attaching documents to this record")
    return standing


def check_marking(marking: Marking, group: Group | None, standing: Standing) -> None:
    """Raises NotAllowedError when the marking lacks its group or the group is not one the person may mark for."""
    if marking == Marking.GROUP_ONLY and group is None:
        raise NotAllowedError("choose the group whose members may read it")
    if group is not None and not groups_offered_to(standing).filter(pk=group.pk).exists():
        raise NotAllowedError("you can mark a document only for a group that you sit in")


def may_withdraw(standing: Standing, document: Document, record: DocumentSubject | None) -> bool:
    """Who attached it, and whoever may attach to the record."""
    return document.attached_by_id == standing.person.pk or bool(record and record.may_attach)
