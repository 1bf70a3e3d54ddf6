"""The vendored files hold nothing that only GOV.UK may show, and the filter removes it."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
VENDORED = ROOT / "trefoil/design/static/design/vendor/govuk-frontend-6.6.0"
SAMPLE = (
    "@font-face{font-family:GDS Transport;src:url(/assets/fonts/x.woff2)}.govuk-body{font-family:GDS Transport,"
    "arial,sans-serif}.govuk-footer__crown{margin:0}@media (min-width:40em){.govuk-footer__copyright-logo{"
    "background:url(/assets/images/govuk-crest.svg)}}.govuk-link{color:blue}/*# sourceMappingURL=x.map */"
)


@pytest.fixture(name="script")
def load_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("vendor_govuk", ROOT / "scripts/vendor_govuk.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_filter_css_takes_brand_parts_out_and_leaves_the_rest(script: ModuleType) -> None:
    filtered = script.filter_css(SAMPLE)
    assert filtered == (
        '.govuk-body{font-family:arial,helvetica,"Liberation Sans",sans-serif}.govuk-link{color:blue}\n'
    )


def test_filter_js_takes_the_service_name_out(script: ModuleType) -> None:
    filtered = script.filter_js("'GOV.UK Frontend is not supported';//# sourceMappingURL=x.map\n")
    assert filtered == "'govuk-frontend is not supported';\n"


def test_a_package_with_another_checksum_is_refused(script: ModuleType, tmp_path: Path) -> None:
    package = tmp_path / "govuk-frontend-6.6.0.tgz"
    package.write_bytes(b"something else")
    with pytest.raises(SystemExit, match="SHA-512"):
        script.read_package(package)


def test_leftover_brand_words_stop_the_script(script: ModuleType) -> None:
    with pytest.raises(SystemExit, match="crown"):
        script.refuse_forbidden("a.css", ".royal-crown{}")


@pytest.mark.parametrize("name", ["govuk-frontend.min.css", "govuk-frontend.min.js"])
def test_vendored_files_hold_no_brand_parts(script: ModuleType, name: str) -> None:
    text = (VENDORED / name).read_text(encoding="utf-8")
    script.refuse_forbidden(name, text)
    assert len(text) > 40_000


def test_licences_stand_beside_what_was_copied() -> None:
    assert "MIT License" in (VENDORED / "LICENCE.txt").read_text(encoding="utf-8")
    fonts = ROOT / "trefoil/design/fonts"
    assert "SIL OPEN FONT LICENSE Version 1.1" in (fonts / "LICENCE.txt").read_text(encoding="utf-8")
    faces = ("Regular", "Bold", "Italic", "BoldItalic")
    assert {path.name for path in fonts.glob("*.ttf")} == {f"LiberationSans-{face}.ttf" for face in faces}


def test_shipped_fonts_are_the_release_under_the_open_font_licence() -> None:
    for path in (ROOT / "trefoil/design/fonts").glob("*.ttf"):
        words = path.read_bytes().decode("utf-16-be", errors="ignore") + path.read_bytes()[1:].decode(
            "utf-16-be", errors="ignore"
        )
        assert "SIL Open Font License, Version 1.1" in words
