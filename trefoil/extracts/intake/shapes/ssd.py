"""A folder of the Standard Safeguarding Dataset: one CSV or Parquet file per table, and our own tables beside them."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

from trefoil.extracts.standard import Field, Table, load_tables

from ..findings import Finding, RefusedError, refuse, warn
from ..layouts import Column, Context, Days, Kind, Layout, Part, View
from ..opening import files_of, read_table

_KINDS: dict[str, Kind] = {
    "id": "id",
    "date": "date",
    "code": "code",
    "flags": "flags",
    "flag": "flag",
    "count": "count",
    "number": "number",
    "words": "words",
    "locality": "text",
    "age_in_months": "date",
    "left_out": "left_out",
}
_ORDERS = {
    "ssd_address": ("addr_address_start_date", "addr_address_end_date"),
    "ssd_cin_assessments": ("cina_assessment_start_date", "cina_assessment_auth_date"),
    "ssd_cin_episodes": ("cine_referral_date", "cine_close_date"),
    "ssd_cin_plans": ("cinp_cin_plan_start_date", "cinp_cin_plan_end_date"),
    "ssd_cla_care_plan": ("lacp_cla_care_plan_start_date", "lacp_cla_care_plan_end_date"),
    "ssd_cla_episodes": ("clae_cla_episode_start_date", "clae_cla_episode_ceased_date"),
    "ssd_cla_placement": ("clap_cla_placement_start_date", "clap_cla_placement_end_date"),
    "ssd_cp_plans": ("cppl_cp_plan_start_date", "cppl_cp_plan_end_date"),
    "ssd_early_help_episodes": ("earl_episode_start_date", "earl_episode_end_date"),
    "ssd_ehcp_named_plan": ("ehcn_named_plan_start_date", "ehcn_named_plan_ceased_date"),
    "ssd_ehcp_requests": ("ehcr_ehcp_req_date", "ehcr_ehcp_req_outcome_date"),
    "ssd_immigration_status": ("immi_immigration_status_start_date", "immi_immigration_status_end_date"),
    "ssd_involvements": ("invo_involvement_start_date", "invo_involvement_end_date"),
    "ssd_legal_status": ("lega_legal_status_start_date", "lega_legal_status_end_date"),
    "ssd_missing": ("miss_missing_episode_start_date", "miss_missing_episode_end_date"),
    "ssd_s47_enquiry": ("s47e_s47_start_date", "s47e_s47_end_date"),
    "trefoil_episodes": ("epis_start_date", "epis_end_date"),
    "trefoil_return_interviews": ("rint_offered_date", "rint_held_date"),
}
# One family has many children: its number tells rows apart only together with the child's.
_KEYS = {"ssd_family": ("fami_family_id", "fami_person_id"), "ssd_department": ("dept_team_id",)}
# The standard asks for a plan at every conference, but a conference may decide that there is none.
_NOT_EXPECTED = {"icpc_cp_plan_id"}
# Teams and workers are often named instead of numbered, so a missing row says nothing.
_FREE = {"team", "worker", "family"}
_FIRST_DAYS = 7
# What `synthesise` puts beside the tables. Localities are the partnership's, set once, and no part of an extract.
_BESIDE = "localities.csv"


class SsdShape:
    """Implements `Shape` for the Standard Safeguarding Dataset, edition 1.4.5."""

    name = "ssd"
    edition = "1.4.5"

    @cached_property
    def layouts(self) -> tuple[Layout, ...]:
        """One layout per table of the standard and of our own."""
        homes = _homes()
        return tuple(_layout(table, homes) for table in load_tables(self.edition).values())

    def recognises(self, path: Path) -> bool:
        """A folder with at least one file named after a table of the standard."""
        return path.is_dir() and any(self._layout_of(file) for file in files_of(path))

    def parts(self, path: Path, context: Context) -> Iterator[Part]:
        """The tables of the folder, one file each. A file of no table is a warning, unless it is the localities; two of
        one table are a fault."""
        files, strange = self._files(path)
        if not files:
            raise refuse(
                "shape-unknown", path.name, "Name the files after their tables: ssd_person.csv, ssd_contacts.csv."
            )
        notes = tuple(
            warn("file-unknown", file.name, "Name a file after its table, such as ssd_contacts.csv, or leave it out.")
            for file in strange
        )
        for layout, file in files.items():
            yield _part(layout, file, notes)
            notes = ()
        yield from self._missing_children(files, path.name)

    def standardise(self, views: Mapping[str, View], context: Context) -> dict[str, str]:
        """The tables as they are: the layouts are those of the store."""
        selects = {}
        for name, view in views.items():
            kept = [field.name for field in load_tables(self.edition)[name].fields if field.stored_type]
            columns = [column for column in kept if column in view.carries]
            if columns:
                selects[name] = f"SELECT {', '.join(columns)} FROM {view.sql}"
        return selects

    def covers(self, table: str, seen: Mapping[str, Days], context: Context) -> Days | None:
        """From the day the sender has named, else from the first month that the contacts (without them, the referrals)
        hold from its first week on; to the day the extract was taken."""
        first = context.since or _first_whole_month(seen)
        if first is None or first > context.as_at or not load_tables(self.edition)[table].event:
            return None
        return first, context.as_at

    def _missing_children(self, files: Mapping[Layout, Path], name: str) -> Iterator[Part]:
        person = next(layout for layout in self.layouts if layout.name == "ssd_person")
        if person not in files and any(layout.person for layout in files):
            cure = "Add ssd_person: without it nothing is known of the children, not even their age."
            yield Part(person, name, "", None, refuse("table-missing", name, cure).findings)

    def _files(self, path: Path) -> tuple[dict[Layout, Path], list[Path]]:
        files: dict[Layout, Path] = {}
        strange = []
        for file in files_of(path):
            layout = self._layout_of(file)
            if layout is None:
                strange += [file] if file.name != _BESIDE else []
            elif layout in files:
                raise refuse("file-twice", file.name, f"Keep either {file.name} or {files[layout].name}.")
            else:
                files[layout] = file
        return files, strange

    def _layout_of(self, file: Path) -> Layout | None:
        if file.suffix.lower() not in {".csv", ".parquet"}:
            return None
        return next((layout for layout in self.layouts if layout.name == file.stem.lower()), None)


SSD = SsdShape()


def _part(layout: Layout, file: Path, notes: tuple[Finding, ...]) -> Part:
    try:
        opened = read_table(file, file.name)
    except RefusedError as refused:
        return Part(layout, file.name, "", None, (*notes, *refused.findings))
    return Part(layout, file.name, "", opened.table, (*notes, *opened.findings))


def _homes() -> dict[str, tuple[str, str]]:
    """For each domain of identifiers the table and field where each of its identifiers has its one row."""
    homes = {}
    for table in load_tables().values():
        for field in table.fields:
            if field.key and field.kept == "id" and field.of not in _FREE:
                homes[field.of] = (table.name, field.name)
    return homes


def _layout(table: Table, homes: Mapping[str, tuple[str, str]]) -> Layout:
    is_person = table.name == "ssd_person"
    return Layout(
        table.name,
        table.title,
        tuple(_column(table, field, homes) for field in table.fields),
        key=_KEYS.get(table.name) or tuple(field.name for field in table.fields if field.key),
        orders=(_ORDERS[table.name],) if table.name in _ORDERS else (),
        person=table.person_field.name if table.person_field else "",
        born="pers_dob" if is_person else "",
        events=(table.event,) if table.event and table.person_field else (),
    )


def _column(table: Table, field: Field, homes: Mapping[str, tuple[str, str]]) -> Column:
    home = homes.get(field.of) if field.kept == "id" else None
    person = table.person_field == field
    own = table.name.startswith("trefoil_")
    required = field.key or (field.required and (own or person))
    wanted = field.required and field.kept != "left_out" and field.name not in _NOT_EXPECTED
    return Column(
        field.name,
        _KINDS[field.kept],
        required=required,
        codes=field.of if field.kept in {"code", "flags"} else "",
        personal=field.is_personal,
        expected=not required and (wanted or person or field.name == table.event or field.kept == "age_in_months"),
        refers=".".join(home) if home and home[0] != table.name else "",
        as_standard=field.name,
    )


def _first_whole_month(seen: Mapping[str, Days]) -> date | None:
    days = seen.get("ssd_contacts") or seen.get("ssd_cin_episodes")
    if days is None:
        return None
    first = days[0].replace(day=1)
    return first if days[0].day <= _FIRST_DAYS else (first + timedelta(days=31)).replace(day=1)
