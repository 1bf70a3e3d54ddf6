"""What small stores of hand-made rows are counted as."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from tests.extracts.engine.small_stores import AS_AT, write_store
from trefoil.extracts.engine import compute

Figure = tuple[int, int | None]


def day(text: str | None) -> date | None:
    """A date of its text; None stays None."""
    return None if text is None else date.fromisoformat(text)


def counted(
    folder: Path,
    rows: Mapping[str, Sequence[Mapping[str, Any]]],
    indicator: str,
    *,
    as_at: date = AS_AT,
    kinds: Sequence[str] = ("month",),
    breakdowns: Sequence[str] = (),
    **store: Any,
) -> dict[tuple[str, str, str], Figure]:
    """Every figure of an indicator by period, breakdown and group."""
    made = write_store(folder, rows, as_at=as_at, **store)
    results = compute([made], as_at=as_at, indicators=[indicator], kinds=kinds, breakdowns=breakdowns)
    return {
        (row["period"], row["breakdown"], row["group"]): (row["numerator"], row["denominator"])
        for row in results.rows()
    }


def whole(
    folder: Path, rows: Mapping[str, Sequence[Mapping[str, Any]]], indicator: str, period: str, **more: Any
) -> Figure | None:
    """The figure of the whole area in a period; None when there is none."""
    return counted(folder, rows, indicator, **more).get((period, "", ""))


def groups(
    folder: Path,
    rows: Mapping[str, Sequence[Mapping[str, Any]]],
    indicator: str,
    period: str,
    breakdown: str,
    **more: Any,
) -> dict[str, int]:
    """The numerators of the groups of a breakdown that are not 0."""
    found = counted(folder, rows, indicator, **more)
    return {
        group: one[0] for (when, what, group), one in found.items() if (when, what) == (period, breakdown) and one[0]
    }


def child(number: int, age_months: int | None = None, **more: Any) -> dict[str, Any]:
    """A row of `ssd_person`: `age_months` on 31 October 2026."""
    return {"pers_person_id": number, "pers_age_months": age_months, **more}


def need(number: int, of: int, start: str | None, end: str | None = None, **more: Any) -> dict[str, Any]:
    """A row of `ssd_cin_episodes`."""
    return {
        "cine_referral_id": number,
        "cine_person_id": of,
        "cine_referral_date": day(start),
        "cine_close_date": day(end),
        **more,
    }


def plan(number: int, of: int | None, start: str | None, end: str | None = None, **more: Any) -> dict[str, Any]:
    """A row of `ssd_cp_plans`."""
    return {
        "cppl_cp_plan_id": number,
        "cppl_person_id": of,
        "cppl_cp_plan_start_date": day(start),
        "cppl_cp_plan_end_date": day(end),
        **more,
    }


def cin_plan(number: int, of: int, start: str | None, end: str | None = None, **more: Any) -> dict[str, Any]:
    """A row of `ssd_cin_plans`."""
    return {
        "cinp_cin_plan_id": number,
        "cinp_person_id": of,
        "cinp_cin_plan_start_date": day(start),
        "cinp_cin_plan_end_date": day(end),
        **more,
    }


def episode(
    number: int, of: int, start: str | None, end: str | None = None, reason: str | None = None, **more: Any
) -> dict[str, Any]:
    """A row of `ssd_cla_episodes`."""
    return {
        "clae_cla_episode_id": number,
        "clae_person_id": of,
        "clae_cla_episode_start_date": day(start),
        "clae_cla_episode_ceased_date": day(end),
        "clae_cla_episode_ceased_reason": reason,
        **more,
    }


def status(number: int, of: int, code: str, start: str, end: str | None = None) -> dict[str, Any]:
    """A row of `ssd_legal_status`."""
    return {
        "lega_legal_status_id": number,
        "lega_person_id": of,
        "lega_legal_status": code,
        "lega_legal_status_start_date": day(start),
        "lega_legal_status_end_date": day(end),
    }


def placement(number: int, of: int, kind: str | None, start: str | None, end: str | None = None) -> dict[str, Any]:
    """A row of `ssd_cla_placement`."""
    return {
        "clap_cla_placement_id": number,
        "clap_person_id": of,
        "clap_cla_placement_type": kind,
        "clap_cla_placement_provider": "PR1",
        "clap_cla_placement_start_date": day(start),
        "clap_cla_placement_end_date": day(end),
    }
