#!/bin/bash
# Every test, on two cores, with coverage of code. Ends with pytest's count.
set -euo pipefail
cd "$(dirname "$0")/.."

CHROMIUM=$(bash scripts/browser.sh)
export CHROMIUM TREFOIL_MODE=test TREFOIL_HOME="${TREFOIL_HOME:-.tools/test-home}"
unset TREFOIL_DATABASE
exec .tools/venv/bin/python -m pytest -n "${WORKERS:-2}" --dist worksteal -p tests.measured
