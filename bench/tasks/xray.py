"""The X-ray over invented recommendations, in this process. No database."""

import time
from datetime import date
from random import Random

from rapidfuzz import fuzz

from trefoil.plan.xray.rows import RecommendationRow
from trefoil.plan.xray.similar import alike
from trefoil.plan.xray.vocabulary import Limits

FRAME = "The partnership should seek assurance that all agencies "
LETTERS = "abdefgiklmnoprstu"


def invented(count: int, *, seed: int = 7) -> list[RecommendationRow]:
    """Five to fourteen words each in a usual frame, common words far more often than rare ones (as in real texts).

    A tenth repeat an earlier one with one word changed and the words in another order.
    """
    chance = Random(seed)  # noqa: S311  the same recommendations each time, no secret
    vocabulary = ["".join(chance.choices(LETTERS, k=chance.randint(5, 9))) for _ in range(1500)]
    weights = [1000 // (rank + 10) for rank in range(len(vocabulary))]
    texts: list[list[str]] = []
    for number in range(count):
        if number % 10 == 9:
            again = list(texts[chance.randrange(number)])
            again[chance.randrange(len(again))] = chance.choice(vocabulary)
            texts.append(chance.sample(again, len(again)))
        else:
            texts.append(chance.choices(vocabulary, weights, k=chance.randint(5, 14)))
    return [
        RecommendationRow(number, FRAME + " ".join(words), "a review", date(2010 + number * 16 // count, 1, 1))
        for number, words in enumerate(texts)
    ]


def plain(count: int) -> dict[str, float]:
    """Seconds to lay each beside all earlier ones word for word, without taking the usual frame away."""
    rows = invented(count)
    started = time.perf_counter()
    found = sum(
        any(fuzz.token_set_ratio(later.words, earlier.words) >= Limits().alike for earlier in rows[:place])
        for place, later in enumerate(rows)
    )
    return {"seconds": time.perf_counter() - started, "found": found}


def recommendations(count: int) -> dict[str, float]:
    """Seconds to lay `count` recommendations beside all earlier ones, and how many pairs were found."""
    rows = invented(count)
    started = time.perf_counter()
    found = alike(rows, threshold=Limits().alike)
    return {"seconds": time.perf_counter() - started, "found": len(found)}
