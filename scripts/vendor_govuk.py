"""Copy govuk-frontend into the design app, without the parts that only GOV.UK may use.

Run by a maintainer when the version changes: `python scripts/vendor_govuk.py [PACKAGE.tgz]`.
Without a file it asks the installed npm client for the package, from whichever registry npm is set up to use.
The package's SHA-512 is committed here, so a changed package is refused. Users of Trefoil never run this.
"""

import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

VERSION = "6.6.0"
SHA512 = (
    "c5cb645ab42f2e7bd0b7b7f28d0dcc197f52d30cf4c74450b8bc427a85c5facf"
    "048c62021bcd7f0d840628de6a80efb42954f5d9401a47052c198e9fba545c46"
)
TARGET = Path(__file__).parents[1] / "trefoil/design/static/design/vendor" / f"govuk-frontend-{VERSION}"
FONT_STACK = 'arial,helvetica,"Liberation Sans",sans-serif'
FORBIDDEN = ("gds transport", "@font-face", "crown", "crest", "favicon", "gov.uk", "sourcemappingurl", "url(")
# The npm package carries no licence file. This is LICENSE.txt of the alphagov/govuk-frontend repository.
LICENCE = """The MIT License (MIT)

Copyright (C) 2017 Crown Copyright (Government Digital Service)

Permission is hereby granted, free of charge, to any person obtaining a copy of
this software and associated documentation files (the "Software"), to deal in
the Software without restriction, including without limitation the rights to
use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies
of the Software, and to permit persons to whom the Software is furnished to do
so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
"""


def filter_css(css: str) -> str:
    """The stylesheet without the brand font, the crown and crest rules, comments and source map."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"@font-face\{[^}]*\}", "", css)
    css = css.replace("GDS Transport,arial,sans-serif", FONT_STACK)
    css = re.sub(r"[^{}]*(?:copyright-logo|__crown|logotype)[^{}]*\{[^{}]*\}", "", css)
    css = re.sub(r"@(?:media|supports)[^{}]*\{\s*\}", "", css)
    return re.sub(r"\n+", "\n", css).strip() + "\n"


def filter_js(script: str) -> str:
    """The module without its source map and with the product's own name in its messages."""
    script = re.sub(r"//# sourceMappingURL=\S+", "", script)
    return script.replace("GOV.UK Frontend", "govuk-frontend").strip() + "\n"


def refuse_forbidden(name: str, text: str) -> None:
    """Stop when a filtered file still holds something that only GOV.UK may show."""
    found = [word for word in FORBIDDEN if word in text.lower()]
    if found:
        raise SystemExit(f"{name} still holds {', '.join(found)}. Extend the filter.")


def fetch(folder: Path) -> Path:
    """Ask npm for the package and return the downloaded file."""
    command = ["npm", "pack", "--silent", f"govuk-frontend@{VERSION}"]
    subprocess.run(command, cwd=folder, check=True)  # noqa: S603 - fixed words, no input
    return folder / f"govuk-frontend-{VERSION}.tgz"


def read_package(package: Path) -> dict[str, str]:
    """The two files of the package that Trefoil uses, as text, after the checksum is found right."""
    if hashlib.sha512(package.read_bytes()).hexdigest() != SHA512:
        raise SystemExit("The package's SHA-512 is not the one committed here. Nothing was written.")
    texts = {}
    with tarfile.open(package) as archive:
        for name in ("govuk-frontend.min.css", "govuk-frontend.min.js"):
            member = archive.extractfile(f"package/dist/govuk/{name}")
            if member is None:
                raise SystemExit(f"{name} is not in the package.")
            texts[name] = member.read().decode("utf-8")
    return texts


def main() -> None:
    """Write the filtered files and the licence under the design app's static folder."""
    with tempfile.TemporaryDirectory() as folder:
        package = Path(sys.argv[1]) if len(sys.argv) > 1 else fetch(Path(folder))
        texts = read_package(package)
    filtered = {
        "govuk-frontend.min.css": filter_css(texts["govuk-frontend.min.css"]),
        "govuk-frontend.min.js": filter_js(texts["govuk-frontend.min.js"]),
    }
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, text in filtered.items():
        refuse_forbidden(name, text)
        (TARGET / name).write_text(text, encoding="utf-8")
        print(f"{name}: {len(text):,} characters")
    (TARGET / "LICENCE.txt").write_text(LICENCE, encoding="utf-8")


if __name__ == "__main__":
    main()
