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
    READ_PLAN = "read_plan"
    WRITE_PLAN = "write_plan"
    ADD_RECOMMENDATION = "add_recommendation"
    ANSWER_ACTION = "answer_action"
    JUDGE_IMPACT = "judge_impact"
    READ_RISKS = "read_risks"
    READ_MEETINGS = "read_meetings"
    READ_ALL_PAPERS = "read_all_papers"
    RUN_MEETINGS = "run_meetings"
    TAKE_POSITION = "take_position"
    READ_BUDGET = "read_budget"
    WRITE_BUDGET = "write_budget"
    READ_CLOCKS = "read_clocks"
    MANAGE_CLOCKS = "manage_clocks"
    SIGN_OFF_RULE = "sign_off_rule"
    READ_REVIEWS = "read_reviews"
    KNOW_OF_REVIEWS = "know_of_reviews"
    RUN_REVIEWS = "run_reviews"
    READ_PUBLISHING = "read_publishing"
    WRITE_PUBLISHING = "write_publishing"
    RUN_PUBLISHING = "run_publishing"
    GIVE_SCRUTINY = "give_scrutiny"
    READ_DEATHS = "read_deaths"
    KNOW_OF_DEATHS = "know_of_deaths"
    RUN_DEATHS = "run_deaths"


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
    Permission.READ_PLAN: "read the plan: priorities, recommendations and actions",
    Permission.WRITE_PLAN: "write the plan and give actions to agencies",
    Permission.ADD_RECOMMENDATION: "add a recommendation",
    Permission.ANSWER_ACTION: "accept, refuse and update your agency's actions",
    Permission.JUDGE_IMPACT: "judge whether an action changed anything, and close it",
    Permission.READ_RISKS: "read the risk register",
    Permission.READ_MEETINGS: "see meetings, and the papers of your own groups",
    Permission.READ_ALL_PAPERS: "read the papers and minutes of every group",
    Permission.RUN_MEETINGS: "call meetings, set agendas and write minutes",
    Permission.TAKE_POSITION: "record your statutory partner's position on a decision",
    Permission.READ_BUDGET: "read the budget and contributions",
    Permission.WRITE_BUDGET: "write the budget and contributions",
    Permission.READ_CLOCKS: "see time limits and what is due",
    Permission.MANAGE_CLOCKS: "set local time limits, pause and explain clocks",
    Permission.SIGN_OFF_RULE: "sign off a time limit that is marked unsure",
    Permission.READ_REVIEWS: "open the reviews that you have been put on",
    Permission.KNOW_OF_REVIEWS: "know by its reference that a review exists, and ask to read it",
    Permission.RUN_REVIEWS: "record a serious incident and run its review",
    Permission.READ_PUBLISHING: "read the frozen editions of reports and arrangements",
    Permission.WRITE_PUBLISHING: "write in drafts of reports and arrangements",
    Permission.RUN_PUBLISHING: "begin reports, put them to the partners, freeze, send, publish and take them down",
    Permission.GIVE_SCRUTINY: "say what independent scrutiny found in an edition",
    Permission.READ_DEATHS: "notify a child’s death, and open the reviews of deaths that you have been put on",
    Permission.KNOW_OF_DEATHS: "know by its reference that a death is reviewed, ask to read it, and see yearly figures",
    Permission.RUN_DEATHS: "take up notifications of children’s deaths, run their reviews and call the panel",
}


def permission_words() -> list[tuple[str, str]]:
    """The list as a table's choices. A function, so that a new permission needs no migration."""
    return [(permission.value, words) for permission, words in WORDS.items()]
