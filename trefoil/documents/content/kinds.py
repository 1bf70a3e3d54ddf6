"""The short list of what may be attached. Anything else is refused by name, and again by content."""

from enum import StrEnum


class FileKind(StrEnum):
    """A kind of file that is taken; its value is the ending of the name."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    ODT = "odt"
    ODS = "ods"
    CSV = "csv"
    TXT = "txt"
    PNG = "png"
    JPG = "jpg"


WORDS: dict[FileKind, str] = {
    FileKind.PDF: "PDF",
    FileKind.DOCX: "Word document",
    FileKind.XLSX: "Excel workbook",
    FileKind.PPTX: "PowerPoint slides",
    FileKind.ODT: "OpenDocument text",
    FileKind.ODS: "OpenDocument spreadsheet",
    FileKind.CSV: "CSV table",
    FileKind.TXT: "Plain text",
    FileKind.PNG: "PNG picture",
    FileKind.JPG: "JPEG picture",
}

# What the browser is told. Text says no more than text, so that no browser reads it as a page.
MIME: dict[FileKind, str] = {
    FileKind.PDF: "application/pdf",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    FileKind.ODT: "application/vnd.oasis.opendocument.text",
    FileKind.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    FileKind.CSV: "text/csv; charset=utf-8",
    FileKind.TXT: "text/plain; charset=utf-8",
    FileKind.PNG: "image/png",
    FileKind.JPG: "image/jpeg",
}

ENDINGS: dict[str, FileKind] = {**{kind.value: kind for kind in FileKind}, "jpeg": FileKind.JPG}
ACCEPT = ",".join(f".{ending}" for ending in ENDINGS)
LIST_WORDS = "PDF, Word (docx), Excel (xlsx), PowerPoint (pptx), OpenDocument (odt, ods), CSV, plain text, PNG or JPEG"

# Endings that people do send, and what to do instead.
CURES: dict[str, str] = {
    "doc": "Save it as .docx in Word and send that.",
    "xls": "Save it as .xlsx in Excel and send that.",
    "ppt": "Save it as .pptx in PowerPoint and send that.",
    "docm": "It may hold macros. Save it as .docx and send that.",
    "xlsm": "It may hold macros. Save it as .xlsx and send that.",
    "xlsb": "It may hold macros. Save it as .xlsx and send that.",
    "pptm": "It may hold macros. Save it as .pptx and send that.",
    "msg": "Save the e-mail as PDF and send that.",
    "eml": "Save the e-mail as PDF and send that.",
    "zip": "Send the files in it one by one.",
    "7z": "Send the files in it one by one.",
    "rar": "Send the files in it one by one.",
    "heic": "Save the picture as JPEG and send that.",
    "html": "Save the page as PDF and send that.",
    "htm": "Save the page as PDF and send that.",
    "svg": "Save the drawing as PNG or PDF and send that.",
    "rtf": "Save it as .docx or PDF and send that.",
}
