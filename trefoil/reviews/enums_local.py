"""The words of a local review and what runs beside it: closed lists, each with what stands on the page."""

from django.db.models import TextChoices


class ProcessKind(TextChoices):
    """What else runs about the same child, family or people, by somebody else's law and at somebody else's pace."""

    CRIMINAL = "criminal", "Criminal investigation or trial"
    CORONER = "coroner", "Coroner’s investigation or inquest"
    CHILD_DEATH = "child_death", "Child death review"
    ADULTS = "adults", "Safeguarding adults review"
    DOMESTIC = "domestic", "Domestic abuse related death review (before: domestic homicide review)"
    FAMILY_COURT = "family_court", "Family court"
    PATIENT_SAFETY = "patient_safety", "Patient safety investigation of the health service"
    MENTAL_HEALTH = "mental_health", "Mental health homicide review"
    POLICE_CONDUCT = "police_conduct", "Police conduct investigation"
    PROBATION = "probation", "Review by probation or youth justice"
    EMPLOYER = "employer", "Employer’s or regulator’s investigation"
    COMPLAINT = "complaint", "Complaint or ombudsman"
    OTHER = "other", "Something else"


class ProcessEffect(TextChoices):
    """What another process holds up."""

    NONE = "none", "It holds nothing up"
    INTERVIEWS = "interviews", "It delays talks with family or practitioners"
    REPORT = "report", "It delays the report"
    PUBLICATION = "publication", "It delays publication"


class FamilyRole(TextChoices):
    """Who in the family is offered a part. Names stand in the sealed identity alone."""

    CHILD = "child", "The child"
    MOTHER = "mother", "Mother"
    FATHER = "father", "Father"
    CARER = "carer", "Another carer or partner"
    SIBLING = "sibling", "Brother or sister"
    GRANDPARENT = "grandparent", "Grandparent"
    OTHER = "other", "Somebody else in the family"


class FamilyStep(TextChoices):
    """What passed between the review and one of the family."""

    OFFERED = "offered", "Offered a part"
    TOLD = "told", "Told where the review stands"
    TAKES_PART = "takes_part", "Takes part"
    SAID = "said", "What they said or want"
    DECLINES = "declines", "Does not want to take part"
    SHOWN = "shown", "Shown the report before it is published"
    SAID_OF_REPORT = "said_of_report", "What they said of the report"


class RequestStep(TextChoices):
    """What became of a written request for information."""

    ANSWERED = "answered", "Answered"
    PARTLY = "partly", "Answered in part"
    REFUSED = "refused", "Refused"
    REMINDED = "reminded", "Reminded"
    COURT = "court", "Put to the court"


class Theme(TextChoices):
    """What a finding is about, so that findings of many reviews can be read together. This system's own list."""

    VOICE = "voice", "The child’s voice and daily life"
    UNSEEN_ADULTS = "unseen_adults", "Fathers and other adults who are not seen"
    BABIES = "babies", "Injuries to babies"
    NEGLECT = "neglect", "Neglect"
    SEXUAL_ABUSE = "sexual_abuse", "Sexual abuse"
    DOMESTIC_ABUSE = "domestic_abuse", "Domestic abuse"
    PARENTS_HEALTH = "parents_health", "Parents’ mental health, alcohol or drugs"
    EXPLOITATION = "exploitation", "Exploitation and harm outside the home"
    SUICIDE = "suicide", "Self-harm and suicide"
    EDUCATION = "education", "Out of school"
    INEQUALITY = "inequality", "Racism, disability and other inequality"
    SHARING = "sharing", "Information not shared"
    CHALLENGE = "challenge", "Challenge and escalation between agencies"
    ASSESSMENT = "assessment", "Assessment and decisions"
    MOVES = "moves", "Moves between areas or services"
    CAPACITY = "capacity", "Staffing, supervision and workload"
    OTHER = "other", "Something else"


class HowPublished(TextChoices):
    """What is published of a report."""

    WHOLE = "whole", "The whole report"
    REDACTED = "redacted", "The report with parts left out"
    IMPROVEMENTS = "improvements", "Not the report, but what is to be improved"


class AgencyAnswer(TextChoices):
    """What an agency answers to a recommendation."""

    ACCEPTS = "accepts", "Accepts it"
    PARTLY = "partly", "Accepts it in part"
    REFUSES = "refuses", "Does not accept it"


class LearningMethod(TextChoices):
    """Another way to learn than a local review."""

    AUDIT = "audit", "Multi-agency audit"
    PRACTITIONERS = "practitioners", "Day with practitioners"
    APPRAISAL = "appraisal", "Appreciative or thematic inquiry"
    SINGLE_AGENCY = "single_agency", "Review by a single agency"
    OTHER = "other", "Another way"


class NationalAnswer(TextChoices):
    """What the partnership answers to a recommendation of a national review."""

    APPLIES = "applies", "It applies here, and is taken up"
    IN_PLACE = "in_place", "It is in place here"
    DOES_NOT_APPLY = "does_not_apply", "It does not apply here"
