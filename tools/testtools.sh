#!/bin/sh
# Brings the programs that the tests run and pip does not carry: a real Chromium, ssh-keygen.
# What cannot be had is a failure: a test that was skipped has shown nothing.
set -eu
cd "$(dirname "$0")/.."

stop() {
	printf 'imprimatur: %s\n' "$1" >&2
	exit 2
}

if [ "$(id -u)" = 0 ]; then
	root=
elif sudo -n true 2>/dev/null; then
	root='sudo -n'
else
	root=no
fi

# Debian only: elsewhere the package of that name may be a stub for another installer.
apt_may() {
	[ "$root" != no ] && command -v apt-get >/dev/null 2>&1 && grep -qs '^ID=debian$' /etc/os-release
}

apt_install() {
	printf 'imprimatur: installing the Debian package %s ...\n' "$1" >&2
	$root apt-get -qq update &&
		$root env DEBIAN_FRONTEND=noninteractive \
			apt-get -qq install -y --no-install-recommends "$1" >/dev/null
}

# Asked for its version, since a name on PATH may be a stub that starts nothing.
chromium_on_path() {
	for name in chromium chromium-browser google-chrome; do
		if "$name" --version >/dev/null 2>&1; then
			return 0
		fi
	done
	return 1
}

playwright_chromium() {
	.venv/bin/python - <<'PYTHON'
import pathlib
import sys

from playwright.sync_api import sync_playwright

with sync_playwright() as playwright:
    sys.exit(not pathlib.Path(playwright.chromium.executable_path).exists())
PYTHON
}

playwright_install() {
	printf "imprimatur: fetching Playwright's Chromium ...\n" >&2
	if [ "$root" = no ]; then
		.venv/bin/playwright install chromium
	else
		.venv/bin/playwright install --with-deps chromium
	fi
}

chromium_on_path ||
	playwright_chromium ||
	{ apt_may && apt_install chromium && chromium_on_path; } ||
	playwright_install ||
	stop 'the tests need a real Chromium and none could be had; install chromium or google-chrome so that it is on PATH.'

command -v ssh-keygen >/dev/null 2>&1 ||
	{ apt_may && apt_install openssh-client; } ||
	stop 'the tests need ssh-keygen, which checks signatures; install OpenSSH.'
