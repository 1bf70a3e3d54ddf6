"""How one referral goes: what comes of it and how long each part lasts, before it has a date. Pure.

Columns of a spell (days from the referral unless it says otherwise): `kind` (0 no further action, 1 assessed and not in
need, 2 in need), `conf` and `plan` (a conference; a plan made there), `care`, `alone` (an unaccompanied child),
`assess_wd` (working days to the assessment), `enquiry_at`, `conf_wd` (working days from there to the conference),
`conf_at`, `plan_len`, `care_at`, `care_len`, `length`, and `age` in days at the referral.
"""

from dataclasses import dataclass

import numpy as np

from .days import YEAR
from .draw import Draw, sigma_for
from .profile import AreaProfile, stated
from .rows import Array, Rows

GROWN = 18 * YEAR
CARE_AFTER_PLAN = 0.25
"""Of the children who come into care (not alone), those whose protection plan ended so. Stated."""
LONGEST_NEED = 15.5
CARE_SIGMA = 1.25
CARE_LOST = 1.03
"""Days in care that are lost where brothers and sisters of other ages copy a length. Measured on four areas."""


@dataclass(frozen=True)
class Fit:
    """What `fitted` finds so that flows and lengths give the published numbers open. Lengths in days, rates a year."""

    flow: float
    alone_flow: float
    outcomes: tuple[float, ...]
    plan_mean: float
    plan_sigma: float
    care_mean: float
    need_bands: tuple[float, ...]
    need_tail: float
    need_scale: float


def band_edges() -> tuple[float, ...]:
    """Edges in days of the published bands of how long a child was in need; the last band is open."""
    return (0.0, 0.25 * YEAR, 0.5 * YEAR, YEAR, 2 * YEAR)


def published_bands(profile: AreaProfile) -> tuple[float, ...]:
    """The published shares of the bands among children who are no longer in need."""
    names = ("under_3_months", "3_to_6_months", "6_to_12_months", "1_to_2_years", "2_years_or_more")
    return tuple(profile.levels[f"ended_{name}_pct"] for name in names)


def need_lengths(draw: Draw, n: int, bands: tuple[float, ...], tail: float, scale: float) -> Array:
    """Lengths of a spell in need without plan or care, by the bands; `tail` is the mean beyond two years."""
    edges = np.array(band_edges())
    band = draw.pick(n, bands)
    within = draw.loose(n)
    low = np.where(band == 0, 30.0, edges[band])
    high = np.r_[edges[1:], 0.0][band]
    beyond = edges[-1] - tail * np.log(1 - within * 0.995)
    days = np.where(band == len(edges) - 1, beyond, low + (high - low) * within)
    lengths: Array = np.minimum(days * scale, LONGEST_NEED * YEAR)
    return lengths


def _assessments(draw: Draw, profile: AreaProfile, n: int) -> Array:
    """Working days from referral to the assessment's end; the published share within 45."""
    late = ~draw.chance(n, profile.share("assessed_in_45_pct"))
    soon = 3 + 42.99 * draw.rng.beta(2.6, 1.5, n)
    return np.where(late, 46 + draw.rng.exponential(12, n), soon).astype(np.int64)


def _conference_days(draw: Draw, profile: AreaProfile, n: int) -> Array:
    """Working days from strategy discussion to conference; the published share within 15."""
    late = ~draw.chance(n, profile.share("conferences_in_15_pct"))
    soon = np.where(draw.loose(n) < 0.12, draw.whole(n, 5, 10), draw.whole(n, 11, 15))
    return np.where(late, 16 + draw.rng.exponential(5, n), soon).astype(np.int64)


def calendar_days(working: Array) -> Array:
    """About how many days so many working days are; never fewer than it comes to."""
    return (working * 1.45).astype(np.int64) + 4


