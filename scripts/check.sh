#!/bin/bash
# Everything that reads the code without running it. All of it runs; what failed is listed at the end. To look at the
# types takes as long as everything else, so that goes on beside the rest.
set -uo pipefail
cd "$(dirname "$0")/.."
export TREFOIL_MODE=test TREFOIL_HOME=.tools/check-home
unset TREFOIL_DATABASE
bin=.tools/venv/bin
told=$(mktemp -d)
trap 'rm -rf "$told"' EXIT

look() {
	local name=$1 started=$SECONDS output
	shift
	if output=$("$@" 2>&1 </dev/null); then
		echo "ok      $name ($((SECONDS - started)) s)"
	else
		echo "FAILED  $name"
		echo "$output" | sed 's/^/        /'
		touch "$told/$name"
	fi
}

production() {
	local word=never-used-to-serve-0123456789
	env TREFOIL_MODE=production TREFOIL_HOSTS=trefoil.example TREFOIL_SECRET_KEY="$word-$word-$word" \
		TREFOIL_FIELD_KEYS="$word-$word" TREFOIL_DATABASE=sqlite:///.tools/check-home/none.sqlite3 \
		TREFOIL_EMAIL=smtp://127.0.0.1 TREFOIL_PSEUDONYM_KEY="children-$word" \
		"$bin/trefoil" check --deploy --fail-level WARNING
}

mkdir -p "$TREFOIL_HOME"
look "types" "$bin/mypy" trefoil bench scripts &
look "lint" "$bin/ruff" check .
look "format" "$bin/ruff" format --check .
look "import contracts" "$bin/lint-imports"
look "migrations" "$bin/trefoil" makemigrations --check --dry-run
look "system check" "$bin/trefoil" check --fail-level WARNING
look "pictures of the statuses" "$bin/trefoil" draw_states --check
look "system check for production" production

wait
failed=("$told"/*)
if [ -e "${failed[0]}" ]; then
	printf -v list '%s, ' "${failed[@]##*/}"
	echo "make check: failed: ${list%, }"
	exit 1
fi
echo "make check: everything is in order"
