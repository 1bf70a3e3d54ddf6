# Sourced by the other scripts: how they speak, stop, and ask Debian for a package.

say() { echo "trefoil: $*" >&2; }

stop() {
	say "$*"
	exit 1
}

# debian_install PACKAGE...: true if Debian's packages could be installed without asking anybody anything.
debian_install() {
	local as_root=()
	command -v apt-get >/dev/null || return 1
	if [ "$(id -u)" -ne 0 ]; then
		command -v sudo >/dev/null && sudo -n true 2>/dev/null || return 1
		as_root=(sudo -n)
	fi
	say "installing from Debian: $*"
	local log
	log=$(mktemp)
	if "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -q >"$log" 2>&1 </dev/null &&
		"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
			apt-get install -y -q --no-install-recommends "$@" >>"$log" 2>&1 </dev/null; then
		rm -f "$log"
		return 0
	fi
	tail -n 15 "$log" >&2
	rm -f "$log"
	return 1
}
