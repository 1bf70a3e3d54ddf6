"""Whose figures a file says that they are: in its own column of authorities, and in its name. Pure.

Any layout may carry such a column. It is looked at here and taken off, so that no layout has to know it.
"""

from ..rows import Finding, Place
from .context import Context
from .sheets import Line, Sheet, error, fault, note, short, shortened

# Headings under which exports write whose figures they are, in the plain form of a heading.
AREA_COLUMNS = ("area", "area_name", "authority", "borough", "la", "la_name", "local_authority", "local_authority_name")
# Words that one file writes and another leaves out: “London Borough of Barnet”, “Derby City Council”.
_TITLES = frozenset(
    {"the", "of", "london", "royal", "metropolitan", "unitary", "borough", "city", "county", "district", "council"}
    | {"authority", "lb", "rb", "mbc"}
)
# Authorities that a file name can mention without meaning them.
ORDINARY_WORDS = frozenset({"reading", "bury"})


def take_area_columns(sheet: Sheet, context: Context) -> tuple[Sheet, list[Finding]]:
    """The sheet without its columns of authorities, and an error for each row that names another one than the return.

    The errors name row and column; after the first few they are counted.
    """
    places = [at for at, heading in enumerate(sheet.headings) if heading in AREA_COLUMNS]
    if not places:
        return sheet, []
    wrong = [
        finding
        for line in sheet.lines
        for at in places
        for finding in _check_area(line.cells[at], context, sheet.place(line, sheet.headings[at]))
    ]
    kept = [at for at in range(len(sheet.headings)) if at not in places]
    lines = tuple(Line(line.number, tuple(line.cells[at] for at in kept)) for line in sheet.lines)
    return Sheet(sheet.name, tuple(sheet.headings[at] for at in kept), lines), shortened(wrong)


def is_same_area(one: str, other: str) -> bool:
    """Whether two ways of writing an authority's name mean the same one; titles such as “Borough of” do not count."""
    first, second = _words(one), _words(other)
    plain = [word for word in first if word not in _TITLES]
    return first == second or (bool(plain) and plain == [word for word in second if word not in _TITLES])


def _words(text: str) -> list[str]:
    letters = "".join(letter if letter.isalnum() else " " for letter in text.replace("&", " and "))
    return letters.casefold().split()


def _check_area(text: str, context: Context, place: Place) -> list[Finding]:
    text = text.strip()
    if not text or not context.area or is_same_area(text[:200], context.area):
        return []
    message = f"The row is for “{short(text)}” but this return belongs to {context.area}."
    return [error("area-wrong", place, text, context.area, message)]


def check_file_name(name: str, context: Context) -> list[Finding]:
    """A fault when the name of the file holds another authority's name and not this one's.

    A note alone for authorities whose names are ordinary words: `reading.csv` may hold somebody's reading.
    """
    padded = f" {' '.join(_words(name))} "
    if not context.area or f" {context.area.casefold()} " in padded:
        return []
    others = [area for area in sorted(context.other_areas) if f" {area.casefold()} " in padded]
    say = note if others and others[0].casefold() in ORDINARY_WORDS else fault
    return [
        say(
            "file-other-area",
            Place(),
            name,
            context.area,
            f"The file is named after {others[0]} but is being sent for {context.area}. Make sure that it "
            f"is the right one.",
        )
        for _ in others[:1]
    ]
