"""A value for every part of publishing's URLs; `tests/repository/url_samples.py` takes them in."""

from collections.abc import Callable
from typing import Any

from tests.publishing.made import a_document, frozen, put_in, section_of
from trefoil.publishing.enums import BlockKind
from trefoil.publishing.models import Block


def _document(asking: Any) -> int:
    """A yearly report that is a draft, with a figure in it that is not ready to go out."""
    return _block(asking).section.document_id


def _block(asking: Any) -> Block:
    section = section_of(a_document(asking.world, now=asking.now), "data")
    held = section.blocks.filter(removed_at__isnull=True).select_related("section").first()
    return held or put_in(section, BlockKind.INDICATOR, "FD08", asking.world, now=asking.now)


DOCUMENT_PAGES = (
    "document",
    "change",
    "read",
    "check",
    "overrule",
    "offer",
    "answer",
    "draw_back",
    "freeze",
)

PUBLISHING_SAMPLES: dict[tuple[str, str] | str, Callable[[Any], Any]] = {
    **{(f"publishing_{page}", "pk"): _document for page in DOCUMENT_PAGES},
    **{
        (f"publishing_{page}", "pk"): lambda asking: _block(asking).section_id for page in ("section", "write", "block")
    },
    ("publishing_file", "pk"): _document,
    ("publishing_edition_file", "pk"): lambda asking: frozen(asking.world, now=asking.now).pk,
    "file_kind": lambda _asking: "html",
    ("publishing_overrule", "line"): lambda _asking: "YR18-M1",
    ("publishing_block", "kind"): lambda _asking: "priority",
    ("publishing_block_remove", "pk"): lambda asking: _block(asking).pk,
    ("publishing_edition", "pk"): lambda asking: frozen(asking.world, now=asking.now).pk,
}
