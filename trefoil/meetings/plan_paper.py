"""What a paper on a priority says: the plan as it stands today, and no more of it than who makes the paper may read."""

from datetime import date

from django.utils import timezone

from trefoil.access.rules import Standing
from trefoil.design.charts import render_svg
from trefoil.plan.chains import chain_of
from trefoil.plan.models import Action, Priority
from trefoil.plan.pictures.chain import chain_table
from trefoil.plan.queries import Tally, newest_judgement, tallies
from trefoil.plan.rules import actions_visible_to, evidence_visible_to, recommendations_visible_to
from trefoil.plan.standing_words import tally_words
from trefoil.plan.summaries import evidence_lines

from .pack.priority import Finding, PriorityPaper
from .words import day_words


def priority_paper(standing: Standing, priority: Priority, today: date) -> PriorityPaper:
    """The chain of a priority, its evidence with charts, and how its impact was judged."""
    actions = actions_visible_to(standing).filter(priority=priority)
    tally = tallies(actions, "priority", today).get(priority.pk, Tally())
    facts = [("What success looks like", priority.success), ("Lead", str(priority.lead or ""))]
    listed = list(actions.order_by("due_on", "pk"))
    evidence = evidence_visible_to(standing)
    every = actions_visible_to(standing)
    chain = chain_of(priority, recommendations_visible_to(standing), every, evidence, today)
    return PriorityPaper(
        partnership=priority.year.partnership.name,
        title=f"Priority: {priority.title}",
        lead=tally_words(tally),
        made=f"{priority.year}. The plan as it stood on {day_words(today)}.",
        facts=[(name, words) for name, words in facts if words],
        rows=chain_table(chain),
        findings=[finding for action in listed for finding in _findings(standing, action)],
        judgements=[words for action in listed if (words := _judged(action))],
    )


def _findings(standing: Standing, action: Action) -> list[Finding]:
    pieces = evidence_visible_to(standing).filter(action=action, withdrawn_at__isnull=True)
    found = []
    for line in evidence_lines(list(pieces.select_related("partnership__area__region").order_by("happened_on", "pk"))):
        chart = line.shift.chart if line.shift else None
        svg, alt = (render_svg(chart), chart.description()) if chart else ("", "")
        found.append(Finding(line.piece.title, f"{action.title}, {action.agency}", line.finding, svg, alt))
    return found


def _judged(action: Action) -> tuple[str, str, str, str] | None:
    judged = newest_judgement(action)
    if judged is None:
        return None
    day = day_words(timezone.localdate(judged.judged_at))
    return action.title, judged.get_verdict_display().lower(), judged.words, f"{judged.judged_by}, {day}"
