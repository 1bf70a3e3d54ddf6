"""Contacts and referrals."""

from .area import Area, Row, codes, label
from .calendar import add_months
from .early_help import episodes as early_help_episodes

HEALTH = ("3A", "3B", "3C", "3D", "3E", "3F")
COUNCIL = ("4", "5A", "5B", "5C", "5D")


def contacts(area: Area) -> list[Row]:
    """A row for each contact with a date."""
    return [
        {
            "child": row["cont_person_id"],
            "on": row["cont_contact_date"],
            "age_months": row["age_months"],
            "outcome": _contact_outcome(codes(row["cont_contact_outcome_json"])),
            "agency": label(
                {
                    "police": ("6",),
                    "schools and education": ("2A", "2B"),
                    "health": HEALTH,
                    "local authority services": COUNCIL,
                    "members of the public": ("1A", "1B", "1C", "1D", "9"),
                },
                row["cont_contact_source_code"],
                "other or not recorded",
            ),
        }
        for row in area.rows("ssd_contacts")
        if row["cont_contact_date"]
    ]


def _contact_outcome(outcomes: set[str]) -> str:
    if not outcomes:
        return "not assessed in month"
    if outcomes & {"NEW_REFERRAL_FLAG", "CP_ENQUIRY_FLAG"}:
        return "referral to social care"
    for code, name in (
        ("EARLY_HELP_FLAG", "early help assessment (CAF)"),
        ("SIGNPOSTING_FLAG", "signposting"),
        ("ADVICE_FLAG", "no further action or provision of information"),
        ("NFA_FLAG", "outcome of no further action"),
    ):
        if code in outcomes:
            return name
    return "other outcome"


def is_nfa(referral: Row) -> bool:
    """Whether a referral led to no further action."""
    return bool(referral["cine_referral_nfa"]) or "NFA_FLAG" in codes(referral["cine_referral_outcome_json"])


def referrals(area: Area) -> list[Row]:
    """A row for each referral with a child and a date."""
    return [
        {
            "child": row["cine_person_id"],
            "on": row["cine_referral_date"],
            "age_months": row["age_months"],
            "team": row["cine_referral_team"],
            "source": label(
                {
                    "police or legal agency": ("6", "7"),
                    "school or education setting": ("2A", "2B"),
                    "health services": HEALTH,
                    "local authority services": COUNCIL,
                },
                row["cine_referral_source_code"],
                "other, including missing",
            ),
            "nfa": is_nfa(row),
            "again_within_12_months": _again(area, row),
            "closed_not_in_need": row["cine_close_reason"] in ("RC8", "RC9"),
        }
        for row in _dated(area)
    ]


def _dated(area: Area) -> list[Row]:
    return [row for row in area.rows("ssd_cin_episodes") if row["cine_person_id"] and row["cine_referral_date"]]


def _again(area: Area, referral: Row) -> bool:
    """The referral of the child just before this one is later than the same day twelve months earlier."""
    place = (referral["cine_referral_date"], referral["cine_referral_id"])
    before = [
        (row["cine_referral_date"], row["cine_referral_id"])
        for row in _dated(area)
        if row["cine_person_id"] == referral["cine_person_id"]
    ]
    earlier = [one for one in before if one < place]
    return bool(earlier) and max(earlier)[0] > add_months(place[0], -12)


def referrals_and_early_help(area: Area) -> list[Row]:
    """A row for each referral, and whether early help had begun by then."""
    return [
        {
            "child": row["cine_person_id"],
            "on": row["cine_referral_date"],
            "age_months": row["age_months"],
            "team": row["cine_referral_team"],
            "early_help_before": any(
                help_["child"] == row["cine_person_id"] and help_["start"] <= row["cine_referral_date"]
                for help_ in early_help_episodes(area)
            ),
        }
        for row in _dated(area)
    ]


EVENTS = {"contacts": contacts, "referrals": referrals, "referrals_and_early_help": referrals_and_early_help}
