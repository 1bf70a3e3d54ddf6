"""Reviews under a new key: part of `trefoil seal_again`."""

from django.apps import apps
from django.db import models, transaction

from trefoil.access.sealed_field import sealed_columns


@transaction.atomic
def seal_reviews_again() -> int:
    """Put every sealed column of this room under the newest key of FIELD_KEYS. How many rows.

    Raises LostKeyError and changes nothing when one of them cannot be opened.
    """
    return sum(_seal(model) for model in apps.get_app_config("reviews").get_models())


def _seal(model: type[models.Model]) -> int:
    columns = sealed_columns(model)
    if not columns:
        return 0
    rows = list(model._base_manager.select_for_update(of=("self",)).order_by("pk"))
    for row in rows:
        row.save(update_fields=columns)
    return len(rows)
