"""Views, forms and templates ask operations and `visible_to`; a page carries no style or script of its own."""

import ast
import re
from pathlib import Path

import pytest
from django.template import engines

from .reading import PACKAGE, Source, committed_files, sources

MANAGERS = {"objects", "_default_manager", "_base_manager"}
SHORTCUTS = {"get_object_or_404", "get_list_or_404"}
RULES = {"access_rule", "within"}
FRONT = {"views", "forms", "templatetags", "page"}

IN_TEMPLATE = {
    "asks the database": re.compile(r"\.objects\b"),
    "has a style of its own": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "has a script of its own": re.compile(
        r"<script\b(?![^>]*(?:\bsrc\s*=|type=\"application/json\"))|\son[a-z]+\s*=\s*[\"']|javascript:", re.IGNORECASE
    ),
}


def is_front(source: Source) -> bool:
    """A file of views, forms or template tags, by its name or its folder's."""
    return any(part in FRONT or part.endswith(("_views", "_forms")) for part in source.parts)


def is_view(function: ast.FunctionDef) -> bool:
    """A function with a rule on it is a view, whatever its file is called."""
    called = (node.func for node in function.decorator_list if isinstance(node, ast.Call))
    return any(isinstance(node, ast.Name) and node.id in RULES for node in called)


def front(source: Source) -> list[ast.AST]:
    """What of a file is the front: the whole of a file of views or forms, the views of any other."""
    return [source.tree] if is_front(source) else [one for one in source.functions().values() if is_view(one)]


def front_faults(source: Source) -> list[str]:
    """Where a view or a form goes to the database by itself."""
    faults = []
    for node in (node for part in front(source) for node in ast.walk(part)):
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS:
            faults.append(f"{source.name}:{node.lineno} uses .{node.attr}")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SHORTCUTS and node.args:
            first = node.args[0]
            if isinstance(first, ast.Name) and first.id[:1].isupper():
                faults.append(f"{source.name}:{node.lineno} gives the model {first.id} to {node.func.id}")
    return faults


def template_faults(name: str, text: str) -> list[str]:
    """What a template may not hold."""
    return [f"{name} {fault}" for fault, pattern in IN_TEMPLATE.items() if pattern.search(text)]


def quoted(texts: list[str]) -> set[str]:
    """Every text in quotes, and every tag, that could be a template's name or what is left of it inside its room."""
    return {name for text in texts for name in re.findall(r"""(?<=["'])[\w./-]+(?=["'])|(?<={% )\w+""", text)}


def is_named(template: str, named: set[str]) -> bool:
    """Whether somebody says `room/page.html`, or `page` and leaves the rest to the frame of the room."""
    parts = template.removesuffix(".html").split("/")
    return template in named or any("/".join(parts[at:]) in named for at in range(len(parts)))


def is_of_a_library(name: str) -> bool:
    """Whether a template takes the place of a library's own, which names it."""
    loaders = (loader for engine in engines.all() for loader in engine.engine.template_loaders)
    origins = (origin.name for loader in loaders for origin in loader.get_template_sources(name))
    return any(Path(origin).is_file() and PACKAGE not in Path(origin).parents for origin in origins)


def test_every_template_is_used() -> None:
    """Coverage looks at code alone, so a page that nothing opens any more is found here."""
    files = [path for path in committed_files() if PACKAGE in path.parents]
    templates = {path.as_posix().partition("/templates/")[2] for path in files if "templates" in path.parts}
    named = quoted([path.read_text() for path in files if path.suffix in {".py", ".html", ".txt"}])
    by_django = {"400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"}
    unused = [name for name in templates - by_django if not is_named(name, named)]
    assert len(templates) > 100
    assert sorted(name for name in unused if not is_of_a_library(name)) == []
    assert not is_named("room/gone.html", named)


def test_views_and_forms_leave_the_database_alone() -> None:
    assert [fault for source in sources() for fault in front_faults(source)] == []


def test_templates_hold_no_query_style_or_script() -> None:
    templates = [path for path in committed_files() if path.suffix == ".html" and path.is_relative_to(PACKAGE)]
    assert templates
    assert [fault for path in templates for fault in template_faults(str(path), path.read_text())] == []


@pytest.mark.parametrize(
    "line",
    [
        "found = Return.objects.all()",
        "found = Return._default_manager.get(pk=1)",
        "found = get_object_or_404(Return, pk=1)",
    ],
)
def test_front_faults_finds_a_planted_one(line: str) -> None:
    assert len(front_faults(Source.of_text(line, "trefoil.x.views"))) == 1


def test_front_faults_knows_a_view_by_its_rule() -> None:
    view = "@within(Permission.READ_TRAIL)\ndef page(request):\n    return Return.objects.all()"
    assert len(front_faults(Source.of_text(view, "trefoil.x.demo"))) == 1
    assert front_faults(Source.of_text(view.partition("\n")[2], "trefoil.x.queries")) == []


def test_front_faults_allows_a_filtered_load() -> None:
    allowed = "found = get_object_or_404(returns_visible_to(request.standing), pk=pk)"
    assert front_faults(Source.of_text(allowed, "trefoil.x.views")) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{% for r in Return.objects.all %}", "asks the database"),
        ('<p style="color: red">', "has a style of its own"),
        ("<style>p {}</style>", "has a style of its own"),
        ("<script>alert(1)</script>", "has a script of its own"),
        ('<a onclick="go()">', "has a script of its own"),
        ('<a href="javascript:go()">', "has a script of its own"),
    ],
)
def test_template_faults_finds_a_planted_one(text: str, fault: str) -> None:
    assert template_faults("x.html", text) == [f"x.html {fault}"]


def test_template_faults_allows_a_script_file_and_data() -> None:
    allowed = '<script type="module" src="/a.js"></script><script type="application/json">{}</script>'
    assert template_faults("x.html", allowed) == []
