"""What this process keeps between pages, always under a stamp of what it was read from, and how to let go of it."""

from collections.abc import Callable
from functools import lru_cache
from typing import Concatenate, ParamSpec, TypeVar, cast

Asked = ParamSpec("Asked")
Given = TypeVar("Given")
Stamp = TypeVar("Stamp")

_forgetters: list[Callable[[], None]] = []


def kept(most: int) -> Callable[[Callable[Asked, Given]], Callable[Asked, Given]]:
    """Keep the answers to the latest `most` different questions. Arguments must be hashable."""

    def wrap(function: Callable[Asked, Given]) -> Callable[Asked, Given]:
        keeping = lru_cache(maxsize=most)(function)
        _forgetters.append(keeping.cache_clear)
        return cast("Callable[Asked, Given]", keeping)

    return wrap


def latest(
    most: int,
) -> Callable[[Callable[Concatenate[Stamp, Asked], Given]], Callable[Concatenate[Stamp, Asked], Given]]:
    """Keep, for the `most` latest questions, the answer under the newest stamp alone; the stamp is the first argument.

    For what is large: what was read before a change is let go of as soon as it is read again.
    """

    def wrap(function: Callable[Concatenate[Stamp, Asked], Given]) -> Callable[Concatenate[Stamp, Asked], Given]:
        @kept(most)
        def place(*_asked: Asked.args, **_named: Asked.kwargs) -> list[tuple[Stamp, Given]]:
            return []

        def ask(stamp: Stamp, /, *asked: Asked.args, **named: Asked.kwargs) -> Given:
            held = place(*asked, **named)
            for known, given in tuple(held):
                if known == stamp:
                    return given
            given = function(stamp, *asked, **named)
            held[:] = [(stamp, given)]
            return given

        return ask

    return wrap


def forget() -> None:
    """Let go of everything, for tests that empty the database and begin anew with the same keys."""
    for let_go in _forgetters:
        let_go()
