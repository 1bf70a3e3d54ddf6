"""A value for every part of publishing's URLs; `tests/repository/url_samples.py` takes them in."""

from collections.abc import Callable
from typing import Any

from tests.publishing.made import (
    a_comment,
    a_document,
    a_frozen_policy,
    a_part,
    a_passage,
    a_policy,
    a_sending,
    a_statement,
    an_own_section,
    frozen,
    put_in,
    section_of,
    wrote,
)
from trefoil.publishing.enums import BlockKind
from trefoil.publishing.models import Block, Section


def _document(asking: Any) -> int:
    """A yearly report that is a draft, with a figure in it that is not ready to go out."""
    return _block(asking).section.document_id


def _block(asking: Any) -> Block:
    section = section_of(a_document(asking.world, now=asking.now), "data")
    held = section.blocks.filter(removed_at__isnull=True).select_related("section").first()
    return held or put_in(section, BlockKind.INDICATOR, "FD08", asking.world, now=asking.now)


def _section(asking: Any) -> Section:
    return section_of(_block(asking).section.document, "data")


def _saved(asking: Any) -> Section:
    """That section with its words saved once."""
    section = _section(asking)
    if not section.versions.exists():
        wrote(section, asking.world, now=asking.now)
    return section


DOCUMENT_PAGES = (
    "document",
    "change",
    "read",
    "check",
    "links",
    "own_section",
    "overrule",
    "offer",
    "answer",
    "draw_back",
    "freeze",
)

EDITION_PAGES = ("after", "compare", "scrutinise", "board", "send", "publish", "take_down", "put_back")

PUBLISHING_SAMPLES: dict[tuple[str, str] | str, Callable[[Any], Any]] = {
    **{(f"publishing_{page}", "pk"): _document for page in DOCUMENT_PAGES},
    **{
        (f"publishing_{page}", "pk"): lambda asking: _block(asking).section_id for page in ("section", "write", "block")
    },
    ("publishing_file", "pk"): _document,
    **{
        (f"publishing_{page}", "pk"): lambda asking: an_own_section(_block(asking).section.document, asking.world).pk
        for page in ("place", "section_remove")
    },
    **{(f"publishing_{page}", "pk"): lambda asking: _saved(asking).pk for page in ("history", "version", "words_back")},
    **{
        (f"publishing_{page}", "number"): lambda asking: _saved(asking).versions.last().number
        for page in ("version", "words_back")
    },
    **{
        (f"publishing_{page}", "pk"): lambda asking: a_policy(asking.world, now=asking.now).pk
        for page in ("care", "agreed")
    },
    ("publishing_reviewed", "pk"): lambda asking: a_frozen_policy(asking.world, now=asking.now).pk,
    ("publishing_next", "pk"): lambda asking: frozen(asking.world, now=asking.now).document_id,
    **{(f"publishing_{page}", "pk"): lambda asking: frozen(asking.world, now=asking.now).pk for page in EDITION_PAGES},
    **{
        (f"publishing_{page}", "pk"): lambda asking: a_sending(asking.world, now=asking.now).pk
        for page in ("acknowledge", "take_back")
    },
    ("publishing_statement_back", "pk"): lambda asking: a_statement(asking.world, now=asking.now).pk,
    ("publishing_board_back", "pk"): lambda asking: a_passage(asking.world, now=asking.now).pk,
    ("publishing_edition_file", "pk"): lambda asking: frozen(asking.world, now=asking.now).pk,
    **{(f"publishing_{page}", "pk"): lambda asking: _block(asking).section_id for page in ("ask", "comment")},
    **{
        (f"publishing_{page}", "pk"): lambda asking: a_part(_section(asking), asking.world, now=asking.now).pk
        for page in ("contribution", "contribution_withdraw")
    },
    ("publishing_comment_settle", "pk"): lambda asking: a_comment(_section(asking), asking.world, now=asking.now).pk,
    **{(f"publishing_{page}", "file_format"): lambda _asking: "html" for page in ("file", "edition_file")},
    ("publishing_overrule", "line"): lambda _asking: "YR18-M1",
    ("publishing_block", "kind"): lambda _asking: "priority",
    ("publishing_block_remove", "pk"): lambda asking: _block(asking).pk,
    ("publishing_edition", "pk"): lambda asking: frozen(asking.world, now=asking.now).pk,
}
