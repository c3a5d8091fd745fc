# shellcheck shell=bash
#
# chroot.sh - a Debian of its own for a test, sourced; the mirror is that of the machine's own apt
#
# chroot_reason prints why there can be none, if so; chroot_make DIR "SUITE..." "VERSION..." makes one
# with these releases of PostgreSQL, the last of which is taken from the last suite; chroot_run DIR
# COMMAND... runs a command in it, with this checkout at /mnt/s3sign.

# shellcheck disable=SC2016
chroot_mirror() {
	apt-get indextargets --format '$(LABEL) $(REPO_URI)' 'Identifier: Packages' 'Origin: Debian' |
		sed -n 's/^Debian //p' | head -n 1
}

chroot_reason() {
	if [ "$(id -u)" -ne 0 ]; then
		echo "a chroot can be made by root only"
	elif ! command -v mmdebstrap >/dev/null; then
		echo "mmdebstrap is missing: test/deps test installs it"
	elif ! unshare --mount --pid --fork true 2>/dev/null; then
		echo "this machine lets nobody mount"
	elif [ -z "$(chroot_mirror)" ]; then
		echo "apt has no package lists of Debian: apt-get update"
	fi
}

# postgresql-server-dev-N depends on clang and LLVM, for bitcode, which we do not build: it is
# unpacked without them, which halves the time. Release files of sid may be past their validity.
chroot_make() {
	local dir=$1 suites=$2 versions=$3 suite version mirror sources=() packages preferences
	mirror=$(chroot_mirror)
	packages=g++,make,libssl-dev,libgtest-dev,openssl,python3
	for suite in $suites; do
		sources+=("deb $mirror $suite main")
	done
	for version in $versions; do
		packages+=,postgresql-$version
	done
	preferences=$(mktemp)
	{
		echo "Package: postgresql-$version postgresql-*-$version libpq*"
		echo "Pin: release n=$(chroot_codename "$suite")"
		echo "Pin-Priority: 990"
	} >"$preferences"
	rm -rf --one-file-system -- "$dir"
	# shellcheck disable=SC2016
	mmdebstrap --quiet --variant=apt --include="$packages" \
		--aptopt='Acquire::Check-Valid-Until "false"' --dpkgopt='force-unsafe-io' \
		--setup-hook='cp '"$(printf %q "$preferences")"' "$1/etc/apt/preferences.d/postgresql"' \
		--customize-hook='cd "$1" && export APT_CONFIG="$MMDEBSTRAP_APT_CONFIG" &&
			for version in '"$versions"'; do
				apt-get -q download "postgresql-server-dev-$version" &&
					dpkg-deb -x "postgresql-server-dev-$version"_*.deb . &&
					rm "postgresql-server-dev-$version"_*.deb || exit
			done' \
		"${suites%% *}" "$dir" "${sources[@]}" &&
		touch "$dir/complete"  # a caller that tests us has switched errexit off
	rm -f -- "$preferences"
	[ -e "$dir/complete" ]
}

chroot_codename() {
	case $1 in
	experimental) echo rc-buggy ;;
	*) echo "$1" ;;
	esac
}

# Mounts and processes end with their namespaces.
chroot_run() {
	local dir=$1 shared
	shared=$(realpath -m "${S3SIGN_SHARED:-$top/../shared}")
	shift
	# shellcheck disable=SC2016
	unshare --mount --pid --fork --kill-child bash -euo pipefail -c '
		root=$1 top=$2 shared=$3
		shift 3
		mount -t proc proc "$root/proc"
		mount --rbind /dev "$root/dev"
		mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
		mount -t tmpfs -o mode=755 tmpfs "$root/mnt"
		mkdir "$root/mnt/s3sign" "$root/mnt/shared"
		tar -c -C "$top" --exclude=./.git --exclude=./build --exclude="*.o" --exclude="*.d" \
			--exclude="*.so" . | tar -x -C "$root/mnt/s3sign" --no-same-owner
		[ ! -d "$shared/vectors" ] || cp -r "$shared/vectors" "$root/mnt/shared"
		exec chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root "$@"
	' bash "$dir" "$top" "$shared" "$@"
}
