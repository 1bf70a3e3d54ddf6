"""What each duty gives, and where a person stands in a partnership today. The one place where that is decided."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from trefoil.people.enums import DutyKind
from trefoil.people.models import Partnership, Person

from .enums import Permission

_EVERYBODY = frozenset(
    {
        Permission.READ_FIGURES,
        Permission.READ_PEOPLE,
        Permission.READ_PLAN,
        Permission.READ_MEETINGS,
        Permission.READ_CLOCKS,
        Permission.READ_REVIEWS,
        Permission.READ_PUBLISHING,
        Permission.READ_DEATHS,
    }
)
# What whoever answers for the whole partnership reads beyond everybody.
_LEADERS = _EVERYBODY | {
    Permission.READ_ALL_RETURNS,
    Permission.READ_TRAIL,
    Permission.EXTRACT_FIGURES,
    Permission.READ_RISKS,
    Permission.READ_BUDGET,
    Permission.READ_ALL_PAPERS,
    Permission.ADD_RECOMMENDATION,
    Permission.JUDGE_IMPACT,
    Permission.KNOW_OF_REVIEWS,
}

DUTY_GIVES: dict[DutyKind, frozenset[Permission]] = {
    DutyKind.BUSINESS_MANAGER: _LEADERS
    | {
        Permission.OPEN_RETURN,
        Permission.MANAGE_PEOPLE,
        Permission.SET_TARGET,
        Permission.PREPARE_PUBLICATION,
        Permission.WRITE_PLAN,
        Permission.RUN_MEETINGS,
        Permission.WRITE_BUDGET,
        Permission.MANAGE_CLOCKS,
        Permission.SIGN_OFF_RULE,
        Permission.RUN_REVIEWS,
        Permission.WRITE_PUBLISHING,
        Permission.RUN_PUBLISHING,
        Permission.KNOW_OF_DEATHS,
        Permission.RUN_DEATHS,
    },
    DutyKind.ANALYST: _EVERYBODY
    | {
        Permission.READ_ALL_RETURNS,
        Permission.OPEN_RETURN,
        Permission.APPROVE_RETURN,
        Permission.SET_TARGET,
        Permission.READ_RISKS,
        Permission.ADD_RECOMMENDATION,
        Permission.PREPARE_PUBLICATION,
        Permission.BREAK_GLASS,
        Permission.EXTRACT_LOAD,
        Permission.EXTRACT_FIGURES,
        Permission.EXTRACT_ROWS,
        Permission.WRITE_PUBLISHING,
    },
    DutyKind.SAFEGUARDING_PARTNER: _LEADERS
    | {
        Permission.TAKE_POSITION,
        Permission.SIGN_OFF_RULE,
        Permission.WRITE_PUBLISHING,
        Permission.KNOW_OF_DEATHS,
    },
    DutyKind.SCRUTINEER: _LEADERS | {Permission.WRITE_PUBLISHING, Permission.GIVE_SCRUTINY},
    # The designated doctor for child deaths, or who manages the panel: deaths, and the plan's door for what was learnt.
    DutyKind.CHILD_DEATH_OFFICER: _EVERYBODY
    | {Permission.KNOW_OF_DEATHS, Permission.RUN_DEATHS, Permission.ADD_RECOMMENDATION},
    DutyKind.AGENCY_LEAD: _EVERYBODY
    | {
        Permission.READ_RETURNS_OF_OWN_AGENCY,
        Permission.ENTER_RETURN,
        Permission.SUBMIT_RETURN,
        Permission.WRITE_COMMENTARY,
        Permission.BREAK_GLASS,
        Permission.ANSWER_ACTION,
        Permission.READ_RISKS,
        Permission.WRITE_PUBLISHING,
    },
    DutyKind.AGENCY_RETURNS: _EVERYBODY
    | {Permission.READ_RETURNS_OF_OWN_AGENCY, Permission.ENTER_RETURN, Permission.SUBMIT_RETURN},
    DutyKind.GROUP_MEMBER: _EVERYBODY,
    DutyKind.READER: frozenset({Permission.READ_FIGURES}),
}

# Duties that open other agencies' unapproved figures, the trail, or the deaths of children that nobody has taken up: a
# second factor may be required for them.
SENSITIVE_DUTIES = frozenset(
    {
        DutyKind.BUSINESS_MANAGER,
        DutyKind.ANALYST,
        DutyKind.SAFEGUARDING_PARTNER,
        DutyKind.SCRUTINEER,
        DutyKind.CHILD_DEATH_OFFICER,
    }
)


def permissions_of(kinds: Iterable[DutyKind], partnership: Partnership) -> frozenset[Permission]:
    """What duties of these kinds give in a partnership.

    A partnership shown with published figures alone holds nothing that is not public: whoever may read its figures may
    also open the printed source they came in, and its published accounts.
    """
    given: frozenset[Permission] = frozenset().union(*(DUTY_GIVES[kind] for kind in kinds))
    if partnership.published_only and Permission.READ_FIGURES in given:
        return given | {Permission.READ_ALL_RETURNS, Permission.READ_BUDGET}
    return given


def agency_permissions_of(duties: Iterable[tuple[DutyKind, int | None]]) -> frozenset[tuple[Permission, int]]:
    """What each duty, as (kind, key of its agency), gives for its own agency, and for no other agency."""
    return frozenset(
        (permission, agency_id)
        for kind, agency_id in duties
        if agency_id is not None
        for permission in DUTY_GIVES[kind]
    )


@dataclass(frozen=True)
class Standing:
    """Where one person stands in one partnership on one day."""

    person: Person
    partnership: Partnership
    permissions: frozenset[Permission] = frozenset()
    # One entry for each duty and permission: a duty in one agency gives nothing in another.
    agency_permissions: frozenset[tuple[Permission, int]] = frozenset()
    duties: tuple[DutyKind, ...] = ()
    opened: frozenset[Permission] = field(default=frozenset())
    # What the frame of a page counts for the reader, such as unread messages (the setting STANDING_COUNTS); and
    # `elsewhere`, 1 for somebody who holds a duty in another partnership too.
    counts: Mapping[str, int] = field(default_factory=dict)

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions or permission in self.opened

    def only_opened(self, permission: Permission) -> bool:
        """Whether emergency access alone gives this, and no duty."""
        return permission in self.opened and permission not in self.permissions

    def may_for(self, permission: Permission, agency_id: int) -> bool:
        """For what a duty gives for one's own agency alone."""
        return (permission, agency_id) in self.agency_permissions

    def agencies_for(self, permission: Permission) -> frozenset[int]:
        """The keys of the agencies for which a duty gives this."""
        return frozenset(agency_id for given, agency_id in self.agency_permissions if given == permission)
