"""Sound rows, from which each test breaks one thing."""

from datetime import date, timedelta

from trefoil.plan.xray.rows import (
    ActionRow,
    MeasureRow,
    Owner,
    PlanRows,
    PriorityRow,
    RecommendationRow,
    RiskRow,
)

TODAY = date(2026, 11, 22)
OWNER = Owner("Fairmead Police", "Bob")


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


PRIORITY = PriorityRow(1, "Neglect is seen early", OWNER, "on_track", measures=2, evidence_on=(days_ago(5),))
RECOMMENDATION = RecommendationRow(
    2, "Schools should share chronologies before an initial conference.", "an audit", days_ago(60), actions=1
)
ACTION = ActionRow(
    3,
    "Write the chronology guide",
    "under_way",
    days_ago(60),
    OWNER,
    due_on=TODAY + timedelta(days=30),
    accepted_on=days_ago(55),
    word_on=days_ago(10),
    said="on_track",
    evidence_on=(days_ago(5),),
)
MEASURE = MeasureRow(4, "Chronologies received", has_target=True, latest_end=days_ago(20))
RISK = RiskRow(
    5,
    "Funding ends",
    OWNER,
    TODAY + timedelta(days=10),
    score_before=16,
    score_after=8,
    controls=2,
    untested_controls=1,
)
SOUND = PlanRows((PRIORITY,), (RECOMMENDATION,), (ACTION,), (MEASURE,), (RISK,))
