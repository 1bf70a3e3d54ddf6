#!/bin/bash
# Prints the path of a Chromium for the browser journeys, installing one if there is none.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/say.sh

# Playwright's driver is a program that a bare Debian cannot start for want of one library.
driver_starts() { .tools/venv/bin/playwright --version >/dev/null 2>&1 </dev/null; }
driver_starts || { debian_install libatomic1 && driver_starts; } ||
	stop "Playwright cannot start; on Debian run: apt-get install libatomic1"

found() { command -v chromium || command -v chromium-browser || command -v google-chrome; }

playwright_browser() {
	.tools/venv/bin/python - <<-'END'
		from pathlib import Path
		from playwright.sync_api import sync_playwright

		with sync_playwright() as playwright:
		    path = Path(playwright.chromium.executable_path)
		print(path if path.exists() else "")
	END
}

if [ -n "${CHROMIUM:-}" ]; then
	[ -x "$CHROMIUM" ] || stop "CHROMIUM names $CHROMIUM, which cannot be run"
	echo "$CHROMIUM"
elif found; then
	:
elif debian_install chromium fonts-liberation && found; then # pages ask for Arial; these letters are as wide
	:
else
	path=$(playwright_browser)
	if [ -z "$path" ]; then
		say "asking Playwright for a browser"
		.tools/venv/bin/playwright install chromium >/dev/null 2>&1 </dev/null || true
		path=$(playwright_browser)
	fi
	[ -n "$path" ] || stop "the tests need a browser; on Debian run: apt-get install chromium (or set CHROMIUM to one)"
	echo "$path"
fi
