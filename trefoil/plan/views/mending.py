"""Where each thing that the X-ray found is mended: the form itself, for whoever may fill it in."""

from collections.abc import Mapping
from dataclasses import dataclass

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest

from ..xray.vocabulary import Check, Finding
from .frame import href


@dataclass(frozen=True)
class Mend:
    """A way to mend it: the words of its link, and where it leads."""

    label: str
    href: str


@dataclass(frozen=True)
class _Form:
    """A page that mends it, and who may open it. `asks` is put behind the address, with the record's key."""

    label: str
    url_name: str
    permission: Permission = Permission.WRITE_PLAN
    asks: str = ""
    anchor: str = ""


_EVIDENCE = _Form("Add evidence", "evidence_new", Permission.ADD_RECOMMENDATION)
# By check and kind of record. What is missing here is mended on the record's own page, to which its title leads.
FORMS: Mapping[tuple[Check, str], _Form] = {
    (Check.OVERDUE_SILENT, "action"): _Form("Move its date, with the reason", "action_date"),
    (Check.CLOSED_WITHOUT_IMPACT, "action"): _EVIDENCE,
    (Check.GREEN_WITHOUT_EVIDENCE, "action"): _EVIDENCE,
    (Check.EVIDENCE_OLDER, "action"): _EVIDENCE,
    (Check.NO_OWNER, "priority"): _Form("Name a lead", "priority_change"),
    (Check.NO_OWNER, "risk"): _Form("Name an owner", "risk_change"),
    (Check.OWNER_LEFT, "action"): _Form("Hand it over", "action_hand_over"),
    (Check.OWNER_LEFT, "priority"): _Form("Name another lead", "priority_change"),
    (Check.OWNER_LEFT, "risk"): _Form("Name another owner", "risk_change"),
    (Check.NO_PERSON, "action"): _Form("Name a person", "action_hand_over"),
    (Check.NO_ACTION, "recommendation"): _Form("Give it an action", "action_new", asks="recommendation"),
    (Check.DONE_NOT_JUDGED, "action"): _Form("Judge its impact", "action_judge", Permission.JUDGE_IMPACT),
    (Check.RETEST_OVERDUE, "action"): _Form(
        "Write down what was found", "action_detail", Permission.JUDGE_IMPACT, anchor="tests"
    ),
    (Check.PRIORITY_UNMEASURED, "priority"): _Form("Choose an indicator", "priority_change"),
    (Check.MEASURE_AIMLESS, "measure"): _Form("Set a target", "measure_change"),
    (Check.RISK_REVIEW_OVERDUE, "risk"): _Form("Review it", "risk_review"),
    (Check.RISK_UNCONTROLLED, "risk"): _Form("Add a control", "control_new"),
}


def mend_of(request: PageRequest, finding: Finding) -> Mend | None:
    """The form that mends this finding, if there is one that the reader may fill in."""
    kind, _, key = finding.subject.partition(":")
    form = FORMS.get((finding.check, kind))
    if form is None or not request.standing.may(form.permission):
        return None
    if form.asks:
        return Mend(form.label, f"{href(request, form.url_name)}?{form.asks}={key}")
    anchor = f"#{form.anchor}" if form.anchor else ""
    return Mend(form.label, f"{href(request, form.url_name, int(key))}{anchor}")
