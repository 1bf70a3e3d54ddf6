"""Contacts, referrals, early help, assessments, enquiries, conferences, missing episodes, exploitation."""

from datetime import date, timedelta

from .maker import Maker

SOURCES = ("1A", "1B", "1C", "2A", "3C", "4", "5B", "6", "7", "8", "9", "10")
AGENCIES = ("POLICE", "HEALTH", "EDUCATION", "SOCIAL_CARE", "EARLY_HELP", "VOLUNTARY", "HOUSING", "OTHER")
NEEDS = ("BEHAVIOUR", "DOMESTIC_ABUSE", "HOUSING_MONEY", "OTHER")
ENDS = ("NEEDS_MET", "CONSENT_WITHDRAWN", "STEPPED_UP", "MOVED", "SENTENCE_ENDED", "OTHER")
TEAMS = (1, 2, 30)


def contacts(maker: Maker, child: int) -> None:
    """A few contacts."""
    outcomes = ("NEW_REFERRAL_FLAG", "CP_ENQUIRY_FLAG", "EARLY_HELP_FLAG", "SIGNPOSTING_FLAG", "ADVICE_FLAG")
    for _ in maker.times(6):
        day, about = maker.mostly(maker.day()), maker.mostly(child)
        maker.add(
            "ssd_contacts",
            about,
            day,
            cont_contact_id=maker.number(),
            cont_person_id=about,
            cont_contact_date=day,
            cont_contact_source_code=maker.code(*SOURCES),
            cont_contact_outcome_json=maker.codes(*outcomes, "NFA_FLAG", "MISSING_FLAG"),
        )


def referrals(maker: Maker, child: int) -> None:
    """A chain of referrals."""
    day = maker.day()
    for _ in maker.times(3):
        maker.add(
            "ssd_cin_episodes",
            child,
            day,
            cine_referral_id=maker.number(),
            cine_person_id=child,
            cine_referral_date=day,
            cine_close_date=maker.end(day),
            cine_close_reason=maker.code("RC5", "RC7", "RC8", "RC9"),
            cine_referral_source_code=maker.code(*SOURCES),
            cine_referral_outcome_json=maker.codes("NFA_FLAG", "SINGLE_ASSESSMENT_FLAG"),
            cine_referral_nfa=maker.one_of((False, None, True)),
            cine_referral_team=maker.one_of((*TEAMS, None)),
        )
        day = maker.after(day)


def our_episodes(maker: Maker, child: int, *kinds: str) -> None:
    """Episodes of our own table, of some kinds."""
    day = maker.day()
    for _ in maker.times(4):
        maker.add(
            "trefoil_episodes",
            child,
            day,
            epis_id=maker.number(),
            epis_person_id=child,
            epis_kind=maker.one_of(kinds),
            epis_start_date=day,
            epis_end_date=maker.end(day),
            epis_source_code=maker.code(*SOURCES),
            epis_need=maker.code(*NEEDS),
            epis_lead_agency=maker.code(*AGENCIES),
            epis_end_reason=maker.code(*ENDS),
            epis_last_visit_date=maker.one_of((maker.after(day), maker.near(maker.as_at, 80), None)),
            epis_team=maker.one_of((*TEAMS, None)),
        )
        day = maker.after(day)


def early_help(maker: Maker, child: int) -> None:
    """Early help in our own table, where the area has it there."""
    our_episodes(maker, child, "EARLY_HELP")


def early_help_of_the_standard(maker: Maker, child: int) -> None:
    """Early help in the standard's table."""
    day = maker.day()
    for _ in maker.times(3):
        about, start = maker.mostly(child), maker.mostly(day)
        maker.add(
            "ssd_early_help_episodes",
            about,
            start,
            earl_episode_id=maker.number(),
            earl_person_id=about,
            earl_episode_start_date=start,
            earl_episode_end_date=maker.end(day),
            earl_episode_reason=maker.code(*NEEDS),
            earl_episode_end_reason=maker.code(*ENDS),
            earl_episode_organisation=maker.code(*AGENCIES),
        )
        day = maker.after(day)


