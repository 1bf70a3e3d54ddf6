"""The site reads published editions through one module, and nothing else of any other room."""

from tests.repository.reading import sources

ALLOWED = ("trefoil.website", "trefoil.people", "trefoil.access", "trefoil.audit", "trefoil.design", "trefoil.editing")
THE_WAY_IN = "trefoil.publishing.public"
PURE = ("trefoil.website.pages", "trefoil.website.searching", "trefoil.website.facts")


def foreign(imported: dict[str, str]) -> list[str]:
    """What is imported of this project beyond the floors below, the site itself and the one way in."""
    return sorted(
        origin
        for origin in imported.values()
        if origin.startswith("trefoil.")
        and not origin.startswith(tuple(f"{name}." for name in (*ALLOWED, THE_WAY_IN)))
        and origin != THE_WAY_IN
    )


def test_site_imports_publishing_through_one_module_and_no_other_room() -> None:
    found = {one.name: one.imported() for one in sources() if one.name.startswith("trefoil.website")}
    assert len(found) > 15
    assert {name: foreign(imported) for name, imported in found.items() if foreign(imported)} == {}
    assert any(origin.startswith(THE_WAY_IN) for imported in found.values() for origin in imported.values())


def test_pages_know_no_person_and_no_duty() -> None:
    for one in (one for one in sources() if one.name.startswith(PURE)):
        assert not [
            origin for origin in one.imported().values() if origin.startswith(("trefoil.people", "trefoil.access"))
        ]


def test_foreign_finds_a_planted_one() -> None:
    planted = {
        "a": "trefoil.publishing.models.Edition",
        "b": "trefoil.reviews.models.Review",
        "c": "trefoil.publishing.public.published",
        "d": "trefoil.publishing.public",
    }
    assert foreign(planted) == ["trefoil.publishing.models.Edition", "trefoil.reviews.models.Review"]
