"""Who may see which editions."""

from django.db.models import QuerySet

from trefoil.access.enums import Permission
from trefoil.access.rules import Standing

from .models import PublishedEdition


def editions_visible_to(standing: Standing) -> QuerySet[PublishedEdition]:
    """The partnership's editions, for those who may prepare one. What they may see of it is what was shown."""
    if not standing.may(Permission.PREPARE_PUBLICATION):
        return PublishedEdition.objects.none()
    editions = PublishedEdition.objects.filter(partnership=standing.partnership)
    return editions.select_related("partnership", "prepared_by")
