"""Days in England, worked out by the database, so that it can count by them and need not send every moment here."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import DateField, Func, IntegerField
from django.db.models.sql.compiler import SQLCompiler

# Summer time holds from the last Sunday of March to that of October, changing at 01:00 UTC (Summer Time Order 2002).
# SQLite keeps moments as text in UTC and knows no time zones.
_LAST_SUNDAY_BEFORE = "date(substr(%(expressions)s, 1, 4) || '{}', 'weekday 0', '-7 days') || ' 01:00'"
_IN_SUMMER = (
    f"%(expressions)s >= {_LAST_SUNDAY_BEFORE.format('-04-01')} "
    f"AND %(expressions)s < {_LAST_SUNDAY_BEFORE.format('-11-01')}"
)

Sql = Any  # SQL text and its parameters: a pair whose second half Django's stubs type differently by database.


class EnglandDay(Func):
    """The day in England of a moment: of a column, which is written more than once. As `timezone.localdate` has it."""

    arity = 1
    output_field = DateField()

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Sql:
        """Text in, text out. Only in the last hour of a UTC day may England be a day ahead."""
        day, hour = "substr(%(expressions)s, 1, 10)", "substr(%(expressions)s, 12, 2)"
        template = f"CASE WHEN {hour} = '23' AND {_IN_SUMMER} THEN date({day}, '+1 days') ELSE {day} END"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Sql:
        """PostgreSQL knows the zone."""
        template = "(%(expressions)s AT TIME ZONE 'Europe/London')::date"
        return self.as_sql(compiler, connection, template=template, **context)


class DaysBetween(Func):
    """How many days lie between two dates: the later one first."""

    arity = 2
    output_field = IntegerField()

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Sql:
        """Julian days of midnights differ by whole numbers."""
        template = "CAST(julianday(%(expressions)s) AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, arg_joiner=") - julianday(", **context)

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Sql:
        """One date taken from another is a number of days."""
        return self.as_sql(compiler, connection, template="(%(expressions)s)", arg_joiner=" - ", **context)
