#!/bin/sh
# What comes by npm, each package checked against its hash; every folder of tools/npm is one need.
#
# tools/npm.sh NAME         make tools/npm/NAME/node_modules hold what its lock says, if it does not
# tools/npm.sh --lock NAME  bring its lock in line with its package.json
set -eu
cd "$(dirname "$0")/.."
. tools/debian.sh

have_npm() {
	command -v npm >/dev/null 2>&1 ||
		{ apt_may && apt_install npm; } ||
		stop 'npm is needed to fetch what tools/npm names; install Node.js with npm.'
}

# A lock says what, by its hash; no address belongs into it, not even one where to give money.
lock() {
	npm install --prefix "$1" --package-lock-only --ignore-scripts --no-audit --loglevel=error
	.venv/bin/python - "$1/package-lock.json" <<'PYTHON'
import json
import pathlib
import sys

path = pathlib.Path(sys.argv[1])
lock = json.loads(path.read_text(encoding="utf-8"))
for package in lock["packages"].values():
    package.pop("funding", None)
path.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
PYTHON
}

if [ "$1" = --lock ]; then
	have_npm
	lock "tools/npm/$2"
	exit 0
fi

folder=tools/npm/$1
installed=$folder/node_modules/.installed-lock.json
if cmp -s "$folder/package-lock.json" "$installed"; then
	exit 0
fi
have_npm
printf 'imprimatur: installing %s ...\n' "$folder" >&2
# No package's own script runs here: all that is wanted is the files they hold.
npm ci --prefix "$folder" --ignore-scripts --no-audit --no-fund --loglevel=error >&2
cp "$folder/package-lock.json" "$installed"
