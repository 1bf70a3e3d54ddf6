#!/bin/bash
# Makes .tools/installer: a small virtual environment with uv, at the version and hash in requirements/installer.txt.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/say.sh

[ -n "${PYTHON:-}" ] || stop "Python 3.11 or later is needed; on Debian: apt-get install python3"
"$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
	stop "Python 3.11 or later is needed; $PYTHON is older. Name another one: make PYTHON=/path/to/python3.11"

make_venv() { rm -rf .tools/installer && "$PYTHON" -m venv .tools/installer >/dev/null 2>&1; }

mkdir -p .tools
if ! make_venv; then
	debian_install python3-venv && make_venv ||
		stop "Python cannot make a virtual environment here; on Debian run: apt-get install python3-venv"
fi
.tools/installer/bin/python -m pip install --quiet --disable-pip-version-check --no-input \
	--require-hashes -r requirements/installer.txt ||
	stop "the package installer could not be fetched; is the Python package index reachable?"
