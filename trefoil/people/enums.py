"""The closed lists of who there is: areas, agencies, groups and duties."""

from django.db.models import TextChoices


class AreaKind(TextChoices):
    LOCAL_AUTHORITY = "local_authority", "Local authority"
    REGION = "region", "Region"
    LONDON_PART = "london_part", "Part of London"
    ENGLAND = "england", "England"
    INVENTED = "invented", "Invented borough"


class AgencyKind(TextChoices):
    """What an agency is to a partnership. Source: Working Together 2023, chapter 2."""

    SAFEGUARDING_PARTNER = "safeguarding_partner", "Safeguarding partner"
    RELEVANT_AGENCY = "relevant_agency", "Relevant agency"
    OTHER = "other", "Other organisation"


class Sector(TextChoices):
    """The part of public life an agency belongs to; an indicator names the sector that owns it."""

    CHILDREN_SOCIAL_CARE = "children_social_care", "Children's social care"
    EARLY_HELP = "early_help", "Early help"
    EDUCATION = "education", "Education"
    POLICE = "police", "Police"
    HEALTH = "health", "Health"
    PUBLIC_HEALTH = "public_health", "Public health"
    YOUTH_JUSTICE = "youth_justice", "Youth justice"
    HOUSING = "housing", "Housing"
    PROBATION = "probation", "Probation"
    LADO = "lado", "Designated officer (LADO)"
    CHILD_DEATH_PANEL = "child_death_panel", "Child death overview panel"
    VOLUNTARY_SECTOR = "voluntary_sector", "Voluntary, community and faith sector"
    PARTNERSHIP = "partnership", "The partnership's own team"
    COMMUNITY_SAFETY = "community_safety", "Community safety"
    LEGAL = "legal", "Legal services"
    CORPORATE = "corporate", "Corporate services"


class GroupKind(TextChoices):
    EXECUTIVE = "executive", "Executive"
    BOARD = "board", "Board"
    SUBGROUP = "subgroup", "Subgroup"
    PANEL = "panel", "Panel"
    FORUM = "forum", "Forum"


class GroupRole(TextChoices):
    CHAIR = "chair", "Chair"
    VICE_CHAIR = "vice_chair", "Vice chair"
    MEMBER = "member", "Member"
    ADVISER = "adviser", "Adviser"


class DutyKind(TextChoices):
    """What a person is there to do. A duty, never a job title, decides what they may see."""

    BUSINESS_MANAGER = "business_manager", "Business manager"
    ANALYST = "analyst", "Data and quality analyst"
    SAFEGUARDING_PARTNER = "safeguarding_partner", "Lead or delegated safeguarding partner"
    SCRUTINEER = "scrutineer", "Independent scrutineer"
    CHILD_DEATH_OFFICER = "child_death_officer", "Child death review officer"
    AGENCY_LEAD = "agency_lead", "Agency safeguarding lead"
    AGENCY_RETURNS = "agency_returns", "Agency data contact"
    GROUP_MEMBER = "group_member", "Group member"
    READER = "reader", "Reader of published figures"


# A duty held for one agency says nothing without that agency.
DUTIES_FOR_AN_AGENCY = frozenset({DutyKind.AGENCY_LEAD, DutyKind.AGENCY_RETURNS})


class Colour(TextChoices):
    """The colours a partnership may take: the names of `design.palette.PARTNERSHIP_COLOURS`, held equal by a test."""

    PLUM = "plum", "Plum"
    NAVY = "navy", "Navy"
    TEAL = "teal", "Teal"
    FOREST = "forest", "Forest"
    BRICK = "brick", "Brick"
    BRONZE = "bronze", "Bronze"
    SLATE = "slate", "Slate"
    VIOLET = "violet", "Violet"
