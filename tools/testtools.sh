#!/bin/sh
# Brings the programs that the tests run and pip does not carry: a real Chromium, ssh-keygen, Java,
# and by npm what examines pages.
# What cannot be had is a failure: a test that was skipped has shown nothing.
set -eu
cd "$(dirname "$0")/.."

. tools/debian.sh

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

# Asked for its version, since /usr/bin/java may be a stub that only says where to get one.
java_runs() {
	java -version >/dev/null 2>&1
}

java_runs ||
	{ apt_may && apt_install default-jre-headless && java_runs; } ||
	stop 'the tests need Java, in which the checker of HTML runs; install a Java runtime, 11 or newer.'

tools/npm.sh checks
