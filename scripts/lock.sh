#!/bin/bash
# Chooses new versions of every required package and writes them down with hashes, naming no index.
set -euo pipefail
cd "$(dirname "$0")/.."

compile() {
	local name=$1
	shift
	.tools/installer/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade \
		--no-emit-index-url --no-emit-find-links --no-header --no-annotate \
		"$@" "requirements/$name.in" --output-file "requirements/$name.txt"
}

compile installer
compile base
compile dev --constraint requirements/base.txt
compile spark --constraint requirements/dev.txt
