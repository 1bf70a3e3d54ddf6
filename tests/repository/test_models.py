"""Tables: every field is classified, pairs are held, links point down, migrations are one line and up to date."""

import tomllib
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.questioner import MigrationQuestioner
from django.db.migrations.state import ProjectState
from django.test.utils import isolate_apps

from .reading import ROOT, floor_of, floors

PRIVACY = {"public", "internal", "personal", "special"}

# Pairs of a moment and a person that may stand half empty, each with why.
PAIRS_NOT_HELD = {
    "people.Duty.given": "the first duties are given by whoever installs, who is no person of the system",
    "clocks.ClockMove.written": "a clock that a command or the demo starts has nobody signed in",
    "notifications.Message.queued": "a time limit that runs out tells of itself: nobody signed in queued the message",
    "budget.BudgetYear.opened": "a finance file loaded at the command line has nobody signed in",
    "extracts.Extract.received": "an extract loaded at the command line has nobody signed in",
    "extracts.ExtractMove.moved": "a move made by the retention command, or for an extract of the command line",
    "indicators.ReturnMove.moved": "a return loaded at the command line has nobody signed in",
    "indicators.Figure.entered": "figures loaded at the command line have nobody signed in",
    "indicators.Target.set": "targets published by the partnership are loaded at the command line",
}


def own_models() -> list[type[models.Model]]:
    """The models of this project."""
    return [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("trefoil.")]


def folder_of(model: type[models.Model]) -> str:
    """The folder of `trefoil/` that a model lives in."""
    return model.__module__.split(".")[1]


def columns(model: type[models.Model]) -> list[models.Field]:
    """What is stored, without the number that Django gives each row."""
    return [
        field
        for field in [*model._meta.local_concrete_fields, *model._meta.local_many_to_many]
        if not isinstance(field, models.AutoField) and field.name != "id"
    ]


def register() -> dict[str, Any]:
    """docs/data-register.toml."""
    return tomllib.loads((ROOT / "docs" / "data-register.toml").read_text())


def register_faults(found: Iterable[type[models.Model]], written: dict[str, Any]) -> list[str]:
    """Fields without a line, lines without a field, and words that the register does not know."""
    stored = {
        f"{model._meta.app_label}.{model._meta.object_name}.{field.name}" for model in found for field in columns(model)
    }
    lines = {
        f"{app}.{model}.{field}": line
        for app, its_models in written["fields"].items()
        for model, its_fields in its_models.items()
        for field, line in its_fields.items()
    }
    faults = [f"{name} is not in the register" for name in sorted(stored - lines.keys())]
    faults += [f"{name} is in the register and nowhere else" for name in sorted(lines.keys() - stored)]
    for name, line in lines.items():
        if line.get("privacy") not in PRIVACY:
            faults.append(f"{name} has the unknown privacy {line.get('privacy')}")
        if line.get("retention") not in written["retention"]:
            faults.append(f"{name} has the unknown retention {line.get('retention')}")
    return faults


def outside_tables() -> set[str]:
    """The tables that libraries bring, as `app.Model`."""
    return {model._meta.label for model in apps.get_models(include_auto_created=True)} - {
        model._meta.label for model in own_models()
    }


def checked_together(model: type[models.Model]) -> list[set[str]]:
    """For each check constraint the fields it speaks of."""
    return [
        {str(name).split("__")[0] for name in _names(constraint.condition)}
        for constraint in model._meta.constraints
        if isinstance(constraint, models.CheckConstraint)
    ]


def _names(condition: models.Q) -> Iterator[str]:
    for child in condition.children:
        if isinstance(child, models.Q):
            yield from _names(child)
        else:
            yield child[0]


def pair_faults(model: type[models.Model]) -> list[str]:
    """Pairs `x_at` and `x_by` of which one may be empty without the other."""
    fields = {field.name: field for field in columns(model)}
    faults = []
    for name in sorted(fields):
        pair = {name, f"{name.removesuffix('_at')}_by"}
        if not name.endswith("_at") or not pair <= fields.keys():
            continue
        may_be_empty = any(fields[one].null for one in pair)
        if may_be_empty and not any(pair <= names for names in checked_together(model)):
            faults.append(f"{model._meta.label}.{name.removesuffix('_at')}")
    return faults


def link_faults(links: Iterable[tuple[str, str]], rows: list[set[str]]) -> list[str]:
    """Links (from folder, to folder) that go up, or across to a neighbour on the same floor."""
    return [
        f"{source} links to {target}"
        for source, target in links
        if source != target and floor_of(target, rows) >= floor_of(source, rows)
    ]


