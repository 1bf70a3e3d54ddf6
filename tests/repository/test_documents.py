"""The documents: each picture and page that is named is there, and none lies about unused."""

import re

from scripts.take_pictures import LARGEST, PICTURES

from .reading import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("trefoil/**/README.md")])
FOLDER = ROOT / "docs" / "pictures"
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)")


def links() -> list[tuple[str, str]]:
    """Every link of every page to something of the project: the page, and what it names."""
    found = []
    for page in PAGES:
        for target in LINK.findall(page.read_text(encoding="utf-8")):
            if "://" not in target and not target.startswith("mailto:"):
                found.append((str(page.relative_to(ROOT)), target))
    return found


def test_each_link_leads_somewhere():
    broken = [(page, target) for page, target in links() if not (ROOT / page).parent.joinpath(target).exists()]
    assert links()
    assert broken == []


def test_each_picture_is_used_and_taken_by_the_script():
    kept = {file.name for file in FOLDER.iterdir()}
    used = {target.rpartition("/")[2] for _, target in links() if target.endswith(".png")}
    assert kept == used
    assert kept == {f"{picture.name}.png" for picture in PICTURES}


def test_pictures_are_small_and_have_words():
    assert [file.name for file in FOLDER.iterdir() if file.stat().st_size > LARGEST] == []
    wordless = [str(page) for page in PAGES if re.search(r"!\[\s*\]\(", page.read_text(encoding="utf-8"))]
    assert wordless == []