def draw_spells(draw: Draw, profile: AreaProfile, fit: Fit, n: int) -> Rows:
    """`n` referrals of children who are not alone, each with an age of its own."""
    outcome = draw.pick(n, fit.outcomes)
    spell = Rows(
        kind=np.minimum(outcome, 2),
        care=np.isin(outcome, (3, 4)),
        plan=np.isin(outcome, (4, 5)),
        conf=np.isin(outcome, (4, 5, 6)),
        alone=np.zeros(n, dtype=bool),
        assess_wd=_assessments(draw, profile, n),
        conf_wd=_conference_days(draw, profile, n),
        enquiry_at=np.where(draw.loose(n) < 0.7, draw.whole(n, 0, 4), draw.whole(n, 10, 150)),
        plan_len=np.maximum(draw.long_tailed(n, fit.plan_mean, fit.plan_sigma), 25).astype(np.int64),
        plan_after=np.where(draw.loose(n) < 0.3, 0, draw.whole(n, 25, 150)),
        need_len=need_lengths(draw, n, fit.need_bands, fit.need_tail, fit.need_scale).astype(np.int64),
        care_len=np.maximum(draw.long_tailed(n, fit.care_mean, CARE_SIGMA), 3).astype(np.int64),
        care_wait=np.where(draw.loose(n) < 0.45, draw.whole(n, 0, 2), draw.whole(n, 5, 240)),
        overlap=draw.whole(n, 0, 40),
    )
    spell = settle(spell.put(age=_ages(draw, spell, n)))
    # A child in care is as old as was drawn on the day care began, so is younger at the referral.
    younger = np.maximum(spell["age"] - spell["care_at"], 0)
    return settle(spell.put(age=np.where(spell["care"], younger, spell["age"])))


def _ages(draw: Draw, spell: Rows, n: int) -> Array:
    """Ages in days at the referral: younger for plans, by age at coming into care for care."""
    plans, care = draw.ages(n, "plan"), draw.ages(n, "care")
    years = np.where(spell["care"], care, np.where(spell["conf"], plans, draw.ages(n, "referral")))
    return (years * YEAR).astype(np.int64)


def draw_alone(draw: Draw, profile: AreaProfile, fit: Fit, n: int) -> Rows:
    """`n` unaccompanied children, who come into care at once and stay until they are 18."""
    spell = draw_spells(draw, profile, fit, n)
    nobody, everybody = np.zeros(n, dtype=bool), np.ones(n, dtype=bool)
    open_mean = profile.share("alone_open_pct") * profile.levels["care_open"] / max(fit.alone_flow, 0.01)
    left = np.minimum(draw.loose(n) * 2 * np.clip(open_mean, 0.3, 2.0), 3.5) * YEAR
    spell |= {"kind": np.full(n, 2), "conf": nobody, "plan": nobody, "care": everybody, "alone": everybody}
    spell["care_wait"] = draw.whole(n, 0, 1)
    # Where few are still in care, most are soon moved on to other areas.
    stay = draw.rng.exponential(max(open_mean, 0.02) * YEAR, n) if open_mean < 0.35 else np.full(n, GROWN)
    spell["care_len"] = stay.astype(np.int64)
    return settle(spell.put(age=(GROWN - left - 5).astype(np.int64)))


def settle(spell: Rows) -> Rows:
    """The parts put one after the other, nobody in care or on a plan beyond 18, and the whole length."""
    assessed = calendar_days(spell["assess_wd"])
    conf_at = spell["enquiry_at"] + calendar_days(spell["conf_wd"])
    left = np.maximum(GROWN - 3 - spell["age"], 12).astype(np.int64)
    plan_len = np.where(spell["care"], spell["plan_len"], np.minimum(spell["plan_len"], np.maximum(left - conf_at, 25)))
    after_plan = np.maximum(conf_at + plan_len - spell["overlap"], conf_at + 10)
    care_at = np.where(spell["plan"], after_plan, spell["care_wait"])
    care_len = np.clip(spell["care_len"], 3, np.maximum(left - care_at, 3))
    length = np.select(
        [spell["kind"] == 0, spell["kind"] == 1, spell["care"], spell["plan"], spell["conf"]],
        [
            spell["overlap"] % 3,
            assessed + spell["overlap"] % 6,
            np.maximum(care_at + care_len + spell["overlap"] % 9, assessed + 3),
            np.maximum(conf_at + plan_len + spell["plan_after"], assessed + 3),
            np.maximum(spell["need_len"], np.maximum(conf_at, assessed) + 10),
        ],
        np.maximum(spell["need_len"], assessed + 3),
    )
    return spell.put(conf_at=conf_at, plan_len=plan_len, care_at=care_at, care_len=care_len, length=length)


def _outcomes(profile: AreaProfile, flow: float, alone: float) -> tuple[float, ...]:
    """Shares: no action, not in need, in need, care, care after a plan, plan, conference without a plan."""
    levels, general = profile.levels, flow - alone
    nothing = profile.share("nfa_pct") * flow
    not_needed = profile.share("not_in_need_pct") * flow
    care = max(levels["care_started"] - alone, 0.0)
    plans = levels["plans_started"]
    conferences = max(levels["conferences_rate"] * profile.children / 10_000, plans)
    after_plan = min(CARE_AFTER_PLAN * care, 0.5 * plans)
    parts = (care - after_plan, after_plan, plans - after_plan, conferences - plans)
    rest = max(general - nothing - not_needed - sum(parts), 0.0)
    found = np.array([nothing, not_needed, rest, *parts])
    return tuple(found / found.sum())


