"""A text column that the database holds sealed, so that a copy of the database alone gives nothing away."""

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models, transaction
from django.db.models.lookups import Lookup

from .field_encryption import open_record, seal_text

if TYPE_CHECKING:
    _Text = models.TextField[str, str]
else:
    _Text = models.TextField

PURPOSE = b"trefoil sealed records 1"


class SealedTextField(_Text):
    """Text sealed with the newest of `settings.FIELD_KEYS` when it is saved and opened when it is loaded.

    It cannot be searched, sorted or compared in the database: asking for that is an error, so nothing of it can come
    into a list or a count by mistake. An empty text stays empty. Loading raises LostKeyError where no key opens it.
    """

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return seal_text(text, PURPOSE) if text else text

    def from_db_value(self, value: str | None, _expression: object, _connection: object) -> str | None:
        return open_record(value, PURPOSE) if value else value

    def get_lookup(self, lookup_name: str) -> type[Lookup[Any]] | None:
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None


def sealed_columns(model: type[models.Model]) -> list[str]:
    """The names of a table's sealed columns."""
    return [field.name for field in model._meta.local_concrete_fields if isinstance(field, SealedTextField)]


@transaction.atomic
def seal_app_again(label: str) -> int:
    """Put every sealed column of a room under the newest key of FIELD_KEYS. How many rows.

    Raises LostKeyError and changes nothing when one of them cannot be opened.
    """
    return sum(_seal_again(model) for model in apps.get_app_config(label).get_models())


def _seal_again(model: type[models.Model]) -> int:
    columns = sealed_columns(model)
    if not columns:
        return 0
    rows = list(model._base_manager.select_for_update(of=("self",)).order_by("pk"))
    for row in rows:
        row.save(update_fields=columns)
    return len(rows)