def assessments(maker: Maker, child: int) -> None:
    """Assessments of one or two referrals, with their factors."""
    outcomes = ("NFA_FLAG", "CIN_PLAN_FLAG", "LEGAL_ACTION_FLAG", "CONTINUE_ASSESSMENT_FLAG", "STEP_DOWN_FLAG")
    more = ("STRATEGY_DISCUSSION_FLAG", "PROV_OF_SERVICES_FLAG", "OTHER_OUTCOMES_EXIST_FLAG")
    referral, day = maker.number(), maker.day()
    for _ in maker.times(4):
        number, start = maker.number(), maker.mostly(day)
        maker.add(
            "ssd_cin_assessments",
            child,
            start,
            cina_assessment_id=number,
            cina_person_id=child,
            cina_referral_id=maker.one_of((referral, None, maker.number())),
            cina_assessment_start_date=start,
            cina_assessment_auth_date=maker.mostly(maker.one_of((maker.soon(day), maker.near(day, 3)))),
            cina_assessment_child_seen=maker.flag(),
            cina_assessment_outcome_json=maker.codes(*outcomes, *more),
            cina_assessment_outcome_nfa=maker.flag(),
            cina_assessment_team=maker.one_of((*TEAMS, None)),
        )
        for _ in maker.times(2):
            maker.add(
                "ssd_assessment_factors",
                cinf_table_id=maker.number(),
                cinf_assessment_id=number,
                cinf_assessment_factors_json=maker.codes("21", "3B", "3C", "16A", "19C", "1A"),
            )
        day = maker.one_of((day, maker.after(day)))


def enquiries(maker: Maker, child: int) -> None:
    """Strategy discussions, enquiries and conferences; two children may share a meeting."""
    outcomes = ("NFA_FLAG", "CP_CONFERENCE_FLAG", "NFA_CONTINUE_SINGLE_FLAG", "OTHER_OUTCOMES_EXIST_FLAG")
    for _ in maker.times(3):
        day, enquiry = maker.day(), maker.number()
        start = maker.mostly(day)
        maker.add(
            "trefoil_strategy_discussions",
            child,
            day,
            strd_id=maker.number(),
            strd_person_id=child,
            strd_s47_enquiry_id=maker.mostly(enquiry),
            strd_date=day,
            strd_invited=maker.codes(*AGENCIES),
            strd_attended=maker.codes(*AGENCIES),
            strd_team=maker.one_of((*TEAMS, None)),
        )
        maker.add(
            "ssd_s47_enquiry",
            child,
            start,
            s47e_s47_enquiry_id=enquiry,
            s47e_person_id=child,
            s47e_s47_start_date=start,
            s47e_s47_end_date=maker.mostly(maker.one_of((maker.soon(day), maker.near(day, 3)))),
            s47e_s47_nfa=maker.flag(),
            s47e_s47_outcome_json=maker.codes(*outcomes, "MONITOR_FLAG"),
            s47e_s47_completed_by_team=maker.one_of((*TEAMS, None)),
        )
        _conference(maker, child, day, enquiry)


def _conference(maker: Maker, child: int, day: date, enquiry: int) -> None:
    held = maker.mostly(maker.one_of((maker.soon(day), maker.soon(day), maker.near(day, 3))))
    maker.add(
        "ssd_initial_cp_conference",
        child,
        held,
        icpc_icpc_id=maker.number(),
        icpc_icpc_meeting_id=maker.one_of((5, 6, 7, None)),
        icpc_s47_enquiry_id=maker.mostly(enquiry),
        icpc_person_id=child,
        icpc_icpc_transfer_in=maker.one_of((False, None, False, True)),
        icpc_icpc_date=held,
        icpc_icpc_outcome_cp_flag=maker.flag(),
        icpc_icpc_outcome_json=maker.codes("CP_FLAG", "NFA_FLAG"),
        icpc_icpc_team=maker.one_of((*TEAMS, None)),
    )


def missing(maker: Maker, child: int) -> None:
    """Missing episodes, their interviews, and care around some of them."""
    day = maker.day()
    for _ in maker.times(3):
        number, start, end = maker.number(), maker.mostly(day), maker.soon(day)
        maker.add(
            "ssd_missing",
            child,
            start,
            miss_table_id=number,
            miss_person_id=child,
            miss_missing_episode_start_date=start,
            miss_missing_episode_type=maker.code("M", "A"),
            miss_missing_episode_end_date=maker.one_of((end, end, maker.near(day, 3), None)),
        )
        for _ in maker.times(2):
            maker.add(
                "trefoil_return_interviews",
                rint_id=maker.number(),
                rint_person_id=child,
                rint_missing_id=number,
                rint_held_date=maker.mostly(end + timedelta(days=maker.one_of((-1, 0, 2, 3, 4)))),
            )
        day = maker.after(day)
    if maker.one_of((True, False)):
        start = maker.near(day)
        maker.add(
            "ssd_cla_episodes",
            child,
            start,
            clae_cla_episode_id=maker.number(),
            clae_person_id=child,
            clae_cla_episode_start_date=start,
            clae_cla_episode_ceased_date=maker.end(start),
            clae_cla_episode_ceased_reason="E8",
        )


def exploitation(maker: Maker, child: int) -> None:
    """Exploitation, panels, the national mechanism, youth justice."""
    our_episodes(maker, child, "CSE", "GANGS", "CRIMINAL", "NRM", "PANEL", "YOUTH_JUSTICE")
