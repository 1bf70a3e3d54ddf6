"""Operations are the only writers: named arguments, a person, a moment, one transaction, one line on the trail."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from trefoil.audit.enums import EventType

from .reading import PACKAGE, Source, dotted, sources

RECORD = "trefoil.audit.operations.record"

# Operations that need not keep a rule, each with why.
NO_RECORD = {
    RECORD: "it is the trail",
    "trefoil.notifications.operations.queue_message": "the operation that queues it is on the trail",
    "trefoil.notifications.operations.queue_messages": "as above",
    "trefoil.notifications.operations.mark_read": "the reader's own inbox",
    "trefoil.editing.operations.keep_draft": "every few seconds, and nobody but its writer ever reads it",
    "trefoil.editing.operations.empty_draft": "as above; what the sent form does is on the trail",
}

# Event types that nothing writes yet, each with why. A line goes when its operation comes.
NOT_YET_WRITTEN: dict[str, str] = {
    "AUDIT_VERIFIED": "verification only reads; to note it on the trail would change the head it has just proved",
}


def is_operations(source: Source) -> bool:
    """`operations.py`, `duty_operations.py`, or a module in a folder called `operations`."""
    return any(part == "operations" or part.endswith("_operations") for part in source.parts)


def public_operations(source: Source) -> Iterator[ast.FunctionDef]:
    for name, function in source.functions().items():
        if not name.startswith("_"):
            yield function


def signature_faults(function: ast.FunctionDef) -> list[str]:
    """What is wrong with the arguments of one operation."""
    arguments = function.args
    named = {argument.arg for argument in arguments.kwonlyargs}
    faults = [f"needs the named argument {name}" for name in ("by", "now") if name not in named]
    if arguments.args or arguments.posonlyargs or arguments.vararg:
        faults.append("takes arguments by position")
    return faults


def is_atomic(function: ast.FunctionDef) -> bool:
    """Decorated with transaction.atomic, or with nothing but a transaction.atomic block after its docstring."""
    if any(dotted(node).endswith("transaction.atomic") for node in function.decorator_list):
        return True
    body = [node for node in function.body if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))]
    return (
        len(body) == 1
        and isinstance(body[0], ast.With)
        and any(
            isinstance(item.context_expr, ast.Call) and dotted(item.context_expr.func).endswith("transaction.atomic")
            for item in body[0].items
        )
    )


@dataclass(frozen=True)
class Function:
    """One function of the operations: its parameters, and each call it makes with the name of what is called."""

    parameters: frozenset[str]
    calls: tuple[tuple[str, ast.Call], ...]

    @classmethod
    def read(cls, source: Source, node: ast.FunctionDef) -> "Function":
        imported = source.imported()
        calls = [(dotted(call.func), call) for call in ast.walk(node) if isinstance(call, ast.Call)]
        return cls(
            parameters=frozenset(item.arg for item in [*node.args.args, *node.args.kwonlyargs]),
            calls=tuple((imported.get(name, f"{source.name}.{name}"), call) for name, call in calls),
        )

    def says(self, call: ast.Call) -> tuple[bool, bool]:
        """Whether a call is given an EventType by name, and whether it is handed one of this function's parameters."""
        given = [node for value in [*call.args, *(one.value for one in call.keywords)] for node in ast.walk(value)]
        named = any(dotted(node).startswith("EventType.") for node in given)
        handed = any(isinstance(node, ast.Name) and node.id in self.parameters & {"event"} for node in given)
        return named, handed


def recorders(all_sources: list[Source]) -> set[str]:
    """The functions that write a named event to the trail, themselves or through a function of operations they call.

    A function that takes `event` and passes it on to `record` is a conduit: who calls it with an event, records.
    """
    functions = {
        f"{source.name}.{name}": Function.read(source, node)
        for source in all_sources
        for name, node in source.functions().items()
    }
    conduits, known = {RECORD}, set()
    while True:
        found_conduits = {
            name
            for name, function in functions.items()
            if any(target in conduits and function.says(call)[1] for target, call in function.calls)
        }
        found = {
            name
            for name, function in functions.items()
            if any(
                target in known or (target in conduits and function.says(call)[0]) for target, call in function.calls
            )
        }
        if found <= known and found_conduits <= conduits:
            return known
        conduits |= found_conduits
        known |= found


