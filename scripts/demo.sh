#!/bin/bash
# demo.sh AREA: makes the embedded database, loads it once, says the address and the accounts, and serves.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/say.sh

area=$1
export TREFOIL_MODE=demo TREFOIL_HOME="${TREFOIL_HOME:-var}" TREFOIL_DEMO_PORT="$PORT"
unset TREFOIL_DATABASE TREFOIL_HOSTS TREFOIL_SECRET_KEY TREFOIL_EMAIL
bin=.tools/venv/bin
stamp=$TREFOIL_HOME/demo.stamp

"$bin/python" - "$PORT" <<-'END' || stop "port $PORT is taken; choose another: make demo PORT=8001"
	import socket, sys

	with socket.socket() as probe:
	    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
	    try:
	        probe.bind(("127.0.0.1", int(sys.argv[1])))
	    except OSError:
	        sys.exit(1)
END

# Static files are collected again only when a file of the project is newer than the last time.
if [ ! -e "$stamp" ] || [ -n "$(find trefoil .tools/base.stamp -newer "$stamp" -type f -not -name '*.pyc' -print -quit)" ]; then
	mkdir -p "$TREFOIL_HOME"
	started=$TREFOIL_HOME/demo.started
	touch "$started"
	"$bin/trefoil" collectstatic --noinput --clear --verbosity 0
	mv "$started" "$stamp"
fi

# Brings the tables up to date, loads what is not loaded yet, and prints the accounts.
"$bin/trefoil" demo --area "$area"
"$bin/trefoil" demo_extracts
echo
echo "Trefoil is on http://127.0.0.1:$PORT (Ctrl+C stops it)"
echo "To try a passkey use http://localhost:$PORT instead: a browser ties passkeys to a name, never to a number"
echo "It sends no letters: what it would send is kept in $TREFOIL_HOME/letters"

# The worker checks extracts beside the server, and stops with it.
"$bin/trefoil" work --verbosity 0 &
worker=$!
trap 'kill "$worker" 2>/dev/null || true; wait "$worker" 2>/dev/null || true' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
"$bin/gunicorn" trefoil.config.wsgi --bind "127.0.0.1:$PORT" --workers 2 --threads 2 --log-level warning
