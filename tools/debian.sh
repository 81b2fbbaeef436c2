# Sourced: what the shell scripts here share. They run on any Unix; on Debian, where they may, they
# install what is missing.

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
