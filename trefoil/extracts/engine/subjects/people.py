"""What is known of the child whatever is counted: age, sex, ethnic group, disability, locality; and the team.

Rules, for whoever counts the same again:

* `sex`: `female` for F, `male` for M, else `not recorded`.
* `ethnic_group`: the group of the code in the list `ethnicity`; `Not known` and no code are `not recorded`.
* `disabled`: `disabled` when the child has any row in `ssd_disability` with a code other than NONE, else `no
  disability recorded`.
* `locality`: that of the child's address with the latest start date, whether or not it has ended; of two that start
  on one day, that with the highest `addr_table_id`; a missing start date is before all others. It is where the child
  lives by the extract, and not where it lived on the day of the event. No address: `not recorded`.
* `age_months` of an event: the row's own; of one counted on its end, that and the months between the two dates (their
  calendar months, whatever the day). Of an episode on the last day of a month: `pers_age_months` (the age on the last
  day of the month of the extract's `as_at`) less the months between the two.
* `age_years`: whole years, `age_months // 12`; unknown before birth. `age_band`: `unborn` below 0 months, `under 1`,
  `1 to 4`, `5 to 9`, `10 to 15`, `16 and 17`, `18 and over`, `not recorded`.
* `team`: the team's pseudonym as text, `not recorded` when there is none.
"""

from collections.abc import Collection

import ibis
import ibis.expr.types as ir

from trefoil.extracts.standard import code_lists

from ..tables import Tables
from .building import banded, first_of_each, relabelled
from .shape import Column

NOT_RECORDED = "not recorded"
AGE_BANDS = {
    "unborn": -1,
    "under 1": 11,
    "1 to 4": 59,
    "5 to 9": 119,
    "10 to 15": 191,
    "16 and 17": 215,
    "18 and over": None,
}
_ETHNIC_GROUPS = {
    code.code: code.group for code in code_lists()["ethnicity"].codes if code.group and code.group != "Not known"
}
_AGE = ("ssd_person.pers_age_months",)

# What every subject has beside its own columns. `team` needs what the subject says it does.
STANDING: dict[str, Column] = {
    "age_months": Column("number", _AGE),
    "age_years": Column("number", _AGE),
    "age_band": Column("code", _AGE, (*AGE_BANDS, NOT_RECORDED)),
    "sex": Column("code", ("ssd_person.pers_sex",), ("female", "male", NOT_RECORDED)),
    "ethnic_group": Column(
        "code", ("ssd_person.pers_ethnicity",), (*dict.fromkeys(_ETHNIC_GROUPS.values()), NOT_RECORDED)
    ),
    "disabled": Column("code", ("ssd_disability.disa_disability_code",), ("disabled", "no disability recorded")),
    "locality": Column("code", ("ssd_address.addr_locality",)),
}

# The column behind each breakdown.
BREAKDOWN_COLUMNS = {
    "locality": "locality",
    "team": "team",
    "age_band": "age_band",
    "sex": "sex",
    "ethnicity": "ethnic_group",
    "disability": "disabled",
}


def with_person(table: ir.Table, tables: Tables, names: Collection[str]) -> ir.Table:
    """The table with the wanted of `sex`, `ethnic_group`, `disabled`, `locality` and `age_at_extract`."""
    for maker, made in (
        (_persons, ("sex", "ethnic_group", "age_at_extract")),
        (_disabled, ("disabled",)),
        (_localities, ("locality",)),
    ):
        if wanted := [name for name in made if name in names]:
            rows = tables.once(maker.__name__, maker).select("of_area", "of_child", *wanted)
            joined = table.left_join(rows, [table.area == rows.of_area, table.child == rows.of_child])
            table = joined.drop("of_area", "of_child")
    fill = {
        name: NOT_RECORDED if name != "disabled" else "no disability recorded"
        for name in ("sex", "ethnic_group", "disabled", "locality")
        if name in names
    }
    return table.mutate(**{name: table[name].fill_null(word) for name, word in fill.items()}) if fill else table


def _persons(tables: Tables) -> ir.Table:
    person, as_at = tables["ssd_person"], tables.as_at
    joined = person.join(as_at.rename(taken_area="area"), person.area == as_at.area)
    taken = joined.as_at.year() * 12 + joined.as_at.month() - 1
    return joined.select(
        of_area=joined.area,
        of_child=joined.pers_person_id,
        sex=relabelled(joined.pers_sex, {"F": "female", "M": "male"}, NOT_RECORDED),
        ethnic_group=relabelled(joined.pers_ethnicity, _ETHNIC_GROUPS, NOT_RECORDED),
        # Months on the scale of `periods.month_number`, so that an age is a subtraction.
        age_at_extract=(joined.pers_age_months - taken).cast("int64"),
    )


def _disabled(tables: Tables) -> ir.Table:
    rows = tables["ssd_disability"]
    known = rows.filter(rows.disa_disability_code.notnull() & (rows.disa_disability_code != "NONE"))
    children = known.select(of_area="area", of_child="disa_person_id").distinct()
    return children.mutate(disabled=ibis.literal("disabled"))


def _localities(tables: Tables) -> ir.Table:
    rows = tables["ssd_address"]
    dated = rows.mutate(began=rows.addr_address_start_date.fill_null(ibis.date("1900-01-01")))
    latest = first_of_each(
        dated,
        ["area", "addr_person_id"],
        [ibis.desc("began"), ibis.desc("addr_table_id")],
    )
    return latest.select(of_area="area", of_child="addr_person_id", locality="addr_locality")


def with_ages(table: ir.Table, names: Collection[str]) -> ir.Table:
    """The table, which has `age_months`, with the wanted of `age_years` and `age_band`."""
    months = table.age_months
    made = {
        "age_years": ibis.ifelse(months >= 0, (months // 12).cast("int64"), None),
        "age_band": banded(months, AGE_BANDS, NOT_RECORDED),
    }
    wanted = {name: value for name, value in made.items() if name in names}
    return table.mutate(**wanted) if wanted else table


def with_team(table: ir.Table) -> ir.Table:
    """The table with `team` as text."""
    return table.mutate(team=table.team.cast("string").fill_null(NOT_RECORDED))
