# SPDX-License-Identifier: MIT
# A make-believe apt, curl and wget for the tests of the fetching scripts: no network, no root. To be
# sourced with `name` (mbedtls), `locked` (a version), and `known_file` (of its sources)
# set, and make_archive VERSION defined, which makes $world/NAME-VERSION.tar.gz.

fail()
{
    echo "$1"
    cat "$world/out" "$world/err" 2>/dev/null
    exit 1
}

program()
{
    cat >"$world/bin/$1"
    chmod +x "$world/bin/$1"
}

# A copy of the scripts with a lock file of its own, and programs that count their calls.
make_world()
{
    world=$(mktemp -d)
    trap 'rm -rf -- "$world"' EXIT
    mkdir -p "$world/bin" "$world/tree/third_party" "$world/etc/parts" "$world/offer"
    cp "$here/fetch-$name" "$here/fetch.sh" "$here/apt-uris.awk" "$world/tree/third_party"
    sed -i "s|^keyring=.*|keyring=$world/keyring|" "$world/tree/third_party/fetch.sh"
    : >"$world/keyring"
    make_archive "$locked"
    echo "$locked $(sha256sum "$world/$name-$locked.tar.gz" | cut -d ' ' -f 1) https://x.test/m.tar.gz" \
        >"$world/tree/third_party/$name.lock"
    cat >"$world/etc/parts/debian.sources" <<EOF
Types: deb
# http://comment.test/debian
URIs: http://mirror.test/debian
Suites: bookworm bookworm-updates
Components: main
EOF
    program apt-config <<EOF
echo "list='$world/etc/list'; parts='$world/etc/parts/'"
EOF
    program apt-get <<EOF
echo "apt-get \$*" >>"$world/calls"
case "\$*" in
*update) [ ! -f "$world/update-error" ] || { cat "$world/update-error"; exit 100; } ;;
*) cp "$world/$name-\$(cat "$world/offer/version").tar.gz" \
    "${name}_\$(cat "$world/offer/version").orig.tar.gz" ;;
esac
EOF
    program apt-cache <<EOF
echo "Version: \$(cat "$world/offer/version")-0.1~deb13u1"
EOF
    program curl <<EOF
echo "curl \$*" >>"$world/calls"
while [ "\$1" != --output ]; do shift; done
cp "$world/release" "\$2"
EOF
    echo "$locked" >"$world/offer/version"
    cp "$world/$name-$locked.tar.gz" "$world/release"
    : >"$world/calls"
    : >"$world/etc/list"
}

run()
{
    PATH=$world/bin:$PATH "$world/tree/third_party/fetch-$name" "$@" \
        >"$world/out" 2>"$world/err"
}

expect_folder()
{
    [ "$(cat "$world/out")" = "$world/tree/build/third_party/$name-$1" ] || fail "another folder"
    [ -f "$world/tree/build/third_party/$name-$1/$known_file" ] ||
        fail "the folder is not whole"
    [ -z "$(ls -d "$world"/tree/build/third_party/.fetch.* 2>/dev/null)" ] || fail "something is left"
}

expect_stop()
{
    ! run || fail "it did not stop"
    grep -q "$1" "$world/err" || fail "it does not say: $1"
    grep -q '  why: ' "$world/err" || fail "it does not say why"
    grep -q '  do: ' "$world/err" || fail "it does not say what to do"
    [ -z "$(ls -d "$world"/tree/build/third_party/"$name"-* 2>/dev/null)" ] || fail "it left sources"
}

names()
{
    sed -n 's/^case_\([a-z0-9_]*\)()$/\1/p' "$self"
}

# run_named [--list | CASE]: a case is a function case_NAME of $self.
run_named()
{
    case ${1:-} in
    --list) names ;;
    '')
        failed=0
        for name in $(names); do
            if "$self" "$name"; then
                echo "pass  $name"
            else
                echo "FAIL  $name"
                failed=1
            fi
        done
        exit $failed
        ;;
    *)
        make_world
        "case_$1"
        ;;
    esac
}
