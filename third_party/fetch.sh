# SPDX-License-Identifier: MIT
#
# What the fetching scripts share; sourced by them. Sources come as Debian's source package, through a
# private apt configuration that leaves the system as it is; the archive's signature is required.
# Where apt has no such suite they come from the address in the lock file, and must have the SHA-256
# that stands there. Nothing of what is fetched is executed. Once the folder is there, nothing is
# read from the network. The folder appears whole or not at all, also when several runs start at
# once or one is killed.
#
# Before it calls fetch_main a script sets
#   here      this folder
#   name      of its files and folders: fetch-NAME, NAME.lock, build/third_party/NAME-VERSION
#   title     for people
#   package   Debian's source package; `suite`, where it is looked for
#   variable  of the environment: it names a folder to be used instead; `local_copy` says what is to be
#             in it
#   taken     which versions are taken besides the locked ones, in words
# and defines
#   is_newer_patch VERSION   0: may be taken although it is not locked
#   version_in DIR           prints the version that the sources in a folder name, or nothing
#   use_local_copy DIR       checks it, says so, and prints it; or stops
LC_ALL=C
export LC_ALL

lock_file=$here/$name.lock
output=$here/../build/third_party
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
may_fetch=yes
work=

usage()
{
    cat <<END
Usage: third_party/fetch-$name [--offline] [--output DIR]
Fetches $title into DIR (build/third_party) unless it is there, and prints its folder.

  --offline      fail when it is not there instead of fetching it
  --output DIR   where the folder $name-VERSION is to be

$variable=DIR in the environment: use the sources in DIR, fetch nothing.
END
}

say()
{
    echo "third_party: $*" >&2
}

# stop WHAT WHY WHAT-TO-DO
stop()
{
    echo "fetch-$name: $1" >&2
    echo "  why:  $2" >&2
    echo "  do:   $3" >&2
    exit 1
}

cleanup()
{
    if [ -n "$work" ]; then
        rm -rf -- "$work"
    fi
}

locked_versions()
{
    awk '!/^#/ && NF == 3 { print $1 }' "$lock_file"
}

newest_locked()
{
    locked_versions | tail -n 1
}

# locked_field VERSION FIELD: 2 is the SHA-256, 3 the address; empty when the version is not locked.
locked_field()
{
    awk -v version="$1" -v field="$2" '!/^#/ && $1 == version { print $field }' "$lock_file"
}

# Prints the folder of an earlier run whose version may be used.
find_present()
{
    for version in $(locked_versions | sort -t . -k 3 -n -r); do
        if [ -d "$output/$name-$version" ]; then
            echo "$output/$name-$version"
            return 0
        fi
    done
    for folder in "$output/$name"-*; do
        if is_newer_patch "${folder##*/"$name"-}"; then
            echo "$folder"
            return 0
        fi
    done
    return 1
}

