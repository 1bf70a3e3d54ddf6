"""A risk, a control, a measure and an accepted finding for the pages that name one."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from tests.plan.registered import a_measure, a_risk
from trefoil.plan.models import AcceptedFinding, Measure, Risk, RiskControl
from trefoil.plan.operations.accepted import accept_finding
from trefoil.plan.operations.controls import add_control

if TYPE_CHECKING:
    from tests.plan.samples import Asking

RISK_PAGES = ("risk_detail", "risk_change", "risk_review", "risk_close", "risk_reopen", "control_new")
MEASURE_PAGES = ("measure_detail", "measure_change", "measure_figure", "measure_withdraw")


def _risk(asking: "Asking") -> Risk:
    held = Risk.objects.filter(partnership=asking.world.fairmead).first()
    return held or a_risk(asking.world, now=asking.now)


def _control(asking: "Asking") -> int:
    held = RiskControl.objects.first()
    if held is None:
        risk, manager = _risk(asking), asking.world.manager
        held = add_control(risk=risk, words="Bank staff fill the gaps", by=manager, now=asking.now)
    return held.pk


def _measure(asking: "Asking") -> int:
    held = Measure.objects.filter(partnership=asking.world.fairmead).first()
    return (held or a_measure(asking.world, now=asking.now)).pk


def _accepted(asking: "Asking") -> int:
    held = AcceptedFinding.objects.first() or accept_finding(
        partnership=asking.world.fairmead,
        key="no-answer/action:1",
        words="Proposed and not answered",
        reason="It is on the next agenda.",
        until=timezone.localdate() + timedelta(days=30),
        by=asking.world.manager,
        now=timezone.now(),
    )
    return held.pk


REGISTER_SAMPLES: dict[tuple[str, str], Callable[["Asking"], Any]] = {
    **{(page, "pk"): lambda asking: _risk(asking).pk for page in RISK_PAGES},
    **{(page, "pk"): _measure for page in MEASURE_PAGES},
    ("control_change", "pk"): _control,
    ("control_withdraw", "pk"): _control,
    ("xray_show_again", "pk"): _accepted,
    ("agency_owes", "pk"): lambda asking: asking.world.social_care.pk,
}
