"""The register for a page: each risk with its newest score, the one before, its trend and its controls."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from trefoil.access.rules import Standing
from trefoil.design.sparklines import SparkPoint
from trefoil.people.models import Duty, Partnership, Person, in_force

from .enums_register import UNASSURED, Assurance, RiskBand
from .models import Risk, RiskControl, RiskReview
from .rules_register import risks_visible_to


@dataclass(frozen=True, eq=False)
class RiskLine:
    """One risk of the register. `reviews` are oldest first; `controls` are those not withdrawn."""

    risk: Risk
    reviews: tuple[RiskReview, ...]
    controls: tuple[RiskControl, ...]

    @property
    def newest(self) -> RiskReview:
        return self.reviews[-1]

    @property
    def before(self) -> RiskReview | None:
        return self.reviews[-2] if len(self.reviews) > 1 else None

    @property
    def band(self) -> RiskBand:
        return self.newest.band

    @property
    def pointing(self) -> tuple[str, str]:
        """Direction and meaning of the score's last move, for the design's arrow: a higher score is worse."""
        if self.before is None:
            return "none", "neutral"
        moved = self.newest.score_after - self.before.score_after
        if moved == 0:
            return "level", "neutral"
        return ("up", "worse") if moved > 0 else ("down", "better")

    @property
    def trend_words(self) -> str:
        """`up from 8, worse`."""
        direction, meaning = self.pointing
        if self.before is None:
            return "First score"
        if direction == "level":
            return "No change"
        return f"{direction.capitalize()} from {self.before.score_after}, {meaning}"

    @property
    def trend(self) -> tuple[SparkPoint, ...]:
        """The scores with controls, one for each review."""
        return tuple(
            SparkPoint(f"{timezone.localdate(review.reviewed_at):%-d %B %Y}", review.score_after)
            for review in self.reviews
        )

    @property
    def owner(self) -> str:
        """Organisation and person; empty for nobody."""
        return ", ".join(str(one) for one in (self.risk.agency, self.risk.person) if one)

    @property
    def assurance(self) -> str:
        """How much of its controls is known to work: `2 of 3 controls tested`."""
        if not self.controls:
            return "No control"
        tested = sum(control.assurance not in UNASSURED for control in self.controls)
        failing = sum(control.assurance == Assurance.FAILS for control in self.controls)
        words = f"{tested} of {len(self.controls)} tested"
        return (
            f"{words}, {failing} does not work"
            if failing == 1
            else f"{words}, {failing} do not work"
            if failing
            else words
        )


def risk_lines(standing: Standing, risks: QuerySet[Risk] | None = None) -> list[RiskLine]:
    """The risks a reader may see, highest score first; open ones unless `risks` says which. Four queries."""
    if risks is None:
        risks = risks_visible_to(standing).filter(closed_at__isnull=True)
    reviews = RiskReview.objects.select_related("reviewed_by").order_by("reviewed_at", "pk")
    controls = RiskControl.objects.filter(withdrawn_at__isnull=True).select_related("agency", "person").order_by("pk")
    found = risks.prefetch_related(Prefetch("reviews", reviews), Prefetch("controls", controls), Prefetch("priorities"))
    lines = [RiskLine(risk, tuple(risk.reviews.all()), tuple(risk.controls.all())) for risk in found]
    return sorted(lines, key=lambda line: (-line.newest.score_after, -line.newest.score, line.risk.number))


def overdue(lines: Sequence[RiskLine], today: date) -> int:
    """How many of them nobody looked at by their date."""
    return sum(line.risk.is_review_overdue_on(today) for line in lines)


def people_in(partnership: Partnership, today: date) -> QuerySet[Person]:
    """Who holds a duty in the partnership today."""
    duties = Duty.objects.filter(in_force(today), partnership=partnership)
    return Person.objects.filter(pk__in=duties.values("person"), is_active=True).order_by("name")
