"""Counts scattered as chance would scatter them. Pure: who draws hands in the chance, so a seed fixes all."""

import math
from random import Random


def poisson(chance: Random, mean: float) -> int:
    """How many of something that comes at random, when so many are usual. Never negative."""
    if mean > 40:
        return max(0, round(chance.gauss(mean, math.sqrt(mean))))
    limit, product, count = math.exp(-mean), chance.random(), 0
    while product > limit:
        product *= chance.random()
        count += 1
    return count


def binomial(chance: Random, of: int, share: float) -> int:
    """How many out of `of`, when this share is usual. A share below 0 or above 1 is taken as none or all."""
    share = min(1.0, max(0.0, share))
    if of > 200:
        return min(of, max(0, round(chance.gauss(of * share, math.sqrt(of * share * (1 - share))))))
    return sum(chance.random() < share for _ in range(of))
