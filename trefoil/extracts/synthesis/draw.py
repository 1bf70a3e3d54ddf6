"""Chance: every draw of the generator, from one seeded source. Pure.

Shares are met to within two rows (draws are dealt out, then shuffled), so that a small area is as near to its published
figures as a large one.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from .profile import stated
from .rows import Array

Z_OF_TAIL = ((0.001, 3.09), (0.01, 2.326), (0.02, 2.054), (0.05, 1.645), (0.1, 1.282), (0.2, 0.842), (0.3, 0.524))


class Draw:
    """A seeded source of draws. The same seed and calls in the same order give the same numbers."""

    def __init__(self, seed: int, area: str) -> None:
        self.rng = np.random.default_rng([seed, int.from_bytes(area.encode(), "big")])

    def even(self, n: int) -> Array:
        """`n` numbers spread evenly over 0 to 1, in random order."""
        places = (np.arange(n) + self.rng.random(n)) / max(n, 1)
        self.rng.shuffle(places)
        return places

    def loose(self, n: int) -> Array:
        """`n` independent numbers from 0 to 1."""
        return self.rng.random(n)

    def chance(self, n: int, share: float) -> Array:
        """A mask true for the share, to within one row."""
        return self.even(n) < share

    def whole(self, n: int, least: int, most: int) -> Array:
        """Independent whole numbers from `least` to `most`, both possible."""
        return self.rng.integers(least, most + 1, n)

    def pick(self, n: int, shares: Sequence[float]) -> Array:
        """Positions in `shares`, each as often as its share, to within two."""
        reached = np.cumsum(np.asarray(shares, dtype=float))
        return np.searchsorted(reached / reached[-1], self.even(n), side="right").clip(0, len(reached) - 1)

    def codes(self, n: int, shares: Mapping[str, float]) -> Array:
        """Codes, each as often as its share."""
        return np.array(list(shares), dtype=object)[self.pick(n, list(shares.values()))]

    def listed(self, n: int, name: str) -> Array:
        """Codes by the shares of that name in `levels.toml`."""
        return self.codes(n, stated()["shares"][name])

    def ages(self, n: int, name: str) -> Array:
        """Ages in years with a fraction, by the bands of that name in `levels.toml`."""
        edges = np.array(stated()["ages"]["years"], dtype=float)
        band = self.pick(n, stated()["ages"][name])
        low, high = edges[:-1][band], edges[1:][band]
        years: Array = low + (high - low) * self.loose(n)
        return years

    def long_tailed(self, n: int, mean: float, sigma: float) -> Array:
        """Lognormal numbers with this mean."""
        z = normal_of(self.even(n))
        return mean * np.exp(sigma * z - sigma**2 / 2)


def normal_of(places: Array) -> Array:
    """Standard normal quantiles of numbers between 0 and 1 (Acklam's rational approximation, error below 1e-8)."""
    p = np.clip(places, 1e-9, 1 - 1e-9)
    q = p - 0.5
    r = q * q
    top = _polynomial(
        r,
        -39.69683028665376,
        220.9460984245205,
        -275.9285104469687,
        138.357751867269,
        -30.66479806614716,
        2.506628277459239,
    )
    base = _polynomial(
        r, -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1.0
    )
    middle = top * q / base
    tail = np.sqrt(-2 * np.log(np.minimum(p, 1 - p)))
    top = _polynomial(
        tail,
        -0.007784894002430293,
        -0.3223964580411365,
        -2.400758277161838,
        -2.549732539343734,
        4.374664141464968,
        2.938163982698783,
    )
    base = _polynomial(tail, 0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1.0)
    return np.where(np.abs(q) <= 0.47575, middle, np.where(q < 0, top / base, -top / base))


def _polynomial(x: Array, *factors: float) -> Array:
    found = np.zeros_like(x)
    for factor in factors:
        found = found * x + factor
    return found


def sigma_for(mean: float, edge: float, share: float) -> float:
    """The spread of a lognormal with this mean of which this share lies above `edge`; between 0.35 and 1.3."""
    tails = [tail for tail, _ in Z_OF_TAIL]
    z = float(np.interp(share, tails, [height for _, height in Z_OF_TAIL]))
    inside = z * z - 2 * np.log(edge / mean)
    return float(np.clip(z - np.sqrt(inside), 0.35, 1.3)) if inside > 0 else float(np.clip(z, 0.35, 1.3))
