"""Takes the manual's pictures from a demo that is running: `take_pictures.py [http://127.0.0.1:8000]`.

The demo is a fresh one, so that the home page has changes to show. Each picture is written to docs/pictures/, as wide
as a desk's screen. Run it from `.tools/venv` after `make test` has found a browser (or set CHROMIUM), while `make demo`
runs in another window.
"""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
WIDTH = 1280
LARGEST = 300_000  # bytes: pictures are kept with the code


@dataclass(frozen=True)
class Picture:
    """One picture: whose eyes, which page, which links on it to follow, and how much of what is there."""

    name: str
    who: str
    path: str
    height: int = 900
    links: tuple[str, ...] = ()


MANAGER = "Juniper Quillfeather"
ANALYST = "Osric Tallowmere"
CONTACT = "Linus Feathergill"
LEAD = "Saffron Oakentwist"
HUBS = "Ignatius Plumtree-Hale"
SCHOOLS = "Tansy Honeymarsh"

PICTURES = (
    Picture("sign-in", "", "/account/login/", 700),
    Picture("home", MANAGER, "/fairmead/", 1000),
    Picture("theme-fairmead", MANAGER, "/fairmead/figures/child-protection/", 1150),
    Picture("theme-barnet", ANALYST, "/barnet/figures/child-protection/", 1150),
    Picture("indicator", ANALYST, "/fairmead/figures/indicator/CP09/", 1150),
    Picture("commentary", LEAD, "/fairmead/figures/indicator/CP09/commentary/", 800),
    Picture("target", ANALYST, "/fairmead/figures/indicator/CP09/target/", 800),
    Picture("returns", ANALYST, "/fairmead/returns/", 1000),
    Picture("return", HUBS, "/fairmead/returns/", 1000, ("Quarterly figures",)),
    Picture("upload", SCHOOLS, "/fairmead/returns/", 800, ("Quarterly figures", "Upload a file")),
    Picture("exceptions", MANAGER, "/fairmead/exceptions/", 1000),
    Picture("compare", ANALYST, "/barnet/compare/", 1000),
    Picture("publication", ANALYST, "/fairmead/publication/", 900),
    Picture("groups", MANAGER, "/fairmead/groups/", 900),
    Picture("trail", MANAGER, "/fairmead/trail/", 900),
    Picture("emergency", LEAD, "/fairmead/emergency/", 900),
)


def sign_in(page: Page, address: str, who: str) -> None:
    """Press the demo's button for this person."""
    page.goto(f"{address}/account/login/")
    page.locator("details").evaluate_all("folded => folded.forEach(one => one.open = true)")
    page.get_by_role("button", name=f"Sign in as {who}").click()
    page.wait_for_url(lambda url: "/login" not in url)


def take(page: Page, address: str, picture: Picture) -> Path:
    """Open the page and write what is seen. Raises RuntimeError when the page is not there or the file is too big."""
    answer = page.goto(f"{address}{picture.path}")
    if answer is None or not answer.ok:
        raise RuntimeError(f"{picture.path} answered {answer.status if answer else 'nothing'}")
    for link in picture.links:
        page.get_by_role("link", name=link).or_(page.get_by_role("button", name=link)).first.click()
    page.set_viewport_size({"width": WIDTH, "height": picture.height})
    page.wait_for_load_state("networkidle")
    file = FOLDER / f"{picture.name}.png"
    page.screenshot(path=file)
    if file.stat().st_size > LARGEST:
        raise RuntimeError(f"{file.name} has {file.stat().st_size:,} bytes; make it lower than {LARGEST:,}")
    return file


def main(address: str, names: list[str]) -> None:
    """All pictures, or those named."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for picture in PICTURES:
            if names and picture.name not in names:
                continue
            page = browser.new_context(viewport={"width": WIDTH, "height": 900}, locale="en-GB").new_page()
            if picture.who:
                sign_in(page, address, picture.who)
            file = take(page, address, picture)
            print(f"{file.name}: {file.stat().st_size:,} bytes")
            page.context.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000", sys.argv[2:])
