"""Boroughs that several tests look at, each made once, and a way to ask them."""

from datetime import date
from functools import lru_cache
from typing import Any

import duckdb
import pyarrow

from trefoil.extracts.synthesis import profile_for, synthesise

AS_AT = date(2026, 10, 31)


@lru_cache(maxsize=6)
def borough(name: str, years: int = 3, seed: int = 1, faults: str = "none") -> dict[str, pyarrow.Table]:
    """The tables of an invented borough."""
    return synthesise(profile_for(name), years=years, seed=seed, as_at=AS_AT, faults=faults)


def asked(tables: dict[str, pyarrow.Table], question: str) -> list[tuple[Any, ...]]:
    """The answer to a question in SQL over the tables, all values text."""
    with duckdb.connect() as connection:
        for name, table in tables.items():
            if name in question:
                connection.register(name, table)
        return connection.execute(question).fetchall()


def one(tables: dict[str, pyarrow.Table], question: str) -> Any:
    """The one value of the answer."""
    return asked(tables, question)[0][0]