def fitted(draw: Draw, profile: AreaProfile) -> Fit:
    """The lengths and shares that give the area's published flows and numbers open, by Little's law."""
    levels = profile.levels
    flow = max(levels["referrals"], 1.0)
    alone = profile.share("alone_started_pct") * levels["care_started"]
    plan_mean = YEAR * levels["plans_open"] / max(levels["plans_started"], 0.5)
    plan_mean = float(np.clip(plan_mean, 0.35 * YEAR, 1.6 * YEAR))
    sigma = sigma_for(plan_mean, 2 * YEAR, profile.share("plans_ended_after_2_years_pct"))
    bands = published_bands(profile)
    first = Fit(flow, alone, _outcomes(profile, flow, alone), plan_mean, sigma, 3 * YEAR, bands, 3 * YEAR, 1.0)
    return _with_need(draw, profile, _with_care(draw, profile, first))


def _with_care(draw: Draw, profile: AreaProfile, fit: Fit) -> Fit:
    """The mean length of care that, cut off at 18, gives the published number in care."""
    starts = max(profile.levels["care_started"] - fit.alone_flow, 0.5)
    stock = profile.levels["care_open"] * (1 - profile.share("alone_open_pct"))
    wanted = CARE_LOST * float(np.clip(stock / starts, 0.5, 6.0)) * YEAR
    # Children who come back are as old as children referred, not as those who come into care at once.
    again = draw.chance(4000, profile.share("rereferral_pct"))
    ages = np.where(again, draw.ages(4000, "referral") + 0.7, draw.ages(4000, "care")) * YEAR
    shape = draw.long_tailed(4000, 1.0, CARE_SIGMA)
    low, high = 0.1 * YEAR, 60 * YEAR
    for _ in range(24):
        mean = (low + high) / 2
        reached = np.clip(shape * mean, 3, np.maximum(GROWN - ages, 3)).mean() < wanted
        low, high = (mean, high) if reached else (low, mean)
    return _replaced(fit, care_mean=(low + high) / 2)


def _with_need(draw: Draw, profile: AreaProfile, fit: Fit) -> Fit:
    """The length beyond two years (or, where that is not enough, of all) that gives the published number in need."""
    pool = draw_spells(draw, profile, fit, 12_000)
    plain = (pool["kind"] == 2) & ~pool["care"] & ~pool["conf"]
    alone_open = profile.share("alone_open_pct") * profile.levels["care_open"]
    others = (fit.flow - fit.alone_flow) * pool["length"][~plain].sum() / len(plain) / YEAR + alone_open
    starts = max((fit.flow - fit.alone_flow) * plain.mean(), 0.5)
    wanted = max((profile.levels["in_need_open"] - others) / starts, 0.15) * YEAR
    bands = _bands_left(profile, pool, plain)
    low, high = 0.05 * YEAR, 12 * YEAR
    for _ in range(20):
        tail = (low + high) / 2
        reached = need_lengths(draw, 6000, bands, tail, 1.0).mean() < wanted
        low, high = (tail, high) if reached else (low, tail)
    tail = (low + high) / 2
    scale = float(np.clip(wanted / need_lengths(draw, 12_000, bands, tail, 1.0).mean(), 0.3, 2.5))
    return _replaced(fit, need_bands=bands, need_tail=tail, need_scale=scale)


def _bands_left(profile: AreaProfile, pool: Rows, plain: Array) -> tuple[float, ...]:
    """The bands of spells without plan or care: the published ones of all, less those with plan or care."""
    published = np.array(published_bands(profile))
    others = (pool["kind"] == 2) & ~plain
    share = others.sum() / max(int((pool["kind"] == 2).sum()), 1)
    found, _ = np.histogram(pool["length"][others], [*band_edges(), np.inf])
    left = published / published.sum() - share * found / max(int(others.sum()), 1)
    return tuple(np.maximum(left, 0.02))


def _replaced(fit: Fit, **changed: float | tuple[float, ...]) -> Fit:
    return Fit(**({name: getattr(fit, name) for name in Fit.__dataclass_fields__} | changed))


def siblings_share() -> float:
    """The share of siblings who go the same way as the first of them."""
    return float(stated()["stated"]["sibling_same_journey_pct"]) / 100
