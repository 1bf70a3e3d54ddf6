"""Where the folder of an extract is, and taking it away. The store itself is `store/`, which knows no database."""

from pathlib import Path

from django.conf import settings

from .models import Extract
from .store import StoredExtract, delete, extract_folder
from .store.places import MANIFEST


def stored_folder(extract: Extract) -> Path:
    """Its folder in the store, whether or not it is there."""
    return extract_folder(Path(settings.EXTRACT_STORE), extract.partnership.area.code, extract.folder)


def is_on_disk(extract: Extract) -> bool:
    """Whether its folder is there. It is not where a database was restored without the folders beside it."""
    return (stored_folder(extract) / MANIFEST).is_file()


def stored(extract: Extract) -> StoredExtract:
    """The extract as the engine reads it. Raises StoreError when its folder is not whole."""
    return StoredExtract(stored_folder(extract))


def withdraw(extract: Extract) -> None:
    """Take its folder out of the store. Does nothing when there is none."""
    folder = stored_folder(extract)
    if folder.exists():
        delete(StoredExtract(folder))
