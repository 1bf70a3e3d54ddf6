"""The styles of Word that a document uses: one typeface, sizes of its own, English of Great Britain."""

from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from .tree import LANGUAGE

TYPEFACE = "Arial"
INK, QUIET_INK, LINK = RGBColor(0x0B, 0x0C, 0x0C), RGBColor(0x4A, 0x52, 0x57), RGBColor(0x12, 0x55, 0x8C)
QUIET = "Source"
FOOT = "Foot"
SIZES = {
    "Normal": 11,
    "Title": 26,
    "Subtitle": 12,
    "Heading 1": 18,
    "Heading 2": 13,
    "Heading 3": 11,
    "Caption": 10,
    "Intense Quote": 11,
    "TOC Heading": 13,
}
OWN = {QUIET: (9.5, QUIET_INK), FOOT: (8.5, QUIET_INK), "Table Text": (9.5, INK), "TOC 1": (11, INK)}
BOLD = frozenset({"Title", "Heading 1", "Heading 2", "Heading 3", "Caption", "TOC Heading"})

AFTER = {QUIET: 8, "Table Text": 0}
"""Points beneath a paragraph of these styles."""


def dress(word: Word) -> None:
    """Set language, page, typeface and sizes, and add the styles that the library's own file lacks."""
    _language(word)
    page = word.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.4)
    for name, size in SIZES.items():
        style = word.styles[name]
        if isinstance(style, ParagraphStyle):
            _plain(style, size, QUIET_INK if name == "Subtitle" else INK)
            style.font.bold = name in BOLD
    for name, (own_size, colour) in OWN.items():
        added = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        if isinstance(added, ParagraphStyle):
            added.base_style = word.styles["Normal"]
            added.font.size, added.font.color.rgb = Pt(own_size), colour
            added.paragraph_format.space_after = Pt(AFTER.get(name, 2))
    link = word.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.underline, link.font.color.rgb = True, LINK


def _language(word: Word) -> None:
    for held in word.styles.element.iter(qn("w:lang")):
        held.set(qn("w:val"), LANGUAGE)


def _plain(style: ParagraphStyle, size: float, colour: RGBColor) -> None:
    """One typeface in place of the theme's two, no colour of the theme and no line beneath."""
    properties = style.element.get_or_add_rPr()
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    fonts = OxmlElement("w:rFonts")
    for name in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{name}"), TYPEFACE)
    properties.insert(0, fonts)
    style.font.size, style.font.italic = Pt(size), False
    for spread in properties.findall(qn("w:spacing")):
        properties.remove(spread)
    style.font.color.rgb = colour
    paragraph = style.element.get_or_add_pPr()
    for line in paragraph.findall(qn("w:pBdr")):
        paragraph.remove(line)