def links() -> Iterator[tuple[str, str]]:
    """Every foreign key between this project's own tables."""
    for model in own_models():
        for field in columns(model):
            target = field.related_model
            if isinstance(target, type) and target.__module__.startswith("trefoil."):
                yield folder_of(model), folder_of(target)


def migration_faults(graph: dict[tuple[str, str], list[tuple[str, str]]], labels: set[str]) -> list[str]:
    """Apps whose migrations are not one line. `graph` gives each migration's dependencies."""
    faults = []
    for label in sorted(labels):
        own = {key for key in graph if key[0] == label}
        if not own:
            continue
        before = [parent for key in own for parent in graph[key] if parent[0] == label]
        if len(own - set(before)) != 1 or len(before) != len(set(before)) or len(before) != len(own) - 1:
            faults.append(f"the migrations of {label} are not one line")
    return faults


def test_every_field_is_in_the_data_register() -> None:
    assert register_faults(own_models(), register()) == []


def test_every_table_of_a_library_is_in_the_data_register() -> None:
    written = register()["library_tables"]
    assert sorted(written) == sorted(outside_tables())
    assert {line["privacy"] for line in written.values()} <= PRIVACY
    assert {line["retention"] for line in written.values()} <= register()["retention"].keys()


def test_moments_and_persons_are_held_together() -> None:
    assert sorted(fault for model in own_models() for fault in pair_faults(model)) == sorted(PAIRS_NOT_HELD)


def test_foreign_keys_point_down() -> None:
    found = list(links())
    assert ("access", "people") in found
    assert link_faults(found, floors()) == []


@pytest.mark.django_db
def test_migrations_are_one_line_and_up_to_date() -> None:
    loader = MigrationLoader(connection)
    labels = {model._meta.app_label for model in own_models()}
    graph = {key: list(migration.dependencies) for key, migration in loader.disk_migrations.items()}
    assert migration_faults(graph, labels) == []
    questioner = MigrationQuestioner(specified_apps=labels, dry_run=True)
    detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps), questioner)
    assert detector.changes(graph=loader.graph, trim_to_apps=labels) == {}


@isolate_apps("tests.repository")
def test_register_faults_finds_planted_ones() -> None:
    class Planted(models.Model):
        name = models.CharField(max_length=5)
        age = models.IntegerField()

        class Meta:
            app_label = "planted"

        def __str__(self) -> str:
            return self.name

    written = {
        "retention": {"short": "A day."},
        "fields": {
            "planted": {
                "Planted": {
                    "name": {"privacy": "secret", "retention": "long"},
                    "gone": {"privacy": "public", "retention": "short"},
                }
            }
        },
    }
    assert register_faults([Planted], written) == [
        "planted.Planted.age is not in the register",
        "planted.Planted.gone is in the register and nowhere else",
        "planted.Planted.name has the unknown privacy secret",
        "planted.Planted.name has the unknown retention long",
    ]


@isolate_apps("tests.repository")
def test_pair_faults_finds_a_planted_one() -> None:
    class Loose(models.Model):
        ended_at = models.DateTimeField(null=True)
        ended_by = models.IntegerField(null=True)

        class Meta:
            app_label = "planted"

        def __str__(self) -> str:
            return "loose"

    class Held(models.Model):
        ended_at = models.DateTimeField(null=True)
        ended_by = models.IntegerField(null=True)

        class Meta:
            app_label = "planted"
            constraints = [
                models.CheckConstraint(
                    name="held",
                    condition=models.Q(ended_at__isnull=True, ended_by__isnull=True)
                    | models.Q(ended_at__isnull=False, ended_by__isnull=False),
                )
            ]

        def __str__(self) -> str:
            return "held"

    assert pair_faults(Loose) == ["planted.Loose.ended"]
    assert pair_faults(Held) == []


def test_link_faults_finds_up_and_across() -> None:
    rows = [{"audit", "design"}, {"people"}]
    assert link_faults([("people", "audit"), ("people", "people")], rows) == []
    assert link_faults([("audit", "people"), ("audit", "design")], rows) == [
        "audit links to people",
        "audit links to design",
    ]


def test_migration_faults_finds_a_fork() -> None:
    line = {("a", "1"): [], ("a", "2"): [("a", "1")]}
    assert migration_faults(line, {"a"}) == []
    assert migration_faults(line | {("a", "2b"): [("a", "1")]}, {"a"}) == ["the migrations of a are not one line"]
