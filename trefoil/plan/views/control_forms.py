"""Writing the controls of a risk."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, found_or_refused, within
from trefoil.editing.drafts import DraftRequest, keeps_draft

from ..enums_register import Assurance
from ..forms.risks import ControlChangeForm, ControlForm, ReasonForm
from ..operations.controls import add_control, change_control, withdraw_control
from ..rules_register import controls_visible_to
from .frame import href, sent
from .register_page import Asking, answered
from .risk_forms import METHODS, owners, risk_or_refuse
from .risks import risk_above

FIELDS = ("words", "agency", "person", "assurance", "assurance_words", "assured_on")
REVIEW_NEXT = "Review the risk if that changes the score."


def _given(form: ControlForm) -> dict[str, Any]:
    given = {name: form.cleaned_data[name] for name in FIELDS}
    return {**given, "assurance": Assurance(given["assurance"])}


@within(Permission.WRITE_PLAN)
@METHODS
@keeps_draft("risk:{pk}:control")
def control_new(request: DraftRequest, pk: int) -> HttpResponse:
    """Say what stands against a risk."""
    risk = risk_or_refuse(request, pk)
    form = ControlForm(sent(request), draft=request.draft, **owners(request))

    def carry_out() -> str:
        add_control(risk=risk, by=request.standing.person, now=timezone.now(), **_given(form))
        return href(request, "risk_detail", risk.pk)

    asking = Asking(
        "Add a control", f"What stands against this risk: {risk.title}.", "Add it", risk_above(request, risk)
    )
    return answered(request, form, asking, carry_out, said=f"The control is added. {REVIEW_NEXT}")


@within(Permission.WRITE_PLAN)
@METHODS
@keeps_draft("control:{pk}:change")
def control_change(request: DraftRequest, pk: int) -> HttpResponse:
    """Change a control, or say what shows that it works."""
    control = found_or_refused(controls_visible_to(request.standing), request, pk=pk)
    initial = {name: getattr(control, name) for name in FIELDS}
    form = ControlChangeForm(sent(request), record=control, initial=initial, draft=request.draft, **owners(request))

    def carry_out() -> str:
        seen = form.cleaned_data["seen_version"]
        change_control(
            control=control, seen_version=seen, by=request.standing.person, now=timezone.now(), **_given(form)
        )
        return href(request, "risk_detail", control.risk_id)

    above = risk_above(request, control.risk)
    asking = Asking("Change a control", f"What stands against this risk: {control.risk.title}.", "Save", above)
    return answered(request, form, asking, carry_out, said=f"The control is changed. {REVIEW_NEXT}")


@within(Permission.WRITE_PLAN)
@METHODS
def control_withdraw(request: PageRequest, pk: int) -> HttpResponse:
    """End a control."""
    control = found_or_refused(controls_visible_to(request.standing), request, pk=pk)
    form = ReasonForm(sent(request))

    def carry_out() -> str:
        reason = form.cleaned_data["reason"]
        withdraw_control(control=control, reason=reason, by=request.standing.person, now=timezone.now())
        return href(request, "risk_detail", control.risk_id)

    above = risk_above(request, control.risk)
    asking = Asking("Withdraw a control", control.words, "Withdraw it", above, kind="warning")
    said = "The control is withdrawn. Review the risk: its score may be higher now."
    return answered(request, form, asking, carry_out, said=said)
