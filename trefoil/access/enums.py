"""What a duty can give: the closed list of permissions, each with words for the screen."""

from enum import StrEnum


class Permission(StrEnum):
    """One thing that somebody may do within one partnership."""

    READ_FIGURES = "read_figures"
    READ_RETURNS_OF_OWN_AGENCY = "read_returns_of_own_agency"
    READ_ALL_RETURNS = "read_all_returns"
    ENTER_RETURN = "enter_return"
    SUBMIT_RETURN = "submit_return"
    APPROVE_RETURN = "approve_return"
    OPEN_RETURN = "open_return"
    SET_TARGET = "set_target"
    PREPARE_PUBLICATION = "prepare_publication"
    WRITE_COMMENTARY = "write_commentary"
    READ_PEOPLE = "read_people"
    MANAGE_PEOPLE = "manage_people"
    READ_TRAIL = "read_trail"
    BREAK_GLASS = "break_glass"
    EXTRACT_LOAD = "extract_load"
    EXTRACT_FIGURES = "extract_figures"
    EXTRACT_ROWS = "extract_rows"


WORDS: dict[Permission, str] = {
    Permission.READ_FIGURES: "read the partnership's figures",
    Permission.READ_RETURNS_OF_OWN_AGENCY: "read your own agency's returns",
    Permission.READ_ALL_RETURNS: "read every agency's returns",
    Permission.ENTER_RETURN: "enter your agency's figures",
    Permission.SUBMIT_RETURN: "submit your agency's return",
    Permission.APPROVE_RETURN: "query and approve returns",
    Permission.OPEN_RETURN: "open a return for an agency",
    Permission.SET_TARGET: "set targets",
    Permission.PREPARE_PUBLICATION: "prepare figures for publication",
    Permission.WRITE_COMMENTARY: "write commentary for your agency",
    Permission.READ_PEOPLE: "see who holds which duty",
    Permission.MANAGE_PEOPLE: "give and end duties",
    Permission.READ_TRAIL: "see who read and changed what",
    Permission.BREAK_GLASS: "open emergency access, with a reason",
    Permission.EXTRACT_LOAD: "load and delete child-level extracts",
    Permission.EXTRACT_FIGURES: "read figures worked out from extracts",
    Permission.EXTRACT_ROWS: "look at rows of an extract, with a reason each time",
}
