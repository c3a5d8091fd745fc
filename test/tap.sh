# shellcheck shell=bash
# tap.sh - to be sourced: results in TAP, the Test Anything Protocol
#
# check NAME COMMAND... runs the command: `ok`, or `not ok` with what it printed;
# skip NAME REASON; finish exits with the status of all checks.

tap_count=0
tap_failed=0

check() {
	local name=$1 output
	shift
	tap_count=$((tap_count + 1))
	if output=$("$@" 2>&1); then
		echo "ok $tap_count - $name"
	else
		tap_failed=1
		echo "not ok $tap_count - $name"
		printf '%s\n' "$output" | sed 's/^/# /'
	fi
}

skip() {
	tap_count=$((tap_count + 1))
	echo "ok $tap_count - $1 # SKIP $2"
}

finish() {
	echo "1..$tap_count"
	exit "$tap_failed"
}
