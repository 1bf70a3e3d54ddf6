"""Files of each kind that is taken, made here, and a document attached in the tests' world."""

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document as WordDocument
from openpyxl import Workbook
from pypdf import PdfWriter
from pypdf.actions import JavaScript

from tests.world import World
from trefoil.documents.enums import Marking
from trefoil.documents.models import Document
from trefoil.documents.operations import attach

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(40)
JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(40)
OPEN_DOCUMENT = {"odt": "text", "ods": "spreadsheet"}


def written(save: Any) -> bytes:
    """What `save(stream)` writes."""
    out = BytesIO()
    save(out)
    return out.getvalue()


def pdf(**of: Any) -> bytes:
    """A PDF of one empty page. `password` locks it, `script` runs on opening, `inside` is a file in it."""
    writer = PdfWriter()
    writer.add_blank_page(width=72, height=72)
    if "script" in of:
        writer.add_open_action(JavaScript(of["script"]))
    if "inside" in of:
        writer.add_attachment("inside.txt", of["inside"])
    if "password" in of:
        writer.encrypt(of["password"], algorithm="AES-256")
    return written(writer.write)


def package(parts: Mapping[str, bytes]) -> bytes:
    """A zip file of these parts."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as held:
        for name, data in parts.items():
            held.writestr(name, data)
    return out.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The package with one part more."""
    with ZipFile(BytesIO(data)) as held:
        return package({**{one: held.read(one) for one in held.namelist()}, name: content})


def office(kind: str) -> bytes:
    """The least package of an Office kind."""
    main = {"pptx": "presentationml.presentation", "docx": "wordprocessingml.document", "xlsx": "spreadsheetml.sheet"}
    types = f"<Types><Override ContentType='application/vnd.openxmlformats-officedocument.{main[kind]}.main+xml'/>"
    return package({"[Content_Types].xml": types.encode(), "part.xml": b"<x/>"})


def open_document(kind: str) -> bytes:
    return package({"mimetype": f"application/vnd.oasis.opendocument.{OPEN_DOCUMENT[kind]}".encode()})


def samples() -> dict[str, bytes]:
    """One sound file of each ending that is taken."""
    return {
        "minutes.pdf": pdf(),
        "plan.docx": written(WordDocument().save),
        "figures.xlsx": written(Workbook().save),
        "slides.pptx": office("pptx"),
        "note.odt": open_document("odt"),
        "list.ods": open_document("ods"),
        "table.csv": "agency,amount\nFairmead Police,£5\n".encode("cp1252"),
        "note.txt": "Plain text, with a tab\tand an é.\n".encode(),
        "chart.png": PNG,
        "photo.jpg": JPG,
        "photo.JPEG": JPG,
    }


def attached(world: World, *, now: datetime, **given: Any) -> Document:
    """A text attached to Fairmead by its manager, or what `given` says instead."""
    asked: dict[str, Any] = {
        "partnership": world.fairmead,
        "subject": f"partnership:{world.fairmead.slug}",
        "title": "Arrangements",
        "marking": Marking.OPEN,
        "file": BytesIO(b"What the partners have agreed."),
        "name": "arrangements.txt",
        "by": world.manager,
        "now": now,
    }
    return attach(**{**asked, **given})
