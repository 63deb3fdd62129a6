#!/bin/sh
# SPDX-License-Identifier: MIT
# No library of ours defines a symbol that a C library has, though the Berkeley names are there for
# whoever includes tcpip_berkeley.h: read from the libraries' symbol tables and the host's C library.
. "$LINNET_SOURCE_DIR/tests/harness/cases.sh"

libraries() {
    find "$LINNET_BUILD_DIR" -name 'liblinnet_*.a' ! -path '*/third_party/*'
}

# External definitions, weak ones too; names that belong to compilers begin with two underscores.
defined() {
    nm -g --defined-only "$1" 2>/dev/null | awk 'NF == 3 { print $3 }' | grep -v '^__' | sort -u
}

no_library_defines_a_name_of_the_c_library() {
    libc=$(ldconfig -p | awk '$1 == "libc.so.6" { print $NF; exit }')
    nm -D --defined-only "$libc" | awk 'NF == 3 { sub(/@.*/, "", $3); print $3 }' | sort -u >"$work/libc"
    for name in socket connect select poll getaddrinfo inet_pton; do
        grep -qx "$name" "$work/libc" || fail "$libc does not define $name: not a C library"
    done
    [ "$(libraries | wc -l)" -gt 10 ] || fail "hardly a library in $LINNET_BUILD_DIR"
    libraries | while read -r library; do
        defined "$library" | comm -12 - "$work/libc" | sed "s|^|$library defines |"
    done >"$work/found"
    [ ! -s "$work/found" ] || fail "$(cat "$work/found")"
}

the_stack_has_what_stands_behind_the_names() {
    library=$(libraries | grep '/liblinnet_net\.a$')
    for name in tcpip_bsd_socket tcpip_bsd_poll tcpip_bsd_getaddrinfo; do
        defined "$library" | grep -qx "$name" || fail "$library does not define $name"
    done
}

run_cases "no_library_defines_a_name_of_the_c_library the_stack_has_what_stands_behind_the_names" "$@"
