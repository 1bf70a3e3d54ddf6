"""Nothing marked for publication reaches a reader but through suppression: who calls what, read from the code."""

import ast

from .reading import Source, dotted, sources

SUPPRESSION = "trefoil.indicators.suppression"
THE_WAY_IN = "trefoil.indicators.publishing.prepared"
THE_STORE = "trefoil.indicators.operations.publication"
THE_FILE = "trefoil.indicators.downloads.editions"
THE_PAGE = "trefoil.indicators.views.publication"
# The invented analyst looks at each table of invented figures and confirms it, as the page has people do.
THE_DEMO = "trefoil.demo.fairmead_publishing"
# Publishes nothing: what its few readers see is looked through all the same, and no edition is stored.
SHOWS_WITHIN = "trefoil.child_deaths.figures"
TABLES = {"PublishedTable", "ShownCell", "ShownShare"}
MAKES_TABLES = {"trefoil.indicators.publishing.stored"}
WRITES = {"create", "get_or_create", "update_or_create", "bulk_create", "update", "save"}
# `shown` and `exact` as names of an edition's tables.
READS_EXACT = {THE_WAY_IN, "trefoil.indicators.publishing.stored", THE_STORE}


def faults(source: Source) -> list[str]:
    """Where a file goes round the one way."""
    found = []
    imported = set(source.imported().values())
    if f"{SUPPRESSION}.publication.prepare_for_publication" in imported and source.name not in {
        THE_WAY_IN,
        SHOWS_WITHIN,
    }:
        found.append(f"{source.name} suppresses by itself")
    if f"{THE_WAY_IN}.prepared" in imported and source.name not in {THE_STORE, THE_PAGE, THE_DEMO}:
        found.append(f"{source.name} prepares a table that nobody confirms")
    if f"{THE_FILE}.edition_document" in imported and source.name != THE_PAGE:
        found.append(f"{source.name} gives an edition away")
    for node in ast.walk(source.tree):
        found += _node_faults(source, node)
    return found


def _node_faults(source: Source, node: ast.AST) -> list[str]:
    found = []
    if isinstance(node, ast.Call):
        called = dotted(node.func)
        writes = called.startswith("PublishedEdition") and called.split(".")[-1] in {*WRITES, "PublishedEdition"}
        if writes and source.name != THE_STORE:
            found.append(f"{source.name}:{node.lineno} stores an edition")
        if called in TABLES and source.name not in MAKES_TABLES:
            found.append(f"{source.name}:{node.lineno} makes a shown table of its own")
    if isinstance(node, ast.Attribute) and node.attr == "exact" and source.name not in READS_EXACT:
        found.append(f"{source.name}:{node.lineno} reads exact counts")
    return found


def outside() -> list[Source]:
    """Every file but suppression itself."""
    return [source for source in sources() if not source.name.startswith(SUPPRESSION)]


def test_everything_published_goes_through_the_one_way() -> None:
    assert [fault for source in outside() for fault in faults(source)] == []


def test_the_one_way_is_where_this_test_believes() -> None:
    by_name = {source.name: source for source in sources()}
    way_in = set(by_name[THE_WAY_IN].imported().values())
    assert f"{SUPPRESSION}.publication.prepare_for_publication" in way_in
    assert f"{THE_WAY_IN}.prepared" in set(by_name[THE_STORE].imported().values())
    assert f"{THE_FILE}.edition_document" in set(by_name[THE_PAGE].imported().values())


def planted(text: str) -> list[str]:
    return faults(Source.of_text(text, "trefoil.indicators.views.planted"))


def test_faults_finds_planted_ones() -> None:
    way = "from trefoil.indicators"
    assert len(planted(f"{way}.suppression.publication import prepare_for_publication")) == 1
    assert len(planted(f"{way}.publishing.prepared import prepared")) == 1
    assert len(planted(f"{way}.downloads.editions import edition_document")) == 1
    assert len(planted("PublishedEdition.objects.create(shown={})")) == 1
    assert len(planted("PublishedEdition(shown={})")) == 1
    assert len(planted("table = PublishedTable({}, {}, ())")) == 1
    assert len(planted("rows = edition.exact")) == 1
    assert planted("rows = edition.shown") == []