def operation_faults(all_sources: list[Source]) -> list[str]:
    """Every broken rule, one line each."""
    operations = [source for source in all_sources if is_operations(source)]
    recording = recorders(operations)
    faults = []
    for source in operations:
        for function in public_operations(source):
            name = f"{source.name}.{function.name}"
            faults += [f"{name} {fault}" for fault in signature_faults(function)]
            if name in NO_RECORD:
                continue
            if not is_atomic(function):
                faults.append(f"{name} is not atomic")
            if name not in recording:
                faults.append(f"{name} records no event")
    return faults


def events_written(all_sources: list[Source]) -> set[str]:
    """The names of EventType that code outside the list itself mentions."""
    return {
        node.attr
        for source in all_sources
        if source.name != "trefoil.audit.enums"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and dotted(node.value) == "EventType"
    }


def test_operations_keep_the_rules() -> None:
    assert operation_faults(list(sources())) == []


def test_operations_are_found() -> None:
    names = {source.name for source in sources() if is_operations(source)}
    assert {"trefoil.audit.operations", "trefoil.people.operations", "trefoil.access.operations"} <= names


def test_event_types_are_all_written_or_listed() -> None:
    written = events_written(list(sources()))
    assert sorted(set(EventType.names) - written) == sorted(NOT_YET_WRITTEN)


def test_event_types_not_written_have_a_reason() -> None:
    assert all(len(reason) > 10 for reason in NOT_YET_WRITTEN.values())


GOOD = """
from django.db import transaction
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record

@transaction.atomic
def close(*, thing, by, now):
    record(event=EventType.DUTY_ENDED, by=by, now=now)

@transaction.atomic
def close_two(*, things, by, now):
    for thing in things:
        close(thing=thing, by=by, now=now)

def _note(event, *, by, now):
    record(event=event, by=by, now=now)

@transaction.atomic
def open_one(*, thing, by, now):
    _note(EventType.DUTY_GIVEN, by=by, now=now)
"""


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("*, thing, by, now", "thing, *, by, now", "planted.operations.close takes arguments by position"),
        ("*, thing, by, now", "*, thing, by", "planted.operations.close needs the named argument now"),
        ("*, thing, by, now", "*, thing, now", "planted.operations.close needs the named argument by"),
        ("@transaction.atomic\ndef close(", "def close(", "planted.operations.close is not atomic"),
        ("record(event=EventType.DUTY_ENDED", "record(event='anything'", "planted.operations.close_two records no"),
        ("record(event=EventType.DUTY_ENDED, by=by, now=now)", "pass", "planted.operations.close records no event"),
        ("record(event=event, by=by, now=now)", "pass", "planted.operations.open_one records no event"),
        ("_note(EventType.DUTY_GIVEN, by=by, now=now)", "_note('x')", "planted.operations.open_one records no event"),
    ],
)
def test_operation_faults_finds_a_planted_one(old: str, new: str, fault: str) -> None:
    assert operation_faults([Source.of_text(GOOD)]) == []
    faults = operation_faults([Source.of_text(GOOD.replace(old, new))])
    assert [line for line in faults if re.search(fault, line)]


def test_events_written_sees_mentions_alone() -> None:
    assert events_written([Source.of_text(GOOD)]) == {"DUTY_ENDED", "DUTY_GIVEN"}
    assert events_written([Source.of_text("EventType", "trefoil.x")]) == set()


def test_reading_finds_the_package() -> None:
    assert (PACKAGE / "audit" / "operations.py").exists()
