"""What decides whether anything that was read of a partnership's figures still holds: one query for each page."""

from typing import NamedTuple

from django.db import connection

from trefoil.people.models import Partnership

from ..models import AgencyReturn, Commentary, Fault, Figure, Release, ReturnMove, Target

Rows = tuple[tuple[str, str, str], ...]


class Stamp(NamedTuple):
    """`pack`: which national pack is loaded, empty when none is. `own`: each return's status, and how many figures
    and moves there are up to which key. `said`: the same of targets, commentary and faults.

    A stored figure is never changed but for a newer one taking its place, targets and commentary are only added, and a
    fault is added, answered or taken away; so count and highest key tell of any change. The count alone tells of a
    transaction that ended after one with a higher key. A return that was handed in and sent back again between two
    looks has the status it had, but shows other figures: the moves tell of that.
    """

    pack: str
    own: Rows
    said: Rows


_OF_PARTNERSHIP = "FROM {table} WHERE partnership_id = %s"
_COUNTED = "CAST(COALESCE(MAX(id), 0) AS varchar(20)), CAST(COUNT(*) AS varchar(20))"
_PARTS = (
    ("release", Release, "code, sha256 FROM {table}"),
    ("return", AgencyReturn, f"CAST(id AS varchar(20)), state {_OF_PARTNERSHIP}"),
    ("figures", Figure, f"{_COUNTED} {_OF_PARTNERSHIP}"),
    ("moves", ReturnMove, f"{_COUNTED} FROM {{table}} WHERE agency_return_id IN ({{returns}})"),
    ("targets", Target, f"{_COUNTED} {_OF_PARTNERSHIP}"),
    ("commentary", Commentary, f"{_COUNTED} {_OF_PARTNERSHIP}"),
    # By status and moves of their returns they are shown or not; `return` and `moves` tell of that.
    ("faults", Fault, f"{_COUNTED} FROM {{table}} WHERE agency_return_id IN ({{returns}})"),
    ("unanswered", Fault, f"{_COUNTED} FROM {{table}} WHERE answer = '' AND agency_return_id IN ({{returns}})"),
)


def stamp_of(partnership: Partnership) -> Stamp:
    """The partnership's stamp now. Plain SQL: the same in seven queries of the model took longer than the page."""
    returns = f"SELECT id FROM {_table(AgencyReturn)} WHERE partnership_id = %s"  # noqa: S608  names of our own alone
    parts = [f"SELECT '{name}', {words.format(table=_table(model), returns=returns)}" for name, model, words in _PARTS]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), [partnership.pk] * (len(_PARTS) - 1))
        rows = sorted(cursor.fetchall())
    own = {"figures", "moves", "return"}
    return Stamp(
        pack="|".join(f"{code}:{sha256}" for kind, code, sha256 in rows if kind == "release"),
        own=tuple(row for row in rows if row[0] in own),
        said=tuple(row for row in rows if row[0] not in {*own, "release"}),
    )


def _table(model: type[Release | AgencyReturn | ReturnMove | Figure | Target | Commentary | Fault]) -> str:
    return connection.ops.quote_name(model._meta.db_table)
