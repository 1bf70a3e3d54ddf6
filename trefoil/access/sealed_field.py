"""A text column that the database holds sealed, so that a copy of the database alone gives nothing away."""

from typing import TYPE_CHECKING, Any

from django.db import models
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
