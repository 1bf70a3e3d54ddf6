"""The closed words of a rule: its group, its edition's file and how sure we are of it. Pure."""

from enum import StrEnum


class Group(StrEnum):
    """The part of the work that a limit belongs to, in the order of the pages."""

    FRONT_DOOR = "front_door"
    ASSESSMENT = "assessment"
    CHILD_PROTECTION = "child_protection"
    CHILD_IN_NEED = "child_in_need"
    LEGAL = "legal"
    LOOKED_AFTER = "looked_after"
    CARE_LEAVER = "care_leaver"
    MISSING = "missing"
    EXPLOITATION = "exploitation"
    LADO = "lado"
    PRIVATE_FOSTERING = "private_fostering"
    SEND = "send"
    SERIOUS_INCIDENT = "serious_incident"
    CHILD_DEATH = "child_death"
    PARTNERSHIP = "partnership"
    PLAN = "plan"
    MEETINGS = "meetings"
    ESCALATION = "escalation"
    COMPLAINTS = "complaints"
    HOMES = "homes"
    EDUCATION = "education"
    HARMFUL_PRACTICE = "harmful_practice"
    POLICE = "police"
    DATA = "data"
    VOICE = "voice"

    @property
    def heading(self) -> str:
        return _TITLES[self]

    @property
    def slug(self) -> str:
        return self.value.replace("_", "-")


_TITLES = {
    Group.FRONT_DOOR: "The front door",
    Group.ASSESSMENT: "Assessment",
    Group.CHILD_PROTECTION: "Child protection",
    Group.CHILD_IN_NEED: "Children in need",
    Group.LEGAL: "Court and before court",
    Group.LOOKED_AFTER: "Children in care",
    Group.CARE_LEAVER: "Care leavers",
    Group.MISSING: "Missing children",
    Group.EXPLOITATION: "Exploitation",
    Group.LADO: "Allegations against people who work with children",
    Group.PRIVATE_FOSTERING: "Private fostering",
    Group.SEND: "Special educational needs",
    Group.SERIOUS_INCIDENT: "Serious incidents and reviews",
    Group.CHILD_DEATH: "Child deaths",
    Group.PARTNERSHIP: "The partnership’s own year",
    Group.PLAN: "The plan",
    Group.MEETINGS: "Meetings",
    Group.ESCALATION: "Professional disagreement",
    Group.COMPLAINTS: "Complaints and enquiries",
    Group.HOMES: "Children’s homes",
    Group.EDUCATION: "Schools",
    Group.HARMFUL_PRACTICE: "Harmful practices",
    Group.POLICE: "Police",
    Group.DATA: "Personal data",
    Group.VOICE: "Children’s voice",
}


class Confidence(StrEnum):
    """How the number of a rule is known. The marks in brackets are those of the list that the rules were taken from."""

    SOURCE = "source"
    PUBLIC_TEXT = "public_text"
    MEMORY_HIGH = "memory_high"
    MEMORY_MEDIUM = "memory_medium"
    MEMORY_LOW = "memory_low"
    UNSURE = "unsure"

    @property
    def words(self) -> str:
        return _CONFIDENCE[self]

    @property
    def needs_sign_off(self) -> bool:
        """Whether somebody in the partnership has to look before it is relied on."""
        return self in {Confidence.MEMORY_LOW, Confidence.UNSURE}


_CONFIDENCE = {
    Confidence.SOURCE: "Seen in a published partnership document (S)",
    Confidence.PUBLIC_TEXT: "Seen in public text (T)",
    Confidence.MEMORY_HIGH: "Known, not checked against the text; most likely right (M-high)",
    Confidence.MEMORY_MEDIUM: "Known, not checked against the text (M-medium)",
    Confidence.MEMORY_LOW: "Not checked; look it up before you rely on it (M-low)",
    Confidence.UNSURE: "Unsure (UNSURE)",
}
