"""What this process keeps between pages, always under a stamp of what it was read from, and how to let go of it."""

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar, cast

Asked = ParamSpec("Asked")
Given = TypeVar("Given")

_forgetters: list[Callable[[], None]] = []


def kept(most: int) -> Callable[[Callable[Asked, Given]], Callable[Asked, Given]]:
    """Keep the answers to the latest `most` different questions. Arguments must be hashable."""

    def wrap(function: Callable[Asked, Given]) -> Callable[Asked, Given]:
        keeping = lru_cache(maxsize=most)(function)
        _forgetters.append(keeping.cache_clear)
        return cast("Callable[Asked, Given]", keeping)

    return wrap


def forget() -> None:
    """Let go of everything, for tests that empty the database and begin anew with the same keys."""
    for let_go in _forgetters:
        let_go()
