# shellcheck shell=bash
#
# chroot.sh - a Debian of its own for a test, sourced; the mirror is that of the machine's own apt
#
# chroot_reason prints why there can be none, if so; chroot_make DIR "SUITE..." "VERSION..." [ARCH
# [PACKAGE,...]] makes one with these releases of PostgreSQL, the last of which is taken from the last
# suite; chroot_run DIR COMMAND... runs a command in it, with this checkout at /mnt/s3sign.
#
# ARCH is Debian's name of a processor. Where this machine runs its programs only under qemu,
# register_processor ARCH comes first, and g++ in the chroot is this machine's cross compiler, which
# runs natively: it is 17 times faster than the chroot's own would be.

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
	local dir=$1 suites=$2 versions=$3 arch=${4:-$(dpkg --print-architecture)} suite version mirror
	local sources=() packages preferences
	mirror=$(chroot_mirror)
	packages=make,libssl-dev,libgtest-dev,openssl,python3${5:+,$5}
	if emulated "$arch"; then packages+=,binutils; else packages+=,g++; fi
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
	mmdebstrap --quiet --variant=apt --architectures="$arch" --include="$packages" \
		--aptopt='Acquire::Check-Valid-Until "false"' --dpkgopt='force-unsafe-io' \
		--setup-hook='cp '"$(printf %q "$preferences")"' "$1/etc/apt/preferences.d/postgresql"' \
		--customize-hook='cd "$1" && export APT_CONFIG="$MMDEBSTRAP_APT_CONFIG" &&
			for version in '"$versions"'; do
				apt-get -q download "postgresql-server-dev-$version" &&
					dpkg-deb -x "postgresql-server-dev-$version"_*.deb . &&
					rm "postgresql-server-dev-$version"_*.deb || exit
			done' \
		"${suites%% *}" "$dir" "${sources[@]}" &&
		echo "$arch" >"$dir/complete"  # a caller that tests us has switched errexit off
	rm -f -- "$preferences"
	[ -e "$dir/complete" ]
}

chroot_codename() {
	case $1 in
	experimental) echo rc-buggy ;;
	*) echo "$1" ;;
	esac
}

# emulated ARCH - true if this machine runs its programs only under qemu
emulated() {
	case $(dpkg --print-architecture):$1 in
	amd64:amd64 | amd64:i386) return 1 ;;
	esac
	[ "$(dpkg --print-architecture)" != "$1" ]
}

# processor_reason ARCH - print why there can be no chroot of it, if so
processor_reason() {
	emulated "$1" || return 0
	if [ "$(dpkg --print-architecture)" != amd64 ]; then
		echo "$1 is emulated on x86-64 only"
	elif ! command -v arch-test >/dev/null || ! command -v "$(triplet "$1")-g++" >/dev/null ||
		[ ! -e "/usr/share/binfmts/qemu-$(qemu "$1")" ]; then
		echo "arch-test, qemu-user-static or g++-$(triplet "$1") is missing: make deps matrix installs them"
	fi
}

triplet() {
	case $1 in
	arm64) echo aarch64-linux-gnu ;;
	*) echo "$1-linux-gnu" ;;
	esac
}

qemu() {
	local triplet
	triplet=$(triplet "$1")
	echo "${triplet%%-*}"
}

# register_processor ARCH - have the kernel run its programs under qemu until unregister_processors;
# entries of others stay as they are
processors=
register_processor() {
	local format name magic mask interpreter
	format=/usr/share/binfmts/qemu-$(qemu "$1") name=s3sign-$1-$$
	if [ -z "$processors" ]; then
		processors=$(mktemp -d)
		mount -t binfmt_misc binfmt_misc "$processors"
	fi
	[ ! -e "$processors/$name" ] || return 0
	magic=$(sed -n 's/^magic //p' "$format")
	mask=$(sed -n 's/^mask //p' "$format")
	interpreter=$(sed -n 's/^interpreter //p' "$format")
	# P: arguments as they are; F: the kernel opens qemu now, so the chroot need not have it
	echo ":$name:M::$magic:$mask:$interpreter:PF" >"$processors/register"
}

unregister_processors() {
	local entry
	[ -n "$processors" ] || return 0
	for entry in "$processors"/s3sign-*-"$$"; do
		[ ! -e "$entry" ] || echo -1 >"$entry"
	done
	umount "$processors" || true
	rmdir "$processors" || true
	processors=
}

# Mounts and processes end with their namespaces.
chroot_run() {
	local dir=$1 shared arch cross=
	shared=$(realpath -m "${S3SIGN_SHARED:-$top/../shared}")
	arch=$(cat "$dir/complete")
	! emulated "$arch" || cross=$(triplet "$arch")
	shift
	# shellcheck disable=SC2016
	unshare --mount --pid --fork --kill-child bash -euo pipefail -c '
		root=$1 top=$2 shared=$3 cross=$4
		shift 4
		mount -t proc proc "$root/proc"
		mount --rbind /dev "$root/dev"
		mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
		mount -t tmpfs -o mode=755 tmpfs "$root/mnt"
		mkdir "$root/mnt/s3sign" "$root/mnt/shared"
		tar -c -C "$top" --exclude=./.git --exclude=./build --exclude="*.o" --exclude="*.d" \
			--exclude="*.so" . | tar -x -C "$root/mnt/s3sign" --no-same-owner
		[ ! -d "$shared/vectors" ] || cp -r "$shared/vectors" "$root/mnt/shared"
		cross_environment=()
		if [ -n "$cross" ]; then
			# the cross compiler, with the libraries that it runs with
			for path in /lib64 /usr/lib/x86_64-linux-gnu "/usr/lib/gcc-cross/$cross"; do
				mkdir -p "$root$path"
				mount --bind "$path" "$root$path"
			done
			mkdir -p "$root/usr/$cross" "$root/mnt/cross"
			mount -t tmpfs tmpfs "$root/usr/$cross"
			cp -rL "/usr/$cross/." "$root/usr/$cross"
			cp -L "/usr/bin/$cross-g++" "$root/mnt/cross/g++"
			cross_environment=(PATH=/mnt/cross:/usr/sbin:/usr/bin:/sbin:/bin GCC_EXEC_PREFIX=/usr/lib/gcc-cross/)
		fi
		exec chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root "${cross_environment[@]}" "$@"
	' bash "$dir" "$top" "$shared" "$cross" "$@"
}
