"""One writer at a time: a document's row is held while something in it is changed or it changes its status."""

from .models import PublicDocument


def locked(document: PublicDocument) -> PublicDocument:
    """The document as it is now, held until the transaction ends: nobody writes while it goes to the partners."""
    return PublicDocument.objects.select_for_update(of=("self",)).select_related("partnership").get(pk=document.pk)