debian_archives()
{
    eval "$(apt-config shell list Dir::Etc::sourcelist/f parts Dir::Etc::sourceparts/d)"
    set --
    for file in "${list:-}" "${parts:-/nowhere/}"*.list "${parts:-/nowhere/}"*.sources; do
        if [ -f "$file" ]; then
            set -- "$@" "$file"
        fi
    done
    if [ $# -gt 0 ]; then
        awk -f "$here/apt-uris.awk" "$@"
    fi
}

# A configuration of our own: read last, so that it wins over the system's, of which proxies and
# the like stay in force. Hooks of the system's updates are not to run here.
write_apt_configuration()
{
    mkdir -p "$work/lists/partial" "$work/cache/archives/partial"
    cat >"$work/archive.sources" <<EOF
Types: deb-src
URIs: $1
Suites: $suite
Components: main
Signed-By: $keyring
EOF
    cat >"$work/apt.conf" <<EOF
Dir::State::Lists "$work/lists";
Dir::State::status "/dev/null";
Dir::Cache "$work/cache";
Dir::Etc::sourcelist "$work/archive.sources";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
Acquire::AllowInsecureRepositories "false";
Acquire::AllowWeakRepositories "false";
Acquire::AllowDowngradeToInsecureRepositories "false";
Acquire::Languages "none";
Acquire::Retries "2";
APT::Get::AllowUnauthenticated "false";
APT::Sandbox::User "root";
APT::Update::Error-Mode "any";
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
EOF
}

private_apt()
{
    program=$1
    shift
    "$program" -q -c "$work/apt.conf" "$@" 9>&-
}

# Reads the package list of one archive. 1: it has no such suite or cannot be reached.
update_from()
{
    write_apt_configuration "$1"
    say "reading the source list of $1 $suite"
    if private_apt apt-get update >"$work/log" 2>&1; then
        return 0
    fi
    if grep -Eq 'NO_PUBKEY|BADSIG|EXPKEYSIG|not signed|signatures (couldn|were invalid)' "$work/log"; then
        tail -n 5 "$work/log" >&2
        stop "the signature of $1 $suite is not good" \
            "see apt's words above; nothing from there was used" \
            "check the mirror and the package debian-archive-keyring, or set $variable=DIR"
    fi
    say "not from there: $(grep -E '^(E|W|Err)' "$work/log" | head -n 1)"
    return 1
}

# Refuses a version that is neither tested nor accepted without.
judge_version()
{
    if [ -n "$(locked_field "$1" 2)" ]; then
        return 0
    fi
    if is_newer_patch "$1"; then
        say "$title $1 is newer than the newest tested version, $(newest_locked); taking it"
        return 0
    fi
    stop "$suite holds $title $1" "tested are: $(locked_versions | tr '\n' ' '); $taken" \
        "use a mirror with one of these, or set $variable=DIR to $local_copy"
}

sha256_of()
{
    sha256sum "$1" | cut -d ' ' -f 1
}

# Sets `version` and leaves the archive in $work/archive. 1: the suite does not have it.
fetch_package()
{
    version=$(private_apt apt-cache showsrc --only-source "$package" 2>>"$work/log" |
        sed -n 's/^Version: *\([0-9]*:\)\{0,1\}\(.*\)$/\2/p' | sed 's/-[^-]*$//' |
        sort -t . -k 1,1n -k 2,2n -k 3,3n | tail -n 1)
    if [ -z "$version" ]; then
        say "not from there: no source package $package"
        return 1
    fi
    judge_version "$version"
    say "downloading the source package of $title $version"
    mkdir "$work/package"
    if ! (cd "$work/package" &&
        private_apt apt-get source --download-only --tar-only "$package" >"$work/log" 2>&1); then
        tail -n 5 "$work/log" >&2
        stop "the source package could not be downloaded" "see apt's words above" \
            "check the network and run this again, or set $variable=DIR"
    fi
    mv "$work/package/${package}_$version.orig.tar".* "$work/archive" ||
        stop "the source package holds no archive of $title $version" "see the line above" \
            "report it, or set $variable=DIR to $local_copy"
    expected=$(locked_field "$version" 2)
    if [ -n "$expected" ] && [ "$(sha256_of "$work/archive")" != "$expected" ]; then
        stop "$title $version from $suite is not what was tested" \
            "its SHA-256 is $(sha256_of "$work/archive"), $name.lock says $expected" \
            "report it; to go on, set $variable=DIR to sources that you trust"
    fi
}

fetch_by_apt()
{
    if ! command -v apt-get >/dev/null || ! command -v apt-config >/dev/null; then
        say "no apt on this machine"
        return 1
    fi
    if [ ! -r "$keyring" ]; then
        say "no $keyring (package debian-archive-keyring) to check Debian's signature with"
        return 1
    fi
    archives=$(debian_archives)
    if [ -z "$archives" ]; then
        say "no Debian archive among the enabled apt sources"
        return 1
    fi
    for archive in $archives; do
        if update_from "$archive" && fetch_package; then
            return 0
        fi
        rm -rf -- "$work/lists" "$work/cache" "$work/package"
    done
    return 1
}

# download URL FILE
download()
{
    if command -v curl >/dev/null; then
        curl --fail --silent --show-error --location --proto '=https' --retry 2 \
            --connect-timeout 20 --max-time 600 --output "$2" "$1" 2>"$work/log" 9>&-
    elif command -v wget >/dev/null; then
        wget --quiet --tries=3 --timeout=20 --output-document="$2" "$1" 2>"$work/log" 9>&-
    else
        stop "$title cannot be downloaded" "neither curl nor wget is installed" \
            "install one of them, or set $variable=DIR to $local_copy"
    fi
}

fetch_release()
{
    version=$(newest_locked)
    address=$(locked_field "$version" 3)
    expected=$(locked_field "$version" 2)
    say "downloading $address"
    if ! download "$address" "$work/archive"; then
        tail -n 3 "$work/log" >&2
        stop "$title $version could not be fetched" \
            "neither through apt nor from its official address; see the lines above" \
            "check the network and run this again, or set $variable=DIR to $local_copy"
    fi
    if [ "$(sha256_of "$work/archive")" != "$expected" ]; then
        stop "the archive from $address is not the tested one" \
            "its SHA-256 is $(sha256_of "$work/archive"), $name.lock says $expected" \
            "run this again where no proxy answers in its stead, or set $variable=DIR"
    fi
}

# CMake unpacks every common compression by itself; it is what the build needs anyway.
unpack()
{
    if command -v cmake >/dev/null; then
        cmake -E tar xf "$work/archive"
    else
        tar -xf "$work/archive"
    fi
}

install_archive()
{
    say "unpacking $title $version"
    mkdir "$work/unpacked"
    if ! (cd "$work/unpacked" && unpack) >"$work/log" 2>&1; then
        tail -n 3 "$work/log" >&2
        stop "the archive of $title $version could not be unpacked" "see the lines above" \
            "make room in $output, install cmake or bzip2, and run this again"
    fi
    set -- "$work/unpacked"/*
    if [ $# -ne 1 ] || [ "$(version_in "$1")" != "$version" ]; then
        stop "the archive does not hold $title $version" \
            "its headers say '$(version_in "$1")'" "report it, or set $variable=DIR"
    fi
    mv -- "$1" "$output/$name-$version"
}

# fetch_main ARGUMENT…
fetch_main()
{
    while [ $# -gt 0 ]; do
        case $1 in
        --offline) may_fetch=no ;;
        --output)
            [ $# -gt 1 ] || stop "--output needs a folder" "none was given" "see --help"
            output=$2
            shift
            ;;
        --help)
            usage
            exit 0
            ;;
        *)
            usage >&2
            exit 2
            ;;
        esac
        shift
    done

    eval "local_folder=\${$variable:-}"
    if [ -n "$local_folder" ]; then
        use_local_copy "$local_folder"
        exit 0
    fi

    mkdir -p "$output" || stop "no folder $output" "see the line above" "choose another with --output"
    output=$(CDPATH='' cd -- "$output" && pwd)
    exec 9>"$output/.lock"
    flock 9
    if find_present; then
        exit 0
    fi
    if [ $may_fetch = no ]; then
        stop "$title is not in $output" "it was not fetched yet, and --offline forbids it" \
            "run third_party/fetch-$name, or set $variable=DIR"
    fi
    trap cleanup EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    trap 'exit 129' HUP
    rm -rf -- "$output"/.fetch.*
    work=$(mktemp -d "$output/.fetch.XXXXXX")
    fetch_by_apt || fetch_release
    install_archive
    find_present
}
