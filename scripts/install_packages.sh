#!/bin/bash
# install_packages.sh base|dev|spark: puts exactly the pinned packages, checked by hash, and this project into .tools/venv.
# `spark` is added to what is there: the optional extra with which an Apache Spark cluster works the indicators out.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/say.sh

level=$1
# Somebody who ran the tests keeps what tests need: the demo never takes packages away.
[ "$level" = base ] && [ -e .tools/dev.stamp ] && level=dev

export UV_PYTHON_DOWNLOADS=never UV_NO_PROGRESS=1 UV_HTTP_TIMEOUT="${UV_HTTP_TIMEOUT:-180}"
# The clone and the cache may be on two disks; a copy always works.
export UV_LINK_MODE=copy
uv=.tools/installer/bin/uv

# uv does not read pip's settings. A machine that is told to ask another index is obeyed.
index=$(.tools/installer/bin/python -m pip config get global.index-url 2>/dev/null || true)
index=${PIP_INDEX_URL:-$index}
[ -z "$index" ] || export UV_DEFAULT_INDEX="${UV_DEFAULT_INDEX:-$index}"

say "installing the packages of requirements/$level.txt"
if [ "$level" = spark ]; then
	"$uv" pip install --quiet --python .tools/venv/bin/python --require-hashes \
		--build-constraints requirements/installer.txt -r requirements/spark.txt ||
		stop "Spark could not be installed; is the Python package index reachable?"
	exit 0
fi
[ -x .tools/venv/bin/python ] || "$uv" venv --quiet --python "$PYTHON" .tools/venv
"$uv" pip sync --quiet --python .tools/venv/bin/python --require-hashes "requirements/$level.txt" ||
	stop "the packages could not be installed; is the Python package index reachable?"
"$uv" pip install --quiet --python .tools/venv/bin/python --no-deps \
	--build-constraints requirements/installer.txt --editable . ||
	stop "the project itself could not be installed"
