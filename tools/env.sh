#!/bin/sh
# Makes .venv hold what the locks say: `tools/env.sh` what the site needs, `tools/env.sh dev` what
# tests and checks need as well. It does nothing when that is already so.
set -eu
cd "$(dirname "$0")/.."

stop() {
	printf 'imprimatur: %s\n' "$1" >&2
	exit 2
}

new_enough() {
	"$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

version_of() {
	"$1" -c 'import sys; print(sys.version)' 2>/dev/null
}

find_python() {
	if [ -n "${PYTHON:-}" ]; then
		new_enough "$PYTHON" || stop "PYTHON=$PYTHON is no Python 3.11 or newer; name another one."
		printf '%s\n' "$PYTHON"
		return
	fi
	# Where python3 is the system's old one, a newer one often stands beside it under its full name.
	for candidate in python3 python3.13 python3.12 python3.11 python3.14; do
		if new_enough "$candidate"; then
			printf '%s\n' "$candidate"
			return
		fi
	done
	stop "Python 3.11 or newer is needed and was not found ($(python3 --version 2>&1 || true)); install it, or name one: make site PYTHON=/path/to/python3.11"
}

# Copies of what was installed last: exact where a time stamp is not, since a checkout gives every
# file a new time and a branch switch may give an older lock a newer one.
installed=.venv/installed

unchanged() {
	cmp -s "$1" "$installed/$1"
}

remember() {
	cp "$1" "$installed/$1"
}

usable() {
	.venv/bin/python -c '' 2>/dev/null &&
		# The scripts of an environment carry its full path: one that was moved is no longer whole.
		[ "$(cat "$installed/place" 2>/dev/null)" = "$PWD" ] &&
		unchanged requirements.lock &&
		{ [ ! -e "$installed/requirements-dev.lock" ] || unchanged requirements-dev.lock; } &&
		{ [ -z "${PYTHON:-}" ] || [ "$(version_of "$PYTHON")" = "$(version_of .venv/bin/python)" ]; }
}

# Wheels only: building from source would fetch build tools that no lock names.
install_locked() {
	printf 'imprimatur: installing %s into .venv ...\n' "$1" >&2
	.venv/bin/python -m pip install --quiet --quiet --disable-pip-version-check \
		--only-binary=:all: --require-hashes --requirement "$1"
	remember "$1"
}

command -v git >/dev/null 2>&1 ||
	stop 'git is needed, since dates and approvals derive from its history; install it and run make again.'

if ! usable; then
	python=$(find_python)
	# From nothing, since pip would leave behind what a lock no longer names.
	rm -rf .venv
	"$python" -m venv .venv ||
		stop "$python cannot make a virtual environment; on Debian and Ubuntu install the package python3-venv."
	mkdir -p "$installed"
	install_locked requirements.lock
	printf '%s\n' "$PWD" >"$installed/place"
fi

if [ "${1:-}" = dev ] && ! unchanged requirements-dev.lock; then
	install_locked requirements-dev.lock
fi

# Commands and plugins are registered when the package is installed, so again when they changed.
if ! unchanged pyproject.toml; then
	.venv/bin/python -m pip install --quiet --quiet --disable-pip-version-check \
		--no-deps --no-build-isolation --check-build-dependencies --editable .
	remember pyproject.toml
fi
